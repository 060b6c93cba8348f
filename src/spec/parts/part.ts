import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { z } from 'zod';
import { entryOf, suggest, UsageError } from '../errors.js';
import { importDefault } from './import-module.js';
import { isModulePath, moduleHash } from './module-files.js';

/** The file that a user's part comes from. */
export interface ModuleReference {
  path: string;
  /** Of the file and of all files that it imports by relative path. */
  sha256: string;
}

/** A part of a run as its spec names it: one that comes with the program, or a user's by the module that exports it. */
export interface PartSpec {
  name: string;
  module?: ModuleReference;
  readonly [option: string]: unknown;
}

/** The parts of one kind. */
export interface PartTable<Entry> {
  /** The word for one of them, such as `task`. */
  what: string;
  /** Those that come with the program. */
  entries: Readonly<Record<string, Entry>>;
  /**
   * A user's default export as an entry, with what was left out filled in.
   * @throws UsageError naming everything that is wrong with it
   */
  adopt(value: unknown, source: string): Entry;
}

/** The form of a module reference in specs. */
export const moduleReferenceSchema = z.strictObject({ path: z.string(), sha256: z.string() });

/** What to say of a name that looks like a path. */
const moduleHint = (name: string) =>
  /[\\/]/.test(name) ? ' A module of your own is a file that ends in .mjs, .js or .ts.' : '';

/** Users' parts that this thread has loaded, by kind and hash. */
const loaded = new Map<string, unknown>();
const keyOf = (what: string, { sha256 }: ModuleReference) => `${what} ${sha256}`;

/** The entry that a spec names. A user's has been loaded before. */
export function partOf<Entry>(table: PartTable<Entry>, spec: PartSpec): Entry {
  if (!spec.module) return entryOf(table.entries, spec.name, table.what, moduleHint(spec.name));
  const entry = loaded.get(keyOf(table.what, spec.module));
  if (entry === undefined) throw new Error(`the ${table.what} ${spec.module.path} has not been loaded`);
  return entry as Entry;
}

/** Loads the part of a settled spec where this thread has not loaded it yet. */
export async function ensurePart<Entry>(table: PartTable<Entry>, spec: PartSpec): Promise<void> {
  if (spec.module && !loaded.has(keyOf(table.what, spec.module))) await loadPart(table, spec, table.what);
}

/** The module of a part as a user may give it: by path alone, or as a spec has it. */
const givenModule = z.strictObject({ path: z.string().min(1), sha256: z.string().optional() });

/** Where a module is: as recorded or, where a run was brought here from elsewhere, of the same name in this folder. */
function foundPath({ path, sha256 }: { path: string; sha256?: string | undefined }): string {
  const [given, here] = [resolve(path), resolve(basename(path))];
  return sha256 !== undefined && !existsSync(given) && existsSync(here) ? here : given;
}

/**
 * Loads the part that a spec or a user names, where it is a user's.
 * @param given its name, the path of its module as its name, or its spec, with options
 * @param source where it is named, for messages
 * @returns the spec, with the module's hash
 * @throws UsageError where the module cannot be loaded, is no such part, or is not the one that the spec was made with
 */
export async function loadPart<Entry>(
  table: PartTable<Entry>,
  given: { name: string; readonly [option: string]: unknown },
  source: string,
): Promise<PartSpec> {
  const { name, module: givenReference, ...options } = given;
  if (givenReference === undefined && !isModulePath(name)) return { ...options, name };
  const parsed = givenModule.safeParse(givenReference ?? { path: name });
  if (!parsed.success) {
    throw new UsageError(`${source}: ${table.what}.module: expected { "path": …, "sha256": … }.`);
  }
  const path = foundPath(parsed.data);
  const found = await moduleHash(path);
  const expected = parsed.data.sha256;
  if (expected !== undefined && expected !== found) {
    throw new UsageError(
      `${source}: ${table.what}.module: ${path}: expected SHA-256 ${expected}, found ${found}: the file, or one that it ` +
        'imports, has changed since. Restore it, or start a new run with it.',
    );
  }
  const module: ModuleReference = { path, sha256: found };
  if (!loaded.has(keyOf(table.what, module))) {
    loaded.set(keyOf(table.what, module), table.adopt(await importDefault(path, found), path));
  }
  const named = isModulePath(name) ? basename(path, extname(path)) : name;
  return { ...options, name: named, module };
}

/**
 * The fields of a default export that are there, its functions bound to it.
 * @param fields what each field must be, in words, and whether it is
 * @throws UsageError naming everything that is not what a table holds
 */
export function fittingFields(
  value: unknown,
  what: string,
  source: string,
  fields: Readonly<Record<string, { expected: string; fits: (value: unknown) => boolean }>>,
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    const found = value === null ? 'null' : typeof value;
    throw new UsageError(`${source}: expected a ${what} as the default export, found ${found}.`);
  }
  const known = Object.keys(fields);
  const faults = [
    ...known.flatMap((field) => {
      const { expected, fits } = fields[field]!;
      const found = (value as Record<string, unknown>)[field];
      if (fits(found)) return [];
      return [`${field}: expected ${expected}, found ${found === undefined ? 'nothing' : typeof found}`];
    }),
    ...Object.keys(value)
      .filter((field) => !known.includes(field))
      .map((field) => `${field}: unknown field. ${suggest(field, known)}`),
  ];
  if (faults.length === 0) {
    const given = known.map((field) => [field, (value as Record<string, unknown>)[field]] as const);
    return Object.fromEntries(
      given
        .filter(([, found]) => found !== undefined)
        .map(([field, found]) => [field, typeof found === 'function' ? found.bind(value) : found]),
    );
  }
  throw new UsageError(`${source}: this is no ${what}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
