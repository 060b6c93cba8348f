import { normalCumulative } from './normal.js';
import { midranks, type RankTest, rankTest } from './ranks.js';

/** Up to so many values of both samples together the distribution is computed, and beyond it approximated. */
const mostExact = 60;

export interface RankSumTest extends RankTest {
  /** Pairs in which the first sample's value is the greater, those that are equal counted half: Mann and Whitney's U. */
  statistic: number;
  /** Values of each sample. */
  n: readonly [number, number];
}

/**
 * The rank-sum test of Wilcoxon (1945, doi:10.2307/3001968) and Mann and Whitney (1947, doi:10.1214/aoms/1177730491) of
 * whether two independent samples come from one distribution. Equal values share a rank.
 *
 * Up to 60 values together the shares are those of all ways to part the ranks between the samples, so they are exact with
 * ties too. Beyond, they come from the normal distribution, its variance corrected for ties, half a pair nearer to the
 * mean. All are NaN where a sample is empty, and 1 where all values are equal. Throws RangeError for NaN.
 */
export function rankSumTest(first: ArrayLike<number>, second: ArrayLike<number>): RankSumTest {
  const n = [first.length, second.length] as const;
  const { doubled, ties } = midranks([...Array.from(first), ...Array.from(second)]);
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += doubled[i]!;
  const statistic = (sum - n[0] * (n[0] + 1)) / 2;
  if (n[0] === 0 || n[1] === 0)
    return { ...rankTest(Number.NaN, Number.NaN, true), statistic: Number.NaN, n };
  const tails =
    n[0] + n[1] <= mostExact ? exactTails(doubled, n[0], sum) : normalTails(statistic, n[0], n[1], ties);
  return { ...tails, statistic, n };
}

/** By all ways to choose so many of the ranks: how many of them have each sum. */
function exactTails(ranks: Float64Array, chosen: number, sum: number): RankTest {
  const most = ranks
    .toSorted()
    .reduceRight((all, rank, i) => (i >= ranks.length - chosen ? all + rank : all), 0);
  const width = most + 1;
  // `[chosen + 1, width]`: ways by how many are chosen and their sum.
  const ways = new Float64Array((chosen + 1) * width);
  ways[0] = 1;
  ranks.forEach((rank, seen) => {
    for (let many = Math.min(chosen, seen + 1); many > 0; many--) {
      const from = (many - 1) * width;
      const to = many * width;
      for (let at = most; at >= rank; at--) ways[to + at]! += ways[from + at - rank]!;
    }
  });
  const last = ways.subarray(chosen * width);
  let [all, less, greater] = [0, 0, 0];
  last.forEach((count, at) => {
    all += count;
    if (at <= sum) less += count;
    if (at >= sum) greater += count;
  });
  return rankTest(greater / all, less / all, true);
}

function normalTails(u: number, n1: number, n2: number, ties: number): RankTest {
  const n = n1 + n2;
  const sd = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(sd > 0)) return rankTest(1, 1, false);
  const beyond = u - (n1 * n2) / 2;
  return rankTest(normalCumulative((0.5 - beyond) / sd), normalCumulative((0.5 + beyond) / sd), false);
}

/**
 * Vargha and Delaney's A (2000, doi:10.3102/10769986025002101): the chance that a value drawn from the first sample is
 * greater than one drawn from the second, equal ones counted half. 0.5 where neither tends to be greater, 1 where every
 * value of the first is. It does not look at pairs. NaN where a sample is empty.
 */
export function varghaDelaney(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let wins = 0;
  for (let i = 0; i < first.length; i++) {
    for (let j = 0; j < second.length; j++) {
      wins += first[i]! > second[j]! ? 1 : first[i]! === second[j]! ? 0.5 : 0;
    }
  }
  return wins / (first.length * second.length);
}
