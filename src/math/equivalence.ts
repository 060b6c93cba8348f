import { rankSumTest } from './rank-sum.js';
import { signedRankTest } from './signed-rank.js';

/**
 * Two one-sided tests (Schuirmann 1987, doi:10.1007/BF01068419): the larger of the two p-values, of being more than a
 * margin below and more than a margin above. Where it is small, what was compared is equivalent within the margin. The
 * tests are Wilcoxon's and Mann and Whitney's, of values shifted by the margin.
 */

/** @param margin above 0, in the unit of the differences of pairs */
export const equivalencePaired = (differences: readonly number[], margin: number): number =>
  Math.max(
    signedRankTest(differences.map((difference) => difference + margin)).greater,
    signedRankTest(differences.map((difference) => difference - margin)).less,
  );

/** @param margin above 0, in the unit of the values */
export const equivalenceUnpaired = (
  first: readonly number[],
  second: readonly number[],
  margin: number,
): number =>
  Math.max(
    rankSumTest(
      first.map((value) => value + margin),
      second,
    ).greater,
    rankSumTest(
      first.map((value) => value - margin),
      second,
    ).less,
  );
