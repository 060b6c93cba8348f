import { type Claim, claimsBy, fewestForVerdict } from './claims.js';
import type { StudyArmResult, StudyResults, StudyRunResult } from './results-type.js';
import { type ArmSummary, armSummary, hasEnded } from './summaries.js';

/** What a study shows: each arm by itself, and what may be claimed of one arm beside another. */
export interface StudyComparison {
  study: string;
  /** At which arms are compared. */
  evaluations: number | null;
  margin: number | null;
  marginAbout: string;
  chance: number | null;
  ceiling: number | null;
  arms: ArmSummary[];
  /** By the scores of champions on fresh seeds, and by the best scores within equal evaluations: a table each. */
  claims: { fresh: Claim[]; trained: Claim[] };
  /** Pairs of arms that are not compared, and why. */
  notCompared: { arm: string; with: string; why: string }[];
  /** What is to be known before the numbers are believed. */
  notices: string[];
}

/** Without a choice, every control stands beside the first arm that is none, and so does every later arm. */
function chosenPairs({ compare, arms }: StudyResults): StudyResults['compare'] {
  if (compare.length > 0) return compare;
  const first = arms.find(({ control }) => control === null) ?? arms[0];
  return arms.filter((arm) => arm !== first).map((arm) => ({ arm: arm.name, with: first!.name }));
}

/** The first run of each seed: another would be the same to the bit, and no evidence more. */
function onceEach(runs: readonly StudyRunResult[]): StudyRunResult[] {
  const seen = new Set<number>();
  return runs.filter(({ seed }) => !seen.has(seed) && seen.add(seed));
}

const runsText = (n: number) => `${n} ${n === 1 ? 'run' : 'runs'}`;

/** How many runs of an arm there is nothing of yet, or nothing ever. */
function statusNotices({ name, runs }: StudyArmResult): string[] {
  const failed = runs.filter(({ status }) => status === 'failed');
  const unfinished = runs.filter((run) => !hasEnded(run)).length;
  const reason = failed[0]?.stopReason;
  return [
    ...(failed.length > 0
      ? [
          `${name}: ${failed.length} of ${runsText(runs.length)} failed${reason ? ` (${failed[0]!.run}: ${reason})` : ''}. ` +
            'They count as not reaching targets.',
        ]
      : []),
    ...(unfinished > 0
      ? [
          `${name}: ${unfinished} of ${runsText(runs.length)} not finished: left out of targets, and of what they have no score for.`,
        ]
      : []),
  ];
}

function seedNotice(
  pairs: readonly { arm: StudyArmResult; with: StudyArmResult }[],
  claims: readonly Claim[],
) {
  const fewest = Math.min(...pairs.flatMap((pair) => [pair.arm.runs.length, pair.with.runs.length]));
  if (claims.length === 0 || fewest >= fewestForVerdict) return [];
  return [
    `Verdicts take ${fewestForVerdict} seeds: ${fewest} ${fewest === 1 ? 'gives' : 'give'} medians and intervals only.`,
  ];
}

/** Statistics of a study's results; they depend on nothing else. */
export function compareStudy(results: StudyResults): StudyComparison {
  const arms = results.arms.map((arm) => ({ ...arm, runs: onceEach(arm.runs) }));
  const repeated = results.arms.filter((arm, i) => arm.runs.length > arms[i]!.runs.length);
  const armOf = (name: string) => {
    const arm = arms.find((one) => one.name === name);
    if (!arm) throw new RangeError(`a claim is about "${name}", which is no arm of the study`);
    return arm;
  };
  const pairs = chosenPairs({ ...results, arms }).map((names) => ({
    arm: armOf(names.arm),
    with: armOf(names.with),
  }));
  // An arm of which nothing was read yet has no world, and nothing to be compared by.
  const comparable = pairs.filter(
    (pair) => pair.arm.world === pair.with.world || pair.arm.world === '' || pair.with.world === '',
  );
  const notCompared = pairs
    .filter((pair) => !comparable.includes(pair))
    .map((pair) => ({
      arm: pair.arm.name,
      with: pair.with.name,
      why: 'their scores do not measure the same: the tasks differ, or how lives are scored',
    }));
  const { margin } = results;
  const claims = {
    fresh: claimsBy('fresh', comparable, margin),
    trained: results.evaluations === null ? [] : claimsBy('trained', comparable, margin),
  };
  return {
    study: results.study,
    evaluations: results.evaluations,
    ...{ margin, marginAbout: results.marginAbout, chance: results.chance, ceiling: results.ceiling },
    arms: arms.map((arm) => armSummary(arm, results)),
    ...{ claims, notCompared },
    notices: [
      ...repeated.map(({ name }) => `${name}: of runs with the same seed the first alone counts.`),
      ...arms.flatMap(statusNotices),
      ...notCompared.map((pair) => `${pair.arm} and ${pair.with} are not compared: ${pair.why}.`),
      ...seedNotice(comparable, claims.fresh),
      ...(margin === null && comparable.length > 0
        ? [`Equivalence is not tested: the margin is ${results.marginAbout}.`]
        : []),
    ],
  };
}
