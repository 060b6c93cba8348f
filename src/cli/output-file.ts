import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';

export const forceOption = ['--force', 'replace a file that is there'] as const;
export const tableOption = [
  '-o, --output <file>',
  'where the table goes (default: connectomes/ID.json)',
] as const;

/** Refuses to write where a file is there already and was not to be replaced. */
export function refuseExisting(paths: readonly string[], force: boolean | undefined): void {
  const there = paths.find((path) => existsSync(path));
  if (there === undefined || force) return;
  throw new UsageError(`${there}: there is a file already. Give --force to replace it, or another name.`);
}

/** Writes files, or none where one of them is there already and was not to be replaced. */
export function writeNew(files: readonly { path: string; text: string }[], force: boolean | undefined): void {
  refuseExisting(
    files.map(({ path }) => path),
    force,
  );
  for (const { path, text } of files) replaceFile(resolve(path), text);
}
