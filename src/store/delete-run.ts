import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../spec/errors.js';
import { tasks } from '../tasks/table.js';
import type { TaskFigure } from '../tasks/task.js';
import { lockHolder, takeLock } from './lock.js';
import { runFiles } from './run-store.js';
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

/** Bytes of a run's own files. */
export function sizeOfRun(folder: string): number {
  return ownFiles(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @throws UserError where a process is writing the run */
export function refuseInUse(folder: string): void {
  const holder = lockHolder(join(folder, runFiles.lock));
  if (holder === undefined) return;
  throw new UserError(
    `The run ${basename(folder)} is in use by process ${holder.pid} on ${holder.host}, since ${holder.since}: it is not ` +
      'deleted. Stop that process first.',
  );
}

/**
 * Deletes a run: the files that Baldwin wrote, and its folder where nothing else is in it.
 * @returns names of what was left there
 * @throws UserError where a process is writing the run, or a file cannot be deleted
 */
export function deleteRun(folder: string): string[] {
  const release = takeLock(join(folder, runFiles.lock), `The run ${basename(folder)}`);
  try {
    for (const name of ownFiles(folder)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    throw new UserError(`${folder}: cannot be deleted: ${(error as Error).message}.`, { cause: error });
  } finally {
    release();
  }
  const left = existsSync(folder) ? readdirSync(folder) : [];
  if (left.length === 0) rmdirSync(folder);
  return left;
}
