import { readFileSync, realpathSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { UsageError } from '../errors.js';
import { readTextFile } from '../json-file.js';
import { sha256 } from '../sha256.js';

/** Files that are read as ECMAScript modules; those of TypeScript where Node itself runs it. */
const scripts = new Set(['.mjs', '.js', '.mts', '.ts']);
const typed = new Set(['.mts', '.ts']);

/** Whether a name is a path to a module rather than the name of a part that comes with the program. */
export const isModulePath = (name: string): boolean => scripts.has(extname(name));

type StripTypes = (code: string) => string;
const stripTypes = (nodeModule as { stripTypeScriptTypes?: StripTypes }).stripTypeScriptTypes;

/** The code of a module as JavaScript. */
function javascriptOf(path: string, code: string): string {
  if (!typed.has(extname(path))) return code;
  if (stripTypes && (process.features as { typescript?: unknown }).typescript) return stripTypes(code);
  throw new UsageError(
    `${path}: Node ${process.versions.node} does not run TypeScript. Write it as a .mjs file, or use Node 22.18 or newer.`,
  );
}

/** Where the lexer stopped, as line and column. */
function placeOf(error: unknown, code: string): string {
  const { idx } = error as { idx?: number };
  if (idx === undefined) return '';
  const before = code.slice(0, idx).split('\n');
  return `: a mistake at or before line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

/** Paths of the files that a module imports by relative path. */
function relativeImports(path: string, code: string): string[] {
  let imports: ReturnType<typeof parse>[0];
  try {
    [imports] = parse(javascriptOf(path, code));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: it is not a module that can be read${placeOf(error, code)}.`, {
      cause: error,
    });
  }
  return imports.flatMap(({ n: specifier }) => {
    if (specifier === undefined || !/^(\.\.?\/|\/|file:)/.test(specifier)) return [];
    const imported = specifier.startsWith('file:')
      ? fileURLToPath(specifier)
      : resolve(dirname(path), specifier);
    if (extname(imported) === '.cjs') {
      throw new UsageError(
        `${path}: it imports "${specifier}", a CommonJS file, whose own imports no hash could cover. Make it a module (.mjs).`,
      );
    }
    if (!statSync(imported, { throwIfNoEntry: false })?.isFile()) {
      throw new UsageError(
        `${path}: it imports "${specifier}", and there is no such file. Correct the import; endings such as .mjs are part ` +
          'of the name.',
      );
    }
    // Node loads what a link leads to, and looks for its imports there.
    return [realpathSync(imported)];
  });
}

/** A module with all files that it imports by path, and these in turn. */
export interface ModuleFiles {
  /** Over their contents and where they stand to each other. */
  sha256: string;
  /** By where each stands to the module, which stands at `''` whatever its name. */
  files: ReadonlyMap<string, Uint8Array>;
}

/**
 * A module's file and all files that it imports by path, and these in turn. Packages, and files that are opened rather
 * than imported, are not covered.
 * @throws UsageError where a file is missing or cannot be read as a module
 */
export async function moduleFiles(path: string): Promise<ModuleFiles> {
  await init;
  const entry = statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync(path) : resolve(path);
  const folder = dirname(entry);
  const contents = new Map<string, Uint8Array>();
  const visit = (file: string): void => {
    if (contents.has(file)) return;
    if (!scripts.has(extname(file))) {
      contents.set(file, readFileSync(file));
      return;
    }
    const code = readTextFile(file, 'module');
    contents.set(file, Buffer.from(code));
    for (const imported of relativeImports(file, code)) visit(imported);
  };
  visit(entry);
  // The module's own name does not count: it may be called otherwise elsewhere.
  const relation = (file: string) => (file === entry ? '' : relative(folder, file).split(sep).join('/'));
  const files = new Map([...contents].map(([file, bytes]) => [relation(file), bytes]));
  const placed = [...files].map(([place, bytes]) => [place, sha256(bytes)]);
  return {
    sha256: sha256(JSON.stringify(placed.sort(([a], [b]) => (a! < b! ? -1 : 1)))),
    files,
  };
}

/** SHA-256 over a module's file and all files that it imports by path, and where they stand to each other. */
export const moduleHash = async (path: string): Promise<string> => (await moduleFiles(path)).sha256;
