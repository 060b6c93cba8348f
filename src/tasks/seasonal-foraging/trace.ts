/** A life food by food. */
export interface SeasonalTrace {
  /** 0: summer, 1: winter */
  season: number[];
  /** Counted through the whole life. */
  day: number[];
  /** 1 where the food was nutritious. */
  nutritious: number[];
  /** 1 where it was eaten. */
  eaten: number[];
  /** Score of each day. */
  scores: number[];
}

export const emptyTrace = (): SeasonalTrace => ({
  season: [],
  day: [],
  nutritious: [],
  eaten: [],
  scores: [],
});
