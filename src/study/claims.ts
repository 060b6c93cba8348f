import { count } from '../figure/theme.js';
import { holm } from '../math/corrections.js';
import { equivalencePaired, equivalenceUnpaired } from '../math/equivalence.js';
import { medianDifferenceInterval, medianInterval } from '../math/median-interval.js';
import { rankSumTest, varghaDelaney } from '../math/rank-sum.js';
import type { Interval } from '../math/shares.js';
import { signedRankTest } from '../math/signed-rank.js';
import { median } from '../math/statistics.js';
import { endedByItself } from './curves.js';
import type { StudyArmResult } from './results-type.js';
import { fewestForInterval, hasEnded, type ScoreName, scoreOf } from './summaries.js';

/** Verdicts are given from so many pairs on, or so many runs of the smaller arm. */
export const fewestForVerdict = 10;

/** Of fewer pairs, or runs of the smaller arm, nothing is said. */
export const fewestForClaim = 3;

/** Medians of the evaluations made that differ by a larger share are not told apart by a step under way alone. */
const likeEvaluations = 0.1;

/** What counts as significant, after correction. */
const level = 0.05;

export type Verdict = 'better' | 'worse' | 'equivalent' | 'undecided';

/** One arm beside another by one score. */
export interface Claim {
  arm: string;
  with: string;
  /** Wilcoxon's signed-rank test of runs paired by seed, or Mann and Whitney's test of independent runs. */
  test: 'signed-rank' | 'rank-sum';
  /** Runs with a score, of each arm; where runs are paired, pairs in which both have one. */
  n: { arm: number; with: number };
  /** Pairs, or runs of either arm, that lack a score: for failed runs, and for those that are not finished. */
  lacking: { failed: number; unfinished: number };
  /** Median evaluations after which champions were taken, where these clearly differ: then there is no verdict. */
  unequal: { arm: number; with: number } | null;
  /**
   * Median of the differences of pairs, or difference of the medians: above 0 where `arm` is better. Null of fewer than
   * three.
   */
  difference: ({ median: number } & { interval: Interval | null }) | null;
  /** Vargha and Delaney's A: the chance that a run of `arm` beats one of `with`, whatever their seeds. Null of fewer than three. */
  a: number | null;
  /** Two-sided; null where there is no verdict. */
  p: number | null;
  /** After Holm's correction over the table. */
  pHolm: number | null;
  /** Of the two one-sided tests within the margin; null where there is no margin, or no verdict. */
  pEquivalence: number | null;
  pEquivalenceHolm: number | null;
  /** Null where there are too few runs to give one, or they made unlike numbers of evaluations. */
  verdict: Verdict | null;
  /** What is to be known of the verdict. */
  notes: string[];
}

/** Scores of two arms as a test takes them; pairs stand in the same places. */
interface Sides {
  paired: boolean;
  arm: number[];
  with: number[];
}

interface Tested {
  greater: number;
  less: number;
  p: number;
  pEquivalence: number | null;
  /** Whether the 95 % interval of the difference lies within the margin. */
  within: boolean;
}

/** A difference of two scores, where a run that failed counts as below everything: two such differ by nothing. */
const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

const differencesOf = ({ arm, with: other }: Sides): number[] =>
  arm.map((score, i) => difference(score, other[i]!));

function tested(sides: Sides, margin: number | null): Tested {
  const differences = sides.paired ? differencesOf(sides) : [];
  const { greater, less, twoSided } = sides.paired
    ? signedRankTest(differences)
    : rankSumTest(sides.arm, sides.with);
  const equivalence = (within: number) =>
    sides.paired
      ? equivalencePaired(differences, within)
      : equivalenceUnpaired(sides.arm, sides.with, within);
  const interval = margin === null ? null : (differenceOf(sides)?.interval ?? null);
  return {
    ...{ greater, less, p: twoSided, pEquivalence: margin === null ? null : equivalence(margin) },
    within: interval !== null && -margin! < interval.low && interval.high < margin!,
  };
}

interface Corrected extends Tested {
  pHolm: number;
  pEquivalenceHolm: number | null;
  verdict: Verdict;
}

const isLess = (p: number | null): boolean => p !== null && p < level;

/**
 * Verdicts of the tests of one table, each corrected for the others. Equivalence takes the two one-sided tests and the
 * interval: the tests are of signed ranks, and may pass where the interval of the median reaches beyond the margin.
 */
function verdictsOf(tests: readonly Tested[]): Corrected[] {
  const pHolm = holm(tests.map(({ p }) => p));
  const equivalence = tests[0]?.pEquivalence === null ? null : holm(tests.map((test) => test.pEquivalence!));
  return tests.map((test, i) => {
    const pEquivalenceHolm = equivalence?.[i] ?? null;
    const verdict =
      isLess(pEquivalenceHolm) && test.within
        ? 'equivalent'
        : pHolm[i]! < level
          ? test.greater < test.less
            ? 'better'
            : 'worse'
          : 'undecided';
    return { ...test, pHolm: pHolm[i]!, pEquivalenceHolm, verdict };
  });
}

const sameSeeds = (one: StudyArmResult, other: StudyArmResult): boolean => {
  const seeds = (arm: StudyArmResult) => arm.runs.map(({ seed }) => seed).sort((a, b) => a - b);
  const [a, b] = [seeds(one), seeds(other)];
  return a.length === b.length && a.every((seed, i) => seed === b[i]);
};

interface Scored {
  seed: number;
  score: number | null;
  ended: boolean;
}

const scoredOf = (arm: StudyArmResult, by: ScoreName): Scored[] =>
  arm.runs
    .map((run) => ({ seed: run.seed, score: scoreOf[by](run), ended: hasEnded(run) }))
    .sort((a, b) => a.seed - b.seed);

/** The runs of a claim: those with scores, and again with those that failed below all others. */
interface Gathered {
  sides: Sides;
  /** Null where no failed run lacks a score. */
  failedLast: Sides | null;
  lacking: Claim['lacking'];
  unequal: Claim['unequal'];
}

const lacks = ({ score }: Scored) => score === null;
/** What has ended without a score failed to give one: its run broke off, or its champion did on every fresh seed. */
const lastOf = ({ score, ended }: Scored): number | null =>
  score ?? (ended ? Number.NEGATIVE_INFINITY : null);

/**
 * Median evaluations of the runs of two arms, where they clearly differ. A run that ended by itself would have had the
 * same champion after more.
 */
function unequalEvaluations(one: StudyArmResult, other: StudyArmResult): Claim['unequal'] {
  const [a, b] = [one, other].map(({ runs }) =>
    runs
      .filter((run) => scoreOf.fresh(run) !== null && !endedByItself(run))
      .map(({ evaluations }) => evaluations),
  ) as [number[], number[]];
  if (a.length === 0 || b.length === 0) return null;
  const made = { arm: median(a), with: median(b) };
  const least = Math.min(made.arm, made.with);
  return Math.abs(made.arm - made.with) > likeEvaluations * least ? made : null;
}

function gather(one: StudyArmResult, other: StudyArmResult, by: ScoreName): Gathered {
  const paired = sameSeeds(one, other);
  const [a, b] = [scoredOf(one, by), scoredOf(other, by)];
  const keep = (value: (run: Scored) => number | null): Sides => {
    const scores = [a.map(value), b.map(value)] as const;
    const whole = (i: number) => scores[0][i] !== null && scores[1][i] !== null;
    const kept = scores.map((side) => side.filter((score, i) => score !== null && (!paired || whole(i))));
    return { paired, arm: kept[0] as number[], with: kept[1] as number[] };
  };
  const lackingRuns: Scored[][] = paired
    ? a.map((run, i) => [run, b[i]!].filter(lacks)).filter(({ length }) => length > 0)
    : [...a, ...b].filter(lacks).map((run) => [run]);
  const failed = lackingRuns.filter((runs) => runs.every((run) => run.ended)).length;
  return {
    sides: keep(({ score }) => score),
    failedLast: failed > 0 ? keep(lastOf) : null,
    lacking: { failed, unfinished: lackingRuns.length - failed },
    unequal: by === 'fresh' ? unequalEvaluations(one, other) : null,
  };
}

function differenceOf(sides: Sides): Claim['difference'] {
  const n = Math.min(sides.arm.length, sides.with.length);
  if (n < fewestForClaim) return null;
  const differences = differencesOf(sides);
  const enough = n >= fewestForInterval;
  if (sides.paired) {
    return { median: median(differences), interval: enough ? medianInterval(differences) : null };
  }
  return {
    median: median(sides.arm) - median(sides.with),
    interval: enough ? medianDifferenceInterval(sides.arm, sides.with) : null,
  };
}

function untestedClaim(names: { arm: string; with: string }, { sides, lacking, unequal }: Gathered): Claim {
  const n = { arm: sides.arm.length, with: sides.with.length };
  const test = sides.paired ? 'signed-rank' : 'rank-sum';
  const fewest = Math.min(n.arm, n.with);
  return {
    ...{ arm: names.arm, with: names.with, test, n, lacking, unequal },
    difference: differenceOf(sides),
    a: fewest < fewestForClaim ? null : varghaDelaney(sides.arm, sides.with),
    ...{ p: null, pHolm: null, pEquivalence: null, pEquivalenceHolm: null, verdict: null },
    notes: [
      ...(fewest < fewestForVerdict
        ? [
            `no verdict, as it takes ${fewestForVerdict} ${sides.paired ? `pairs with scores, not ${fewest}` : `runs of each arm with scores, not ${fewest} of one`}`,
          ]
        : []),
      ...(unequal
        ? [`no verdict: champions after ${count(unequal.arm)} and ${count(unequal.with)} evaluations`]
        : []),
    ],
  };
}

/** What is to be known of a verdict: that a difference is small, or that failed runs decide. */
function notesOn(found: Corrected, failedLast: Corrected | undefined): string[] {
  const way = found.greater < found.less ? 'better' : 'worse';
  return [
    ...(found.verdict === 'equivalent' && found.pHolm < level ? [`${way} by less than the margin`] : []),
    ...(isLess(found.pEquivalenceHolm) && !found.within
      ? ['the one-sided tests are within the margin, but the 95 % interval is not: not equivalent']
      : []),
    ...(failedLast && failedLast.verdict !== found.verdict
      ? [`with failed runs ranked last it is ${failedLast.verdict}, without them ${found.verdict}`]
      : []),
  ];
}

/**
 * The claims of one table: pairs of arms by one score, each tested once and corrected for the others with Holm's method;
 * the tests of equivalence are corrected among themselves. Runs without a score are counted and left out. A run that
 * failed has no score for a reason that may be the arm's, so where any did, the tests are made once more with failed runs
 * ranked last, and a verdict that this changes is undecided. Champions after clearly unlike numbers of evaluations are not
 * tested one against the other.
 */
export function claimsBy(
  by: ScoreName,
  pairs: readonly { arm: StudyArmResult; with: StudyArmResult }[],
  margin: number | null,
): Claim[] {
  const gathered = pairs.map((pair) => gather(pair.arm, pair.with, by));
  const claims = pairs.map((pair, i) =>
    untestedClaim({ arm: pair.arm.name, with: pair.with.name }, gathered[i]!),
  );
  const places = claims.flatMap(({ n, unequal }, i) =>
    unequal === null && Math.min(n.arm, n.with) >= fewestForVerdict ? [i] : [],
  );
  const sides = places.map((i) => gathered[i]!);
  const found = verdictsOf(sides.map((one) => tested(one.sides, margin)));
  const last = sides.some(({ failedLast }) => failedLast !== null)
    ? verdictsOf(sides.map((one) => tested(one.failedLast ?? one.sides, margin)))
    : [];
  places.forEach((place, i) => {
    const { p, pHolm, pEquivalence, pEquivalenceHolm, verdict } = found[i]!;
    const stands = last[i] === undefined || last[i].verdict === verdict;
    claims[place] = {
      ...claims[place]!,
      ...{ p, pHolm, pEquivalence, pEquivalenceHolm },
      verdict: stands ? verdict : 'undecided',
      notes: notesOn(found[i]!, last[i]),
    };
  });
  return claims;
}
