import { existsSync, lstatSync, readdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError, UserError } from '../spec/errors.js';
import { tasks } from '../tasks/table.js';
import type { TaskFigure } from '../tasks/task.js';
import type { Found } from './find.js';
import { lockHolder, takeLock } from './lock.js';
import { runFiles, runNames } from './run-store.js';
import { isStudyFolder, studyFiles } from './study-store.js';
import { tagsFile } from './tags.js';

/** Pictures that are drawn of runs; those of users' own tasks are not known by name. */
function pictures(): string[] {
  const figures: (TaskFigure<never> | undefined)[] = Object.values(tasks).map(({ figure }) => figure);
  const names = figures.flatMap((figure) => (figure ? [figure.name, figure.closer?.name] : []));
  return ['fitness', 'weights', 'cells', ...names].flatMap((name) => [`${name}.png`, `${name}.svg`]);
}

/** What Baldwin writes into a run's folder: the manifest last, so that what is deleted in part is still a run. */
function ownFiles(folder: string): string[] {
  const { manifest, lock, ...parts } = runFiles;
  const known: string[] = [...Object.values(parts), tagsFile, 'replay.json'];
  const isOwn = (name: string) =>
    known.includes(name) || pictures().includes(name) || known.some((file) => name === `${file}.tmp`);
  return [...readdirSync(folder).filter(isOwn), manifest];
}

/** Folders of a study's runs. */
function runsOf(study: string): string[] {
  const root = join(study, studyFiles.runs);
  return runNames(root).map((name) => join(root, name));
}

/** Bytes of the own files of a run, or of a study's runs. */
export function sizeOf({ is, folder }: Found): number {
  if (is === 'study') return runsOf(folder).reduce((sum, run) => sum + sizeOf({ is: 'run', folder: run }), 0);
  return ownFiles(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @throws UserError where a process is writing it, UsageError for a run that its study would lack */
export function refuseInUse({ is, folder }: Found): void {
  if (lstatSync(folder).isSymbolicLink()) {
    throw new UsageError(
      `${folder} is a link to ${realpathSync(folder)}: name that folder, or take the link away yourself.`,
    );
  }
  const study = dirname(dirname(folder));
  if (is === 'run' && isStudyFolder(study)) {
    throw new UsageError(
      `${folder}: a run of the study ${basename(study)}, which would lack it. Delete the study, or keep both.`,
    );
  }
  const holder = lockHolder(join(folder, runFiles.lock));
  if (holder === undefined) return;
  throw new UserError(
    `The ${is} ${basename(folder)} is in use by process ${holder.pid} on ${holder.host}, since ${holder.since}: it is not ` +
      'deleted. Stop that process first.',
  );
}

/** Deletes files that Baldwin wrote, and their folder where nothing else is in it. @returns what was left there */
function deleteFiles({ is, folder }: Found, names: readonly string[]): string[] {
  const release = takeLock(join(folder, runFiles.lock), `The ${is} ${basename(folder)}`);
  try {
    for (const name of names) rmSync(join(folder, name), { force: true });
  } catch (error) {
    throw new UserError(`${folder}: cannot be deleted: ${(error as Error).message}.`, { cause: error });
  } finally {
    release();
  }
  const left = existsSync(folder) ? readdirSync(folder) : [];
  if (left.length === 0) rmdirSync(folder);
  return left;
}

/** A study's runs, then its own files: its record last, so that what is deleted in part is still a study. */
function deleteStudy(found: Found): string[] {
  const root = join(found.folder, studyFiles.runs);
  for (const folder of runsOf(found.folder)) deleteFiles({ is: 'run', folder }, ownFiles(folder));
  if (existsSync(root) && readdirSync(root).length === 0) rmdirSync(root);
  const { record, runs: _, lock: _lock, ...parts } = studyFiles;
  return deleteFiles(found, [...Object.values(parts), tagsFile, record]);
}

/**
 * Deletes a run, or a study with its runs: the files that Baldwin wrote, and folders where nothing else is in them.
 * @returns names of what was left there
 * @throws UserError where a process is writing it, or a file cannot be deleted
 */
export const deleteFound = (found: Found): string[] =>
  found.is === 'study' ? deleteStudy(found) : deleteFiles(found, ownFiles(found.folder));
