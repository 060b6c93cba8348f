import type { RandomStream } from './random.js';

/**
 * The statistics of the whole house. Sums are taken from 0 in the order of the values, with no correction, so that a
 * figure is the same to the bit wherever it is computed. What cannot be told is NaN: the mean, the median and the
 * quantiles of no values, and the sample deviation of fewer than two. Who prints or stores a figure decides what stands
 * in the place of NaN.
 */

/** Arithmetic mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sum of the squared distances from a centre. */
function squaresAround(centre: number, values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) * (values[i]! - centre);
  return squares;
}

/** Standard deviation of what the values are a sample of (division by n - 1); NaN of fewer than two. */
export function sampleSd(values: ArrayLike<number>): number {
  return values.length > 1
    ? Math.sqrt(squaresAround(mean(values), values) / (values.length - 1))
    : Number.NaN;
}

/** Standard deviation of the values themselves (division by n): 0 of a single one, NaN of none. */
export function populationSd(values: ArrayLike<number>): number {
  return Math.sqrt(squaresAround(mean(values), values) / values.length);
}

export interface Spread {
  mean: number;
  /** Sample standard deviation (division by n - 1); 0 where n is 1 or 0, where it says nothing. */
  sd: number;
  n: number;
}

/** Mean and sample deviation with their number, in the form that runs store: JSON has no NaN, so an `sd` of one is 0. */
export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  return { mean: mean(values), sd: n > 1 ? sampleSd(values) : 0, n };
}

/** The values in ascending order, copied; NaN comes last. */
export function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The middle value, or the mean of the two middle ones; NaN of no values. */
export function median(values: ArrayLike<number>): number {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The quantile at a share in [0, 1], linear between neighbours: type 7 of Hyndman and Fan (1996,
 * doi:10.2307/2684934). NaN of no values. At 0.5 it is the median up to rounding.
 * @param sorted in ascending order
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}

/**
 * The smallest value that at least this share of the values does not exceed: type 1 of Hyndman and Fan, for counts,
 * where nothing lies between two neighbours. NaN of no values.
 * @param sorted in ascending order
 */
export function nearestRank(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** How often values are drawn anew for an interval. */
const resamples = 2000;

/** Draws beyond either end of an interval, at the least: fewer would leave the ends to chance. */
const fewestBeyond = 5;

/**
 * 95 % interval of the mean by the percentile bootstrap: as many values are drawn with replacement, 2000 times, and the
 * interval holds the middle 95 % of the means of those draws. It is fixed by the values, their order and the stream.
 * Both ends are NaN of no values.
 * @param together how many intervals are to hold at once with 95 %: each is then of 1 - 0.05 / together (Bonferroni),
 * from more draws where its ends need them
 */
export function bootstrapInterval(
  values: readonly number[],
  stream: RandomStream,
  together = 1,
): { low: number; high: number } {
  const beyond = 0.025 / together;
  const draws = Math.max(resamples, Math.ceil(fewestBeyond / beyond));
  const n = values.length;
  if (n === 0) return { low: Number.NaN, high: Number.NaN };
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[stream.integer(n)]!;
    return sum / n;
  }).sort();
  return { low: means[Math.floor(beyond * draws)]!, high: means[Math.floor((1 - beyond) * draws)]! };
}
