import type { RandomStream } from '../../math/random.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { numbered } from './circuit.js';

/** One control interval, ms: times of presentations are multiples of it. */
export const intervalMs = 10;

/** How patterns are shown to a network whose pools answer. */
export interface Presenting {
  coupling: Coupling;
  bits: number;
  presentationMs: number;
  gapMs: number;
  /** How strongly a teacher drives a pool. */
  teacher: number;
}

export function presentTo(
  controller: Controller,
  {
    bits,
    pools,
    ...times
  }: { bits: number; pools: number; presentationMs: number; gapMs: number; teacher: number },
): Presenting {
  const inputs = portsOf(...numbered('bit', bits), ...numbered('teacher', pools));
  return { coupling: couple(controller, inputs, portsOf(...numbered('answer', pools))), bits, ...times };
}

/**
 * Shows a pattern.
 * @param pattern `[bits]` how strongly each input is driven
 * @param taught the pool that a teacher drives meanwhile
 * @returns `[pools]` spikes meanwhile
 */
export function show(
  { coupling, bits, presentationMs, teacher }: Presenting,
  pattern: Readonly<ArrayLike<number>>,
  taught?: number,
): Float64Array {
  const { observation, action } = coupling;
  const spikes = new Float64Array(action.length);
  observation.set(pattern);
  if (taught !== undefined) observation[bits + taught] = teacher;
  const act = () => {
    for (let pool = 0; pool < spikes.length; pool++) spikes[pool]! += action[pool]!;
  };
  worldLoop(coupling, { act }, presentationMs / intervalMs);
  observation.fill(0);
  return spikes;
}

/** Lets the time between two presentations pass. */
export const rest = ({ coupling, gapMs }: Presenting): void => worldLoop(coupling, {}, gapMs / intervalMs);

/** The pool with the most of something; tossed where several have as much. */
export function mostOf(values: Readonly<ArrayLike<number>>, random: RandomStream): number {
  let most = Number.NEGATIVE_INFINITY;
  let ties: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > most) ties = [];
    if (values[i]! >= most) ties.push(i);
    most = Math.max(most, values[i]!);
  }
  return ties[random.integer(ties.length)]!;
}
