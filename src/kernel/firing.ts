import { mean, populationSd } from '../math/statistics.js';

/** How a population fired. */
export interface Firing {
  cells: number;
  spikes: number;
  /** Spikes a second and cell. */
  rateHz: number;
  /** Coefficient of variation of the intervals between spikes, mean over the cells that have enough; NaN of none. */
  cv: number;
  /** Cells that the coefficient is a mean of: those of three spikes or more. */
  cvCells: number;
}

/** Spikes from which on a cell has intervals that can differ. */
const enoughSpikes = 3;

function variation(timesMs: Float64Array): number {
  const intervals = timesMs.subarray(1).map((time, i) => time - timesMs[i]!);
  return populationSd(intervals) / mean(intervals);
}

/**
 * Rate and regularity of spikes, as `record` gives them.
 * @param spikesMs `[cells][spikes]` ascending
 * @param durationMs how long they were recorded
 */
export function firing(spikesMs: readonly Float64Array[], durationMs: number): Firing {
  const spikes = spikesMs.reduce((sum, { length }) => sum + length, 0);
  const variations = spikesMs.filter(({ length }) => length >= enoughSpikes).map(variation);
  return {
    cells: spikesMs.length,
    spikes,
    rateHz: (1000 * spikes) / (durationMs * spikesMs.length),
    cv: mean(variations),
    cvCells: variations.length,
  };
}
