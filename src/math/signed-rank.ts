import { normalCumulative } from './normal.js';
import { midranks, type RankTest, rankTest } from './ranks.js';

/** Up to so many differences the distribution is computed, and beyond it approximated. */
const mostExact = 100;

export interface SignedRankTest extends RankTest {
  /** Sum of the ranks of the differences above 0; `greater` is how probable so large a sum is. */
  statistic: number;
  /** Differences, those of 0 included. */
  n: number;
}

/**
 * Wilcoxon's signed-rank test (1945, doi:10.2307/3001968) of whether differences of pairs lie around 0. Differences of 0
 * take part in the ranking and are left out of the sum (Pratt 1959, doi:10.1080/01621459.1959.10501526): a test that
 * drops them before may find more the smaller the differences are. Equal differences share a rank.
 *
 * Up to 100 differences the shares are those of all 2^n choices of signs, given the ranks as they are, so they are exact
 * with ties and zeros too. Beyond, they come from the normal distribution of the same mean and variance, half a rank
 * nearer to the mean. All are NaN of no differences, and 1 where all are 0. Throws RangeError for NaN.
 */
export function signedRankTest(differences: ArrayLike<number>): SignedRankTest {
  const n = differences.length;
  const { doubled } = midranks(Float64Array.from(differences, Math.abs));
  const ranks: number[] = [];
  let positive = 0;
  for (let i = 0; i < n; i++) {
    if (differences[i] === 0) continue;
    ranks.push(doubled[i]!);
    if (differences[i]! > 0) positive += doubled[i]!;
  }
  const statistic = positive / 2;
  if (n === 0) return { ...rankTest(Number.NaN, Number.NaN, true), statistic, n };
  const tails = n <= mostExact ? exactTails(ranks, positive) : normalTails(ranks, positive);
  return { ...tails, statistic, n };
}

/** By all choices of signs: each rank counts with one half. */
function exactTails(ranks: readonly number[], positive: number): RankTest {
  const all = ranks.reduce((sum, rank) => sum + rank, 0);
  const share = new Float64Array(all + 1);
  share[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) {
      share[sum] = (share[sum]! + (sum >= rank ? share[sum - rank]! : 0)) / 2;
    }
  }
  // The distribution is symmetric, so both tails are summed from their thin ends.
  const upTo = (end: number) => {
    let sum = 0;
    for (let at = 0; at <= end; at++) sum += share[at]!;
    return sum;
  };
  return rankTest(upTo(all - positive), upTo(positive), true);
}

function normalTails(ranks: readonly number[], positive: number): RankTest {
  let sum = 0;
  let squares = 0;
  for (const rank of ranks) {
    sum += rank;
    squares += rank * rank;
  }
  // In doubled ranks: mean half the sum, variance a quarter of the squares, and half a rank is 1.
  const sd = Math.sqrt(squares) / 2;
  if (sd === 0) return rankTest(1, 1, false);
  const beyond = positive - sum / 2;
  return rankTest(normalCumulative((1 - beyond) / sd), normalCumulative((1 + beyond) / sd), false);
}
