import type { Pose } from './arena.js';

/** An episode step by step, for drawing. */
export interface ForagingTrace {
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

export function emptyForagingTrace(): ForagingTrace {
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

/** Notes where the worm is after a step, what it felt and did, and how many items it ate. */
export function traceStep(
  trace: ForagingTrace,
  pose: Pose,
  observation: Readonly<Float64Array>,
  action: Readonly<Float64Array>,
  eaten: number,
): void {
  trace.x.push(pose.x);
  trace.y.push(pose.y);
  trace.headingRad.push(pose.heading);
  trace.left.push(action[0]!);
  trace.right.push(action[1]!);
  trace.touch.push(observation[0]!);
  trace.smell.push(observation[1]!);
  trace.eaten.push(eaten);
}
