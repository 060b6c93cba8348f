/** One search. */
export interface Search {
  /** Number of the start. */
  start: number;
  /** Time to the goal, s; -1 where it was not found. */
  foundS: number;
  /** Length of the way. */
  way: number;
  bumps: number;
}

/** A life search by search, for drawing. */
export interface WaterMazeTrace {
  obstacle: boolean;
  /** Longest search, s. */
  trialS: number;
  searches: (Search & {
    /** Every 50 ms: the way, the critic's value, and the error released. */
    x: number[];
    y: number[];
    value: number[];
    error: number[];
  })[];
}

export const emptyTrace = (): WaterMazeTrace => ({ obstacle: true, trialS: 0, searches: [] });
