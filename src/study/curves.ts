import { ascending, quantile } from '../math/statistics.js';
import type { StudyArmResult, StudyResults, StudyRunResult } from './results-type.js';
import { hasEnded } from './summaries.js';

/** An arm's best scores so far after so many evaluations: the middle of its runs, and how far they spread. */
export interface CurvePoint {
  evaluations: number;
  q25: number;
  median: number;
  q75: number;
}

export interface ArmCurve {
  /** Runs that it is the median of: those that have ended, or all where none has. */
  n: number;
  /** Where something changes, and where it ends. Each holds until the next. */
  points: CurvePoint[];
}

/** Stop reasons that bound a run from outside: it might have gone on. */
const bounded = /^(evaluations|generations|seconds): /;

/** Whether a run has ended by itself, so that its best stays what it is. */
export const endedByItself = (run: Pick<StudyRunResult, 'status' | 'stopReason'>): boolean =>
  hasEnded(run) && run.stopReason !== null && !bounded.test(run.stopReason);

function drawnRuns(arm: StudyArmResult): StudyRunResult[] {
  const begun = arm.runs.filter(({ curve }) => curve.length > 0);
  const ended = begun.filter(hasEnded);
  return ended.length > 0 ? ended : begun;
}

/**
 * The median and quartiles of an arm's runs, over the evaluations that all of them have made; a run that ended by itself
 * keeps its best.
 */
export function armCurve(arm: StudyArmResult): ArmCurve {
  const runs = drawnRuns(arm);
  if (runs.length === 0) return { n: 0, points: [] };
  const going = runs.filter((run) => !endedByItself(run));
  const lengths = (of: readonly StudyRunResult[]) => of.map(({ evaluations }) => evaluations);
  const end = going.length > 0 ? Math.min(...lengths(going)) : Math.max(...lengths(runs));
  const start = Math.max(...runs.map(({ curve }) => curve[0]!.evaluations));
  const places = new Set([start, end]);
  for (const { curve } of runs) for (const { evaluations } of curve) places.add(evaluations);
  const next = runs.map(() => 0);
  const points: CurvePoint[] = [];
  for (const evaluations of ascending([...places].filter((place) => place >= start && place <= end))) {
    const scores = runs.map(({ curve }, i) => {
      while (next[i]! + 1 < curve.length && curve[next[i]! + 1]!.evaluations <= evaluations) next[i]!++;
      return curve[next[i]!]!.best;
    });
    const sorted = ascending(scores);
    const [q25, median, q75] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
    const last = points.at(-1);
    const same = last && last.q25 === q25 && last.median === median && last.q75 === q75;
    if (!same || evaluations === end) points.push({ evaluations, q25, median, q75 });
  }
  return { n: runs.length, points };
}

/** Targets that take the place of those that a study does not name. */
const plentyTargets = 50;

/**
 * The targets of a distribution of evaluations to targets: those of the study, or 50 evenly spaced from the lower of
 * chance and the untrained start, which is none of them, to the best score of any run, which is the last (as in COCO,
 * Hansen et al. 2021, doi:10.1080/10556788.2020.1808977).
 */
export function spacedTargets({ targets, arms }: Pick<StudyResults, 'targets' | 'arms'>): {
  targets: number[];
  given: boolean;
} {
  if (targets.length > 0) return { targets, given: true };
  const bests = arms.flatMap(({ runs }) => runs.flatMap(({ curve }) => curve.at(-1)?.best ?? []));
  const starts = arms
    .flatMap(({ chance, untrained }) => [chance, untrained])
    .filter((score) => score !== null);
  const firsts = arms.flatMap(({ runs }) => runs.flatMap(({ curve }) => curve[0]?.best ?? []));
  const best = Math.max(...bests);
  const from = Math.min(...(starts.length > 0 ? starts : firsts));
  if (!(best > from)) return { targets: Number.isFinite(best) ? [best] : [], given: false };
  return {
    targets: Array.from({ length: plentyTargets }, (_, i) =>
      i + 1 === plentyTargets ? best : from + ((best - from) * (i + 1)) / plentyTargets,
    ),
    given: false,
  };
}

/** Share of pairs of a run and a target in which the run has reached the target, after so many evaluations. */
export interface ReachedPoint {
  evaluations: number;
  share: number;
}

/** How an arm's runs reach targets: where the share rises, and where its last run ends. Runs that failed count. */
export function reachedCurve(arm: StudyArmResult, targets: readonly number[]): ReachedPoint[] {
  const ended = arm.runs.filter(hasEnded);
  const runs = ended.length > 0 ? ended : arm.runs.filter(({ curve }) => curve.length > 0);
  const pairs = runs.length * targets.length;
  if (pairs === 0) return [];
  const times = ascending(
    runs.flatMap(({ curve }) =>
      targets.flatMap((target) => curve.find(({ best }) => best >= target)?.evaluations ?? []),
    ),
  );
  const points: ReachedPoint[] = [];
  times.forEach((evaluations, i) => {
    if (times[i + 1] !== evaluations) points.push({ evaluations, share: (i + 1) / pairs });
  });
  const end = Math.max(...runs.map(({ evaluations }) => evaluations));
  const last = points.at(-1);
  if (!last || last.evaluations < end) points.push({ evaluations: end, share: last?.share ?? 0 });
  return points;
}
