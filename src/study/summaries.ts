import { medianInterval } from '../math/median-interval.js';
import { RandomStream } from '../math/random.js';
import { expectedRunningTime, runningTimeInterval } from '../math/running-time.js';
import { deriveSeed } from '../math/seed.js';
import { type Interval, wilsonInterval } from '../math/shares.js';
import { ascending, median, quantile } from '../math/statistics.js';
import type { StudyArmResult, StudyResults, StudyRunResult } from './results-type.js';

/** Of fewer runs no interval of the median holds it nearly as often as it says. */
export const fewestForInterval = 5;

/** The middle of several runs, and how far they spread. */
export interface Summary {
  n: number;
  median: number;
  q25: number;
  q75: number;
  /** 95 % bootstrap interval of the median; null of fewer than five runs. */
  interval: Interval | null;
}

/** How an arm's runs fare with one target. Counted are those that have ended. */
export interface TargetSummary {
  target: number;
  /** Evaluations within which the target counts as reached: those at which arms are compared. */
  within: number | null;
  reached: number;
  of: number;
  /** Share that reached it within these evaluations, with its 95 % interval; null where no run has ended. */
  share: ({ share: number } & Interval) | null;
  /**
   * Expected running time in evaluations, of all that were made, with its 95 % interval; null where no run reached it, in
   * however many. The upper end is null
   * where it is open: too few runs reached the target.
   */
  runningTime: { expected: number; low: number; high: number | null } | null;
}

export interface ArmSummary extends Omit<StudyArmResult, 'name' | 'runs'> {
  arm: string;
  runs: { planned: number; finished: number; failed: number; unfinished: number };
  /** Evaluations that its runs have made: least and most; null where none has begun. */
  evaluations: Interval | null;
  /** Best score within the evaluations at which arms are compared; null where no run has one. */
  trained: Summary | null;
  /** Score of the champions, whatever the evaluations. */
  champion: Summary | null;
  /** Mean score of each champion on fresh seeds. */
  fresh: Summary | null;
  targets: TargetSummary[];
}

/** The scores that arms are summarised and compared by. */
export const scoreOf = {
  trained: ({ atEqual }: StudyRunResult) => atEqual,
  champion: ({ best }: StudyRunResult) => best,
  fresh: ({ fresh }: StudyRunResult) => fresh?.mean ?? null,
} as const;

export type ScoreName = keyof typeof scoreOf;

export const hasEnded = ({ status }: Pick<StudyRunResult, 'status'>): boolean =>
  status === 'finished' || status === 'failed';

/** The longest run of each seed of an arm: another is the same to the bit as far as it goes, and no evidence more. */
export function longestOfSeeds<T extends Pick<StudyRunResult, 'seed' | 'evaluations'>>(
  runs: readonly T[],
): T[] {
  const longest = new Map<number, T>();
  for (const run of runs) {
    const kept = longest.get(run.seed);
    if (!kept || run.evaluations > kept.evaluations) longest.set(run.seed, run);
  }
  return [...longest.values()];
}

export function summaryOf(values: readonly number[]): Summary | null {
  const n = values.length;
  if (n === 0) return null;
  const sorted = ascending(values);
  return {
    n,
    median: median(sorted),
    q25: quantile(sorted, 0.25),
    q75: quantile(sorted, 0.75),
    interval: n < fewestForInterval ? null : medianInterval(sorted),
  };
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

function targetSummary(
  arm: StudyArmResult,
  { target, place, within }: { target: number; place: number; within: number | null },
): TargetSummary {
  const attempts = arm.runs.filter(hasEnded).map(({ evaluations, toTarget }) => {
    const to = toTarget[place] ?? null;
    return { evaluations: to ?? evaluations, reached: to !== null };
  });
  const of = attempts.length;
  const inTime = attempts.filter(
    (attempt) => attempt.reached && (within === null || attempt.evaluations <= within),
  ).length;
  const stream = RandomStream.from(deriveSeed('expected running time', arm.name, target));
  const { low, high } = runningTimeInterval(attempts, stream);
  return {
    ...{ target, within, reached: inTime, of },
    share: of === 0 ? null : { share: inTime / of, ...wilsonInterval(inTime, of) },
    runningTime: attempts.every(({ reached }) => !reached)
      ? null
      : { expected: expectedRunningTime(attempts), low, high: Number.isFinite(high) ? high : null },
  };
}

export function armSummary(
  arm: StudyArmResult,
  { targets, evaluations }: Pick<StudyResults, 'targets' | 'evaluations'>,
): ArmSummary {
  const { name, runs, ...own } = arm;
  const finished = runs.filter(({ status }) => status === 'finished').length;
  const failed = runs.filter(({ status }) => status === 'failed').length;
  const made = runs.map((run) => run.evaluations).filter((some) => some > 0);
  const scores = (name: ScoreName) => summaryOf(known(runs.map(scoreOf[name])));
  return {
    arm: name,
    ...own,
    runs: { planned: runs.length, finished, failed, unfinished: runs.length - finished - failed },
    evaluations: made.length === 0 ? null : { low: Math.min(...made), high: Math.max(...made) },
    trained: scores('trained'),
    champion: scores('champion'),
    fresh: scores('fresh'),
    targets: targets.map((target, place) => targetSummary(arm, { target, place, within: evaluations })),
  };
}

/** How many runs of an arm are the same to the bit as runs of another, or searched the same. */
export function sameRuns(
  one: StudyArmResult,
  other: StudyArmResult,
  by: 'outcome' | 'search' = 'outcome',
): number {
  const known = new Set(other.runs.flatMap((run) => run[by] ?? []));
  return one.runs.filter((run) => run[by] !== null && known.has(run[by])).length;
}
