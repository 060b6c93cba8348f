import type { RandomStream } from '../../math/random.js';
import { teach } from '../protocol/teach.js';
import type { LivingNetwork } from '../task.js';
import { mostOf, type Presenting, type Shown, show } from './presentation.js';

/** How a network is told what is right. */
export const teachings = ['teacher', 'reward'] as const;
export type Teaching = (typeof teachings)[number];

/** A network under instruction. */
export interface Instruction {
  presenting: Presenting;
  teaching: Teaching;
  body: Readonly<Record<string, number>>;
  /** Decides where pools are even. */
  tosses: RandomStream;
}

/** Brings dopamine to a level, and tells the rules that an outcome has come. */
export const conclude = (network: LivingNetwork, dopamine: number): void =>
  teach(network, { DA: dopamine - network.concentration('DA') });

/**
 * Shows what belongs to a pool, and teaches that: a teacher drives the pool meanwhile, or the answer is rewarded.
 * @returns the answer; undefined where a teacher gave it
 */
export function instruct(
  { presenting, teaching, body, tosses }: Instruction,
  shown: Shown,
  pool: number,
): number | undefined {
  const { network } = presenting.coupling.controller;
  if (teaching === 'teacher') {
    show(presenting, { ...shown, taught: pool });
    if (network) conclude(network, body.daTaught!);
    return undefined;
  }
  const answer = mostOf(show(presenting, shown), tosses);
  if (network) conclude(network, answer === pool ? body.daRight! : body.daWrong!);
  return answer;
}
