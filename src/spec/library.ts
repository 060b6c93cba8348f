import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suggest, UsageError } from './errors.js';

/** The package's own root: the nearest folder above this module that holds package.json. */
export const packageRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the installed program');
    folder = parent;
  }
  return folder;
})();

const notItems = new Set(['schema']);

/**
 * A shelf of named JSON files that users extend: `NAME.json` in the working directory's folder of that name comes
 * before the one shipped with the package.
 */
export interface Library {
  /** The folder under the working directory and under the package, e.g. `connectomes`. */
  folder: string;
  /** The word for one of its items in messages, e.g. `connectome`. */
  item: string;
  /** Names that stand for none of its files in particular, and are valid where an item is named. */
  also?: readonly string[];
}

function folders(library: Library): string[] {
  const own = resolve(library.folder);
  const shipped = join(packageRoot, library.folder);
  return own === shipped ? [own] : [own, shipped];
}

/** Names in the library, sorted by code unit. */
export function libraryNames(library: Library): string[] {
  const names = new Set<string>();
  for (const folder of folders(library)) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder)) {
      if (entry.endsWith('.json') && !notItems.has(entry.slice(0, -5))) names.add(entry.slice(0, -5));
    }
  }
  return [...names].sort();
}

/** Whether text is a path rather than a name: anything with a separator or ending in .json. */
export const isPath = (text: string): boolean => /[\\/]/.test(text) || text.endsWith('.json');

/**
 * The file at a path, or at that path among those that come with the program, such as `examples/studies/spiking.json`.
 * @throws UsageError where there is neither
 */
export function ownOrShipped(path: string): string {
  const found = [path, join(packageRoot, path)].find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new UsageError(
    `${path}: there is no such file, nor one of that name among those that come with Baldwin.`,
  );
}

/** The file of a name, or of a path. */
export function libraryFile(library: Library, nameOrPath: string): string {
  if (isPath(nameOrPath)) {
    const path = resolve(nameOrPath);
    if (existsSync(path)) return path;
    throw new UsageError(`${nameOrPath}: there is no such ${library.item} file.`);
  }
  for (const folder of folders(library)) {
    const path = join(folder, `${nameOrPath}.json`);
    if (existsSync(path)) return path;
  }
  throw new UsageError(
    `Unknown ${library.item} "${nameOrPath}". ${suggest(nameOrPath, [...(library.also ?? []), ...libraryNames(library)])} ` +
      `A path to a ${library.item} file (ending in .json) also works.`,
  );
}
