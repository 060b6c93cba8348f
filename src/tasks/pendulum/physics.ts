import type { RandomStream } from '../../math/random.js';
import { sin } from '../../math/trigonometric.js';

/** `[2]` angle from hanging down (rad), and its change (rad for each unit of time) */
export type Swing = Float64Array;

/** Damping, for each unit of time. A small swing takes 2 pi of these units. */
const damping = 0.1;

export const startSwing = (random: RandomStream): Swing =>
  Float64Array.of((random.integer(2) === 0 ? -1 : 1) * random.uniformIn(0.1, 0.3), 0);

/**
 * x'' = -sin x - 0.1 x' + push, by semi-implicit Euler, which keeps the energy of a free swing bounded.
 * @param time that passes, in units of 1 / angular frequency
 */
export function swing(state: Swing, push: number, time: number): void {
  const [angle, velocity] = state as unknown as [number, number];
  const faster = velocity + time * (-sin(angle) - damping * velocity + push);
  state[0] = angle + time * faster;
  state[1] = faster;
}
