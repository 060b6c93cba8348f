import { note } from '../protocol/recorder.js';
import type { Pattern, Pose } from './arena.js';
import { sides } from './body.js';
import { senses } from './senses.js';

/** A walk step by step, for drawing. Where the worm is has one more entry than steps: where it began. */
export interface WormTrace {
  food: { x: number[]; y: number[] };
  x: number[];
  y: number[];
  headingRad: number[];
  left: number[];
  right: number[];
  touch: number[];
  smell: number[];
  /** Items eaten in each step. */
  eaten: number[];
}

export function emptyWormTrace(): WormTrace {
  return {
    food: { x: [], y: [] },
    x: [],
    y: [],
    headingRad: [],
    left: [],
    right: [],
    touch: [],
    smell: [],
    eaten: [],
  };
}

/** Begins a walk: what there is to eat, and where the worm is. */
export function noteStart(trace: WormTrace, food: Pattern, { x, y, heading }: Pose): void {
  trace.food = { x: [...food.x], y: [...food.y] };
  note(trace, { x, y, headingRad: heading });
}

/** Notes where the worm is after a step, what it felt and did, and how many items it ate. */
export function noteStep(
  trace: WormTrace,
  { x, y, heading }: Pose,
  observation: Readonly<Float64Array>,
  action: Readonly<Float64Array>,
  eaten: number,
): void {
  note(trace, {
    x,
    y,
    headingRad: heading,
    left: action[sides.left]!,
    right: action[sides.right]!,
    touch: observation[senses.touch]!,
    smell: observation[senses.food]!,
    eaten,
  });
}
