import { exp } from '../../math/exponential.js';

/**
 * How far a rate is from the target: its squared distance, which counts less at high rates (Confavreux et al. 2025).
 * @param rateHz running rate of the excitatory cells
 */
export function distanceOf(rateHz: number, targetHz: number): number {
  const distance = rateHz - targetHz;
  return (distance * distance) / (rateHz + 2);
}

/** The loss of a life whose cells fell silent or exploded: the later, the less; always more than 218. */
export const lossOfLost = (lostMs: number, durationMs: number): number =>
  160 * (exp(-lostMs / durationMs) + 1);
