import { readFileSync } from 'node:fs';
import { UsageError } from './errors.js';
import { utf8Text } from './text.js';

/** The bytes of a file; one that cannot be read is a usage error that says why. */
export function readBytes(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : code === 'EACCES'
            ? 'permission denied'
            : String((error as Error).message);
    throw new UsageError(`${path}: cannot read the ${what}: ${reason}.`, { cause: error });
  }
}

/** Reads a text file; one that cannot be read, or is not UTF-8, is a usage error that says why. */
export function readTextFile(path: string, what: string): string {
  return utf8Text(readBytes(path, what), path);
}

/** Parses JSON text (a byte-order mark is tolerated); the error says where and, where the engine tells, which line. */
export function parseJson(text: string, source: string, what: string): unknown {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(clean);
  } catch (error) {
    const message = (error as Error).message;
    const position = /position (\d+)/.exec(message)?.[1];
    let where = '';
    if (position !== undefined) {
      const before = clean.slice(0, Number(position));
      const line = before.split('\n').length;
      where = ` (line ${line}, column ${Number(position) - before.lastIndexOf('\n')})`;
    }
    throw new UsageError(`${source}: the ${what} is not valid JSON${where}: ${message}.`, { cause: error });
  }
}

export function readJsonFile(path: string, what: string): unknown {
  return parseJson(readTextFile(path, what), path, what);
}
