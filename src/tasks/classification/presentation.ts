import type { RandomStream } from '../../math/random.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { numbered } from './ports.js';

/** One control interval, ms: times of presentations are multiples of it. */
export const intervalMs = 10;

/** How patterns are shown to a network whose pools answer. */
export interface Presenting {
  coupling: Coupling;
  /** Inputs before the teachers. */
  inputs: number;
  presentationMs: number;
  gapMs: number;
  /** How strongly a teacher drives a pool. */
  teacher: number;
}

export function presentTo(
  controller: Controller,
  { pools, ...presenting }: { pools: number } & Omit<Presenting, 'coupling'>,
): Presenting {
  const { inputs, presentationMs, gapMs, teacher } = presenting;
  const coupling = couple(
    controller,
    portsOf(...numbered('input', inputs), ...numbered('teacher', pools)),
    portsOf(...numbered('answer', pools)),
  );
  return { coupling, inputs, presentationMs, gapMs, teacher };
}

/** A value for each input that it drives, the same throughout, or one after the other by interval and at rest from then on. */
export type Pattern = Readonly<Uint8Array> | readonly Readonly<Uint8Array>[];

const isStill = (pattern: Pattern): pattern is Readonly<Uint8Array> => pattern instanceof Uint8Array;

/** What is shown. */
export interface Shown {
  /** How strongly each of the first inputs is driven. */
  pattern: Pattern;
  /** The input that is on beside the pattern, counted from behind it. */
  context?: number | undefined;
  /** The pool that a teacher drives meanwhile. */
  taught?: number | undefined;
}

/** Shows a pattern. @returns `[pools]` spikes meanwhile */
export function show(presenting: Presenting, { pattern, context, taught }: Shown): Float64Array {
  const { coupling, inputs, presentationMs, teacher } = presenting;
  const { observation, action } = coupling;
  const spikes = new Float64Array(action.length);
  const frames = isStill(pattern) ? [pattern] : pattern;
  const width = frames[0]!.length;
  observation.set(frames[0]!);
  if (context !== undefined) observation[width + context] = 1;
  if (taught !== undefined) observation[inputs + taught] = teacher;
  const world = {
    sense: (interval: number) => {
      const frame = frames[interval];
      if (frame) observation.set(frame);
      else if (!isStill(pattern)) observation.fill(0, 0, width);
    },
    act: () => {
      for (let pool = 0; pool < spikes.length; pool++) spikes[pool]! += action[pool]!;
    },
  };
  worldLoop(coupling, world, presentationMs / intervalMs);
  observation.fill(0);
  return spikes;
}

/** Lets the time between two presentations pass. */
export const rest = ({ coupling, gapMs }: Presenting): void => worldLoop(coupling, {}, gapMs / intervalMs);

/** The place of the most of something; tossed where several have as much. */
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
