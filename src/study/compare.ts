import { count } from '../figure/theme.js';
import { type Claim, claimsBy, fewestForVerdict } from './claims.js';
import { type Effects, effectsBy, factorsOf } from './effects.js';
import type { StudyArmResult, StudyResults, StudyRunResult } from './results-type.js';
import { type ArmSummary, armSummary, hasEnded, longestOfSeeds, sameRuns } from './summaries.js';

/** What a study shows: each arm by itself, and what may be claimed of one arm beside another. */
export interface StudyComparison {
  study: string;
  /** At which arms are compared. */
  evaluations: number | null;
  margin: number | null;
  chance: number | null;
  ceiling: number | null;
  arms: ArmSummary[];
  /** By the scores of champions on fresh seeds, and by the best scores within equal evaluations: a table each. */
  claims: { fresh: Claim[]; trained: Claim[] };
  /** Where arms are combinations of factors, what each factor does, by the same two scores. */
  effects?: { fresh: Effects; trained: Effects };
  /** Pairs of arms that are not compared, and why. */
  notCompared: { arm: string; with: string; why: string }[];
  /** What is to be known before the numbers are believed. */
  notices: string[];
}

/** Whether arms have the same searches and differ in how champions were chosen alone: as trained they are the same. */
const searchAlike = ({ arm, with: other }: { arm: StudyArmResult; with: StudyArmResult }) =>
  sameRuns(arm, other, 'search') > 0;

/**
 * Without a choice, every control stands beside the first arm that is none, and so does every later arm; but one that has
 * runs of an earlier arm stands beside that, so that no claim is made twice.
 */
function chosenPairs({ compare, arms }: StudyResults): NonNullable<StudyResults['compare']> {
  if (compare !== null) return compare;
  const first = arms.find(({ control }) => control === null) ?? arms[0];
  return arms
    .filter((arm) => arm !== first)
    .map((arm) => {
      const earlier = arms.slice(0, arms.indexOf(arm)).find((one) => sameRuns(arm, one) > 0);
      return { arm: arm.name, with: (earlier ?? first!).name };
    });
}

/** Which runs of an arm were left out, and for which. */
function repeatNotices({ name, runs }: StudyArmResult, kept: readonly StudyRunResult[]): string[] {
  return kept.flatMap((run) => {
    const alike = runs.filter(({ seed }) => seed === run.seed);
    if (alike.length === 1) return [];
    const others = [...new Set(alike.map((other) => other.run))].filter((other) => other !== run.run);
    return others.length === 0
      ? [`${name}: ${run.run} is named more than once, and counts once.`]
      : [
          `${name}: of the runs with seed ${run.seed} the longest counts, ${run.run} (${evaluationsText(run)}). ` +
            `Left out: ${others.join(', ')}.`,
        ];
  });
}

const evaluationsText = ({ evaluations }: StudyRunResult) => `${count(evaluations)} evaluations`;

/** Why two arms are not compared; nothing where they are. */
function whyNot(one: StudyArmResult, other: StudyArmResult): string[] {
  // An arm of which nothing was read yet has no world, and nothing to be compared by.
  if (one.world !== other.world && one.world !== '' && other.world !== '') {
    return ['their scores do not measure the same: the tasks differ'];
  }
  const same = sameRuns(one, other);
  if (same === 0) return [];
  return [
    same === Math.max(one.runs.length, other.runs.length)
      ? 'they are the same runs, with the same settings and seeds'
      : `${runsText(same)} of theirs ${same === 1 ? 'is' : 'are'} the same, with the same settings and seeds`,
  ];
}

const scoredAlike = ({ arm, with: other }: { arm: StudyArmResult; with: StudyArmResult }) =>
  arm.world === '' || other.world === '' || arm.lives === other.lives;

/** Pairs that are compared on fresh seeds alone. */
function livesNotices(pairs: readonly { arm: StudyArmResult; with: StudyArmResult }[]): string[] {
  const apart = pairs
    .filter((pair) => !scoredAlike(pair))
    .map((pair) => `${pair.arm.name} and ${pair.with.name}`);
  if (apart.length === 0) return [];
  return [
    `Compared on fresh seeds alone: ${apart.join(', ')}. They score candidates by other lives ("episodes", "seeds"), so that ` +
      'their best scores as trained do not measure the same.',
  ];
}

/** Pairs that differ in how champions are chosen and scored alone. */
function searchNotices(pairs: readonly { arm: StudyArmResult; with: StudyArmResult }[]): string[] {
  const alike = pairs.filter(searchAlike).map((pair) => `${pair.arm.name} and ${pair.with.name}`);
  if (alike.length === 0) return [];
  return [`Compared on fresh seeds alone, as their searches are the same: ${alike.join(', ')}.`];
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
  claims: readonly unknown[],
) {
  const fewest = Math.min(...pairs.flatMap((pair) => [pair.arm.runs.length, pair.with.runs.length]));
  if (claims.length === 0 || fewest >= fewestForVerdict) return [];
  return [
    `Verdicts take ${fewestForVerdict} seeds: ${fewest} ${fewest === 1 ? 'gives' : 'give'} medians and intervals only.`,
  ];
}

/** Effects of factors, and why there are none where there would be. */
function effectsOf(arms: readonly StudyArmResult[], { margin, evaluations }: StudyResults) {
  const worlds = new Set(arms.flatMap(({ levels, world }) => (levels && world !== '' ? [world] : [])));
  const ways = new Set(arms.flatMap(({ levels, lives, world }) => (levels && world !== '' ? [lives] : [])));
  if (factorsOf(arms).length === 0) return { notices: [] };
  if (worlds.size > 1) {
    return {
      notices: [
        'Factors are not tested: a factor changes what a score measures. Leave it out, or make a study for each of its levels.',
      ],
    };
  }
  const none = { main: [], interactions: [] };
  const effects = {
    fresh: effectsBy('fresh', arms, margin),
    trained: evaluations === null || ways.size > 1 ? none : effectsBy('trained', arms, margin),
  };
  const apart =
    ways.size > 1
      ? [
          'Factors are tested on fresh seeds alone: with some of their levels candidates are scored by other lives ("episodes", "seeds").',
        ]
      : [];
  return { effects, notices: apart };
}

/** Statistics of a study's results; they depend on nothing else. */
export function compareStudy(results: StudyResults): StudyComparison {
  const arms = results.arms.map((arm) => ({ ...arm, runs: longestOfSeeds(arm.runs) }));
  const armOf = (name: string) => {
    const arm = arms.find((one) => one.name === name);
    if (!arm) throw new RangeError(`a claim is about "${name}", which is no arm of the study`);
    return arm;
  };
  const pairs = chosenPairs({ ...results, arms }).map((names) => ({
    arm: armOf(names.arm),
    with: armOf(names.with),
  }));
  const comparable = pairs.filter((pair) => whyNot(pair.arm, pair.with).length === 0);
  const notCompared = pairs.flatMap((pair) =>
    whyNot(pair.arm, pair.with).map((why) => ({ arm: pair.arm.name, with: pair.with.name, why })),
  );
  const { margin } = results;
  const claims = {
    fresh: claimsBy('fresh', comparable, margin),
    trained:
      results.evaluations === null
        ? []
        : claimsBy(
            'trained',
            comparable.filter((pair) => scoredAlike(pair) && !searchAlike(pair)),
            margin,
          ),
  };
  const { effects, notices } = effectsOf(arms, results);
  return {
    study: results.study,
    evaluations: results.evaluations,
    ...{ margin, chance: results.chance, ceiling: results.ceiling },
    arms: arms.map((arm) => armSummary(arm, results)),
    ...{ claims, notCompared },
    ...(effects ? { effects } : {}),
    notices: [
      ...results.arms.flatMap((arm, i) => repeatNotices(arm, arms[i]!.runs)),
      ...arms.flatMap(statusNotices),
      ...notCompared.map((pair) => `${pair.arm} and ${pair.with} are not compared: ${pair.why}.`),
      ...notices,
      ...livesNotices(comparable),
      ...searchNotices(comparable),
      ...seedNotice(effects ? arms.map((arm) => ({ arm, with: arm })) : comparable, [
        ...claims.fresh,
        ...(effects?.fresh.main ?? []),
      ]),
    ],
  };
}
