/** A life second by second, for drawing. */
export interface DistalRewardTrace {
  bound: number;
  /** `[seconds]` at the end of each second */
  target: number[];
  others: number[];
  dopamine: number[];
  noradrenaline: number[];
  acetylcholine: number[];
  /** Rewards, s. */
  rewardS: number[];
  /** All excitatory weights at some moments. */
  weights: { atS: number; values: Float64Array }[];
  /** Spikes of the first and of the last second: ms since its start, and cell. */
  raster: { from: 'first' | 'last'; ms: number[]; cell: number[] }[];
}

export const emptyDistalRewardTrace = (): DistalRewardTrace => ({
  bound: 0,
  target: [],
  others: [],
  dopamine: [],
  noradrenaline: [],
  acetylcholine: [],
  rewardS: [],
  weights: [],
  raster: [
    { from: 'first', ms: [], cell: [] },
    { from: 'last', ms: [], cell: [] },
  ],
});
