import { basename, join } from 'node:path';
import { readManifest } from '../store/manifest.js';
import { runFiles, StoredRun } from '../store/run-store.js';
import type { StudySummary } from '../store/study-store.js';
import { tagsOf } from '../store/tags.js';
import { plannedRuns } from '../study/carry-out.js';
import { count, table } from './output.js';

/** A study as `runs` lists it. */
export interface ListedStudy {
  study: string;
  status: string;
  started: string;
  arms: number;
  seeds: number;
  runs: number;
  /** Runs that have finished or failed. */
  ended: number;
  tasks: string[];
  strategies: string[];
  tags: readonly string[];
  path: string;
}

const namesOf = (specs: readonly Record<string, unknown>[], part: 'task' | 'strategy'): string[] => [
  ...new Set(specs.map((spec) => String((spec[part] as { name?: unknown } | undefined)?.name))),
];

export function listedStudy({ folder, record, status }: StudySummary): ListedStudy {
  const { started, arms, seeds } = record;
  const study = basename(folder);
  const begun = plannedRuns(folder, arms, seeds).filter((run) => StoredRun.exists(run.folder));
  const manifests = begun.map((run) => readManifest(join(run.folder, runFiles.manifest)));
  const specs = manifests.map((manifest) => manifest.spec);
  return {
    ...{ study, status, started, arms: arms.length, seeds: seeds.length },
    runs: arms.length * seeds.length,
    ended: manifests.filter(({ status: at }) => at === 'finished' || at === 'failed').length,
    ...{ tasks: namesOf(specs, 'task'), strategies: namesOf(specs, 'strategy') },
    ...{ tags: tagsOf(folder), path: folder },
  };
}

export const studiesTable = (studies: readonly ListedStudy[]): string => {
  const tagged = studies.some(({ tags }) => tags.length > 0);
  return table(
    ['study', 'status', 'task', 'strategy', 'arms', 'seeds', 'runs ended', ...(tagged ? ['tags'] : [])],
    studies.map(({ study, status, tasks, strategies, arms, seeds, runs, ended, tags }) => [
      ...[study, status, tasks.join(', '), strategies.join(', ')],
      ...[count(arms), count(seeds), `${count(ended)} of ${count(runs)}`],
      ...(tagged ? [tags.join(', ')] : []),
    ]),
  );
};
