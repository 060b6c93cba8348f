import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './library.js';

/** Folders whose code is the program's, or a library's. */
const foreign = [join(packageRoot, 'dist') + sep, join(packageRoot, 'src') + sep, `${sep}node_modules${sep}`];

/** Where code of a user's is on the stack of an error, as file:line:column; undefined where it is not. */
export function placeInOwnCode(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, found] of stack.matchAll(
    /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*?:\d+:\d+)\)?$/gm,
  )) {
    const [, file, place] = /^(.*?)(:\d+:\d+)$/.exec(found!)!;
    // A module that was imported anew has a query behind its name.
    const plain = file!.replace(/\?.*$/, '');
    const path = plain.startsWith('file:') ? fileURLToPath(plain) : plain;
    if (!foreign.some((folder) => path.includes(folder))) return path + place;
  }
  return undefined;
}

/**
 * What an error says, and where code of a user's threw it or called what did: without its folder, so that records of runs
 * do not depend on where the file stands.
 */
export function messageWithPlace(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = placeInOwnCode(error);
  return place === undefined ? message : `${message} (at ${basename(place)})`;
}
