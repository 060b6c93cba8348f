import type { Controller, LivingNetwork } from '../task.js';

/**
 * The score of a body that is somewhere in the end, or NaN: a body driven by what is not a number is nowhere, and would
 * otherwise keep what it scored until then.
 * @param states numbers that all are finite of a sound body
 */
export const soundScore = (score: number, ...states: readonly number[]): number =>
  states.every(Number.isFinite) ? score : Number.NaN;

/** The network that lives here, for tasks in which nothing acts but a network. */
export function networkOf({ network }: Controller, task: string): LivingNetwork {
  if (!network)
    throw new Error(`${task} is lived by a network, and there is none: it has no other way to act`);
  return network;
}
