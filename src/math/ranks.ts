/** Ranks from 1 up of values, the least first; equal values share the mean of their ranks. */
export interface Midranks {
  /** Twice each value's rank, by place: a whole number even where two values share a rank. */
  doubled: Float64Array;
  /** Sum of t^3 - t over groups of t equal values: by how much ties narrow a rank statistic. */
  ties: number;
}

/** Throws RangeError for NaN, which has no rank; infinite values have one. */
export function midranks(values: ArrayLike<number>): Midranks {
  const n = values.length;
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n; i++) if (Number.isNaN(values[i]!)) throw new RangeError('NaN has no rank');
  // Infinity - Infinity is NaN, so the order is not taken from a difference.
  order.sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
  const doubled = new Float64Array(n);
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) doubled[order[i]!] = from + 1 + to;
    const equal = to - from;
    ties += equal * equal * equal - equal;
    from = to;
  }
  return { doubled, ties };
}

/** The shares of a rank test: how probable a statistic so large, so small or so far out is where nothing differs. */
export interface RankTest {
  /** That the statistic is as large or larger. */
  greater: number;
  /** That the statistic is as small or smaller. */
  less: number;
  /** Twice the smaller of the two, at most 1. */
  twoSided: number;
  /** From the permutation distribution itself; otherwise from its normal approximation. */
  exact: boolean;
}

/** Rounding may carry a share that is next to nothing, or next to all, over the edge. */
const within = (share: number) => Math.max(0, Math.min(1, share));

export const rankTest = (greater: number, less: number, exact: boolean): RankTest => ({
  greater: within(greater),
  less: within(less),
  twoSided: within(2 * Math.min(greater, less)),
  exact,
});
