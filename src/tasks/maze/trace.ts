/** Trips one after the other: what a life is scored by. */
export interface Trips {
  /** End that was reached; -1 where the trip ended at a wall. */
  end: number[];
  /** End that had the large reward. */
  large: number[];
  /** What the trip was worth. */
  reward: number[];
  /** Trips after which the large reward was moved. */
  moves: number[];
}

/** A life trip by trip, for drawing. */
export interface MazeTrace extends Trips {
  /** Released at the end of the trip. */
  dopamine: number[];
  /** Concentration at that time. */
  noradrenaline: number[];
}

export const emptyTrips = (): Trips => ({ end: [], large: [], reward: [], moves: [] });

export const emptyMazeTrace = (): MazeTrace => ({ ...emptyTrips(), dopamine: [], noradrenaline: [] });
