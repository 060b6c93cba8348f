import { basename } from 'node:path';
import { evaluationsBefore } from '../evolve/history.js';
import { improvements } from '../evolve/incumbent.js';
import { referenceOf, resultOf } from '../evolve/recorded.js';
import { searchHashOf } from '../evolve/run-spec.js';
import { recordedSpec } from '../evolve/stored-spec.js';
import { median } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';
import { StoredRun } from '../store/run-store.js';
import { type RecordedArm, readStudyRecord, type StudyRecord } from '../store/study-store.js';
import { namedLevels } from './arms.js';
import { plannedRuns } from './carry-out.js';
import { endedByItself } from './curves.js';
import { claimsOf } from './plan.js';
import type { FreshSpread, StudyArmResult, StudyResults, StudyRunResult } from './results-type.js';
import { parseStudySpec } from './study-spec.js';
import { longestOfSeeds } from './summaries.js';
import { livesOf, worldOf } from './world.js';

/** A run that is to stand in a report: where it is, and what it is called there. */
export interface NamedRun {
  run: string;
  seed: number;
  folder: string;
}

/** A stored run as a report needs it. */
interface ReadRun extends StudyRunResult {
  /** Whether it can make no more evaluations, and did not stop for having made enough of them. */
  endedByItself: boolean;
  world: string;
  lives: string;
  untrained: number | null;
  chance: number | null;
  ceiling: number | null;
}

const orNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** That of a branch in which something else is scored begins where it branched. */
function curveOf({ records, manifest }: StoredRun): StudyRunResult['curve'] {
  const before = evaluationsBefore(records, manifest.lineage);
  const points = Array.from(improvements(records), ({ evaluations, contender }) => ({
    evaluations,
    best: contender.score,
  })).filter(({ evaluations }) => evaluations > before);
  const [last, end] = [points.at(-1), records.at(-1)?.evaluations ?? 0];
  return last && last.evaluations < end ? [...points, { evaluations: end, best: last.best }] : points;
}

const freshOf = ({ mean, sd, n }: FreshSpread): FreshSpread => ({ mean, sd, n });

async function readRun({ run, seed, folder }: NamedRun, targets: readonly number[]): Promise<ReadRun> {
  const stored = new StoredRun(folder);
  const spec = await recordedSpec(stored.manifest, folder);
  const [reference, result] = [referenceOf(stored.manifest), resultOf(stored.manifest)];
  const { status } = stored;
  const over = status === 'finished' || status === 'failed';
  const curve = curveOf(stored);
  const stopReason = over ? (result?.stopReason ?? null) : null;
  const champion = status === 'finished' ? result?.best : null;
  const outcome = stored.manifest.hashes.outcome ?? null;
  return {
    ...{ run, seed, status, stopReason, curve, outcome },
    search: searchHashOf(spec, stored.manifest.lineage),
    evaluations: stored.records.at(-1)?.evaluations ?? 0,
    best: orNull(curve.at(-1)?.best),
    atEqual: null,
    // A champion that failed in every fresh life has no score there.
    fresh: champion && Number.isFinite(champion.fresh.mean) ? freshOf(champion.fresh) : null,
    toTarget: targets.map((target) => curve.find(({ best }) => best >= target)?.evaluations ?? null),
    failures: stored.records.reduce((sum, { failed }) => sum + Object.keys(failed ?? {}).length, 0),
    endedByItself: endedByItself({ status, stopReason }),
    world: worldOf(spec),
    lives: livesOf(spec),
    untrained: orNull(reference.untrained.score),
    chance: orNull(reference.chance.mean),
    ceiling: orNull(reference.ceiling.score),
  };
}

const absent = (
  { run, seed }: NamedRun,
  targets: readonly number[],
  reason: string | undefined,
): StudyRunResult => ({
  ...{
    run,
    seed,
    outcome: null,
    search: null,
    status: reason === undefined ? 'planned' : 'failed',
    stopReason: reason ?? null,
  },
  ...{ evaluations: 0, curve: [], best: null, atEqual: null, fresh: null, failures: 0 },
  toTarget: targets.map(() => null),
});

/** An arm with where its runs stand; of a run that has not begun, why, where it failed to. */
export interface NamedArm {
  name: string;
  about: string;
  control: string | null;
  animal?: string;
  levels?: Readonly<Record<string, string>> | undefined;
  runs: (NamedRun & { absent?: { reason: string | undefined } })[];
}

/** The most evaluations that every run has reached; one that has ended by itself keeps its best ever after. */
function evaluationsOf(runs: readonly ReadRun[]): number | null {
  const finished = runs.filter(({ status, best }) => status === 'finished' && best !== null);
  const bound = finished.filter(({ endedByItself }) => !endedByItself);
  if (finished.length === 0) return null;
  return bound.length > 0
    ? Math.min(...bound.map(({ evaluations }) => evaluations))
    : Math.max(...finished.map(({ evaluations }) => evaluations));
}

function bestWithin(
  { curve, evaluations, endedByItself, best }: ReadRun,
  common: number | null,
): number | null {
  if (common === null || best === null || (evaluations < common && !endedByItself)) return null;
  return curve.filter((point) => point.evaluations <= common).at(-1)?.best ?? null;
}

const middle = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? median(known) : null;
};

/** What several runs came to, arm by arm. */
export async function resultsOfArms(
  arms: readonly NamedArm[],
  {
    at,
    targets,
    margin,
    ...rest
  }: Pick<StudyResults, 'study' | 'targets' | 'margin' | 'compare'> & { at?: number | undefined },
): Promise<StudyResults> {
  const read = new Map<NamedRun, ReadRun>();
  const unread = new Map<NamedRun, string | undefined>();
  for (const run of arms.flatMap(({ runs }) => runs)) {
    if (run.absent) unread.set(run, run.absent.reason);
    else {
      try {
        read.set(run, await readRun(run, targets));
      } catch (error) {
        // One that cannot be read does not take the others with it.
        if (!(error instanceof UserError)) throw error;
        unread.set(run, error.message);
      }
    }
  }
  const all = [...read.values()];
  // What is left out of an arm does not bound the others.
  const reached = evaluationsOf(
    arms.flatMap(({ runs }) => longestOfSeeds(runs.flatMap((run) => read.get(run) ?? []))),
  );
  const evaluations = at === undefined || reached === null ? reached : at;
  const [chance, ceiling] = [middle(all.map((run) => run.chance)), middle(all.map((run) => run.ceiling))];
  const worlds = new Set(all.map(({ world }) => world));
  const armResult = ({ name, about, control, animal, levels, runs }: NamedArm): StudyArmResult => {
    const mine = runs.flatMap((run) => read.get(run) ?? []);
    return {
      ...{ name, about, control },
      ...(animal === undefined ? {} : { animal }),
      ...(levels === undefined ? {} : { levels }),
      world: mine[0]?.world ?? '',
      lives: mine[0]?.lives ?? '',
      untrained: middle(mine.map((run) => run.untrained)),
      chance: middle(mine.map((run) => run.chance)),
      runs: runs.map((named) => {
        const run = read.get(named);
        if (!run) return absent(named, targets, unread.get(named));
        const {
          endedByItself: _e,
          world: _w,
          lives: _v,
          untrained: _u,
          chance: _c,
          ceiling: _l,
          ...result
        } = run;
        return { ...result, atEqual: bestWithin(run, evaluations) };
      }),
    };
  };
  return {
    ...rest,
    seeds: [...new Set(arms.flatMap(({ runs }) => runs.map(({ seed }) => seed)))],
    ...{ evaluations, targets },
    // Chance in one world says nothing of another.
    ...(worlds.size > 1 ? { chance: null, ceiling: null } : { chance, ceiling }),
    // Which differences do not count is for the reader to say: any other margin finds equivalence where there is none.
    margin,
    arms: arms.map(armResult),
  };
}

/** What is known of a planned run that has no record. */
function armOf(folder: string, record: StudyRecord, arm: RecordedArm): NamedArm {
  // A study may be renamed: it is called as its folder is.
  const study = basename(folder);
  return {
    ...{ name: arm.name, about: arm.about, control: arm.control, levels: arm.levels },
    ...(arm.animal === null ? {} : { animal: arm.animal }),
    runs: plannedRuns(folder, [arm], record.seeds).map((run) => ({
      ...{ run: `${study}/${run.name}`, seed: run.seed, folder: run.folder },
      ...(StoredRun.exists(run.folder) ? {} : { absent: { reason: record.failed[run.name] } }),
    })),
  };
}

/** The arms of a study on disk, with every run that it planned. */
export function armsOfStudy(folder: string): NamedArm[] {
  const record = readStudyRecord(folder);
  return record.arms.map((arm) => armOf(folder, record, arm));
}

/**
 * What a study on disk has come to, while it runs as well.
 * @param otherwise targets and a margin in place of the study's own, and evaluations at which arms are compared
 */
export async function studyResults(
  folder: string,
  otherwise: { targets?: number[] | undefined; margin?: number | undefined; at?: number | undefined } = {},
): Promise<StudyResults> {
  const record = readStudyRecord(folder);
  const spec = parseStudySpec(record.spec, `${folder}/study.json: spec`);
  const levels = namedLevels(spec);
  const results = await resultsOfArms(armsOfStudy(folder), {
    study: basename(folder),
    at: otherwise.at,
    targets:
      otherwise.targets ?? spec.targets ?? (spec.budget?.target === undefined ? [] : [spec.budget.target]),
    margin: otherwise.margin ?? spec.margin ?? null,
    compare: claimsOf(spec, record.arms),
  });
  return { ...results, ...(levels.length > 0 ? { levels } : {}) };
}
