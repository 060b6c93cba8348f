import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { suggest, UsageError } from '../spec/errors.js';

/** Names that a message lists. */
const mostNamed = 20;

/** What may be named in a folder. */
interface Shelf {
  what: 'run' | 'study';
  root: string;
  names: readonly string[];
  /** The file that makes a folder one. */
  record: string;
}

/** How each begins, for those who have none. */
const beginnings = { run: 'baldwin evolve', study: 'baldwin study' } as const;

/**
 * The folder of what is named: by its name, the start of a name that fits one only, or `latest`.
 * @throws UsageError where nothing fits, or more than one
 */
export function findNamed(
  { what, root, names, record }: Shelf,
  name: string,
  newest: () => string | undefined,
): string {
  if (names.includes(name)) return resolve(root, name);
  if (name === 'latest') {
    const folder = newest();
    if (folder !== undefined) return resolve(folder);
    throw new UsageError(`There is no ${what} in ${root} yet. Start one with "${beginnings[what]}".`);
  }
  const fitting = names.filter((candidate) => candidate.startsWith(name));
  if (fitting.length === 1) return resolve(root, fitting[0]!);
  if (fitting.length > 1) {
    const several = what === 'run' ? 'runs' : 'studies';
    throw new UsageError(
      `"${name}" fits ${fitting.length} ${several} in ${root}: ${fitting.slice(0, mostNamed).join(', ')}` +
        `${fitting.length > mostNamed ? ` and ${fitting.length - mostNamed} more` : ''}. Give more of the name.`,
    );
  }
  const folder = resolve(root, name);
  if (existsSync(folder)) {
    throw new UsageError(
      `${folder}: this folder is no ${what}: expected a file ${record} in it, found none.`,
    );
  }
  throw new UsageError(`Unknown ${what} "${name}" in ${root}. ${suggest(name, names)}`);
}
