import { basename, dirname, join, resolve } from 'node:path';
import type { Script } from '../network/export/script.js';
import { npzArrays } from '../report/tables/npz.js';
import { replaceFile } from '../store/files.js';
import { notice } from './output.js';
import { refuseExisting } from './output-file.js';

/** The file of a script's arrays, beside it. */
export const arraysBeside = (path: string) => `${basename(path).replace(/\.py$/, '')}.npz`;

/** Writes a script, and its arrays beside it. Says what it does not hold. @returns the files written */
export function writeScript(
  path: string,
  { text, arrays, remarks }: Script,
  force: true | undefined,
): string[] {
  const beside = join(dirname(path), arraysBeside(path));
  refuseExisting(arrays.length > 0 ? [path, beside] : [path], force);
  if (arrays.length > 0) replaceFile(resolve(beside), npzArrays(arrays));
  replaceFile(resolve(path), text);
  for (const remark of remarks) notice(`${path}: ${remark}`);
  return arrays.length > 0 ? [path, beside] : [path];
}
