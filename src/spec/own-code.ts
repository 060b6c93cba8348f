import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './library.js';

/** The folder of the package in which this program stands: as it was written, or as it was built. */
const own = relative(packageRoot, fileURLToPath(import.meta.url)).split(sep)[0]!;

/** Folders whose code is the program's, or a library's. */
const foreign = [
  ...['dist', 'src', own].map((folder) => join(packageRoot, folder) + sep),
  `${sep}node_modules${sep}`,
];

/**
 * Where code of a user's threw an error, as file:line:column; undefined where code of the program did, whoever had called
 * it: a run is not to record who started it.
 */
export function placeInOwnCode(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  // Frames of Node itself have no path.
  const [, found] =
    /^ +at (?:.*\()?((?:async )?(?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*?:\d+:\d+)\)?$/m.exec(stack) ?? [];
  if (found === undefined) return undefined;
  const [, file, place] = /^(?:async )?(.*?)(:\d+:\d+)$/.exec(found)!;
  // A module that was imported anew has a query behind its name.
  const plain = file!.replace(/\?.*$/, '');
  const path = plain.startsWith('file:') ? fileURLToPath(plain) : plain;
  return foreign.some((folder) => path.includes(folder)) ? undefined : path + place;
}

/**
 * What an error says, and where code of a user's threw it: without its folder, so that records of runs
 * do not depend on where the file stands.
 */
export function messageWithPlace(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = placeInOwnCode(error);
  return place === undefined ? message : `${message} (at ${basename(place)})`;
}
