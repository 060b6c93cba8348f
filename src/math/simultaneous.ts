import type { RandomStream } from './random.js';
import type { Interval } from './shares.js';

/** Resamples: fewer where there are so many rows and values that they would take long. */
const [mostDraws, fewestDraws] = [10_000, 4000];
const mostSums = 1e9;
const miss = 0.05;

/** Values in ascending order that are below a value, or where `equal` at most it. */
function countBelow(sorted: Float64Array, value: number, equal: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const isBelow = equal ? sorted[middle]! <= value : sorted[middle]! < value;
    if (isBelow) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Means of each resample; a value that is not finite is left out, and where none is left the mean is the row's. */
function resampledMeans(row: ArrayLike<number>, drawn: Int32Array, draws: number): Float64Array {
  const n = row.length;
  const finite = Array.from(row).filter(Number.isFinite);
  const whole = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return Float64Array.from({ length: draws }, (_, draw) => {
    let [sum, count] = [0, 0];
    for (let i = draw * n; i < (draw + 1) * n; i++) {
      const value = row[drawn[i]!]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count += 1;
    }
    return count > 0 ? sum / count : whole;
  });
}

/**
 * Intervals of several means that hold at once with 95 %, by the percentile bootstrap: the columns, which all rows share,
 * are drawn with replacement, and every interval is cut at the same rank, as far out as 95 % of the resamples need to lie
 * within all of them (Mandel and Betensky 2008, doi:10.1016/j.csda.2007.07.005). What rows have in common makes intervals
 * narrower than Bonferroni's. Of one row it is the plain percentile interval. Fixed by the rows, their order, and the
 * stream. Of a row of equal values it is that value; of one without a finite value both ends are NaN.
 * @param rows all of one length: what a life lost by each change, by life; what is not finite is left out
 */
export function simultaneousIntervals(rows: readonly ArrayLike<number>[], stream: RandomStream): Interval[] {
  const n = rows[0]?.length ?? 0;
  const draws = Math.max(
    fewestDraws,
    Math.min(mostDraws, Math.floor(mostSums / Math.max(1, rows.length * n))),
  );
  const drawn = Int32Array.from({ length: draws * n }, () => stream.integer(n));
  const depth = new Int32Array(draws).fill(draws);
  const sorted = rows.map((row) => {
    const values = Array.from(row).filter(Number.isFinite);
    const [first = Number.NaN] = values;
    if (values.every((value) => value === first)) return Float64Array.of(first);
    const means = resampledMeans(row, drawn, draws);
    const ascending = means.toSorted();
    for (let draw = 0; draw < draws; draw++) {
      const upTo = countBelow(ascending, means[draw]!, true);
      const from = draws - countBelow(ascending, means[draw]!, false);
      depth[draw] = Math.min(depth[draw]!, upTo - 1, from - 1);
    }
    return ascending;
  });
  const rank = depth.sort()[Math.floor(miss * draws)]!;
  return sorted.map((means) => {
    if (means.length === 1) return { low: means[0]!, high: means[0]! };
    return { low: means[rank]!, high: means[draws - 1 - rank]! };
  });
}

/**
 * 95 % interval of the ratio of two sums over the same columns, by the percentile bootstrap over columns. Both ends are
 * NaN of no columns.
 */
export function ratioInterval(
  above: ArrayLike<number>,
  below: ArrayLike<number>,
  stream: RandomStream,
): Interval {
  const n = above.length;
  if (n === 0) return { low: Number.NaN, high: Number.NaN };
  const ratios = Float64Array.from({ length: mostDraws }, () => {
    let [upper, lower] = [0, 0];
    for (let i = 0; i < n; i++) {
      const at = stream.integer(n);
      upper += above[at]!;
      lower += below[at]!;
    }
    return upper / lower;
  }).sort();
  const beyond = Math.floor((miss / 2) * mostDraws);
  return { low: ratios[beyond]!, high: ratios[mostDraws - 1 - beyond]! };
}
