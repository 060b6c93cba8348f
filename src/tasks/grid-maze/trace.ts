/** A life step by step. */
export interface GridTrace {
  size: number;
  /** Cell of the reward; -1 before there is one. */
  goal: number;
  /** Cell at the end of each step, before a teleport. */
  cell: number[];
  /** Whether the step met the reward. */
  found: number[];
  /** Whether it met a wall. */
  bumped: number[];
}

export const emptyGridTrace = (): GridTrace => ({ size: 0, goal: -1, cell: [], found: [], bumped: [] });
