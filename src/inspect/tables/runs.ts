import { basename, join } from 'node:path';
import type { Habitat } from '../../evaluate/habitat.js';
import type { RunSpec } from '../../evolve/run-spec.js';
import { recordedSpec, storedHabitat } from '../../evolve/stored-spec.js';
import { UserError } from '../../spec/errors.js';
import { findRun, listRuns, StoredRun } from '../../store/run-store.js';
import {
  isStudyFolder,
  listStudies,
  readStudyRecord,
  runFolderOf,
  runNameOf,
} from '../../store/study-store.js';

/** A run as rows of tables name it. */
export interface LabelledRun {
  folder: string;
  /** First columns of every table, such as `{ run, arm }`. */
  labels: Readonly<Record<string, string | number>>;
}

export interface RunOfTables {
  stored: StoredRun;
  spec: RunSpec;
  labels: Readonly<Record<string, string | number>>;
  /** Where its genomes live; loads users' modules. */
  habitat(): Promise<Habitat>;
}

/** Opens a run whose tables are wanted. */
export async function openForTables({ folder, labels }: LabelledRun): Promise<RunOfTables> {
  const stored = new StoredRun(folder);
  const spec = await recordedSpec(stored.manifest, folder);
  let habitat: Promise<Habitat> | undefined;
  return {
    stored,
    spec,
    labels: { ...labels, seed: spec.seed },
    habitat: () => {
      habitat ??= storedHabitat(stored.manifest, folder).then((opened) => opened.habitat);
      return habitat;
    },
  };
}

/** The runs of a study that have begun, arm by arm, by its name or folder; or the one run that is named. */
export function runsNamed(root: string, name: string): LabelledRun[] {
  const study = studyFolder(root, name);
  if (study === undefined) {
    const folder = findRun(root, name);
    return [{ folder, labels: { run: basename(folder) } }];
  }
  const { study: named, arms, seeds } = readStudyRecord(study);
  const runs = arms.flatMap((arm) =>
    seeds.map((seed) => ({
      folder: runFolderOf(study, arm.name, seed),
      labels: { study: named, run: `${named}/${runNameOf(arm.name, seed)}`, arm: arm.name },
    })),
  );
  const begun = runs.filter(({ folder }) => StoredRun.exists(folder));
  if (begun.length > 0) return begun;
  throw new UserError(`The study ${named} has no run yet: there is nothing to export. Carry it out first.`);
}

function studyFolder(root: string, name: string): string | undefined {
  const here = [name, join(root, name)].find((folder) => isStudyFolder(folder));
  if (here !== undefined) return here;
  const { studies } = listStudies(root);
  const fitting = studies.filter(({ record }) => record.study.startsWith(name));
  const isRun = listRuns(root).runs.some(({ folder }) => basename(folder).startsWith(name));
  return fitting.length === 1 && !isRun && name !== 'latest' ? fitting[0]!.folder : undefined;
}
