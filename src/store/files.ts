import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../spec/errors.js';

/** What a failed write means for the user. */
export function writeError(path: string, error: unknown): UserError {
  const code = (error as NodeJS.ErrnoException).code;
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'the disk is full. Free some space'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'writing is not permitted there. Choose another folder with --runs or change its rights'
        : (error as Error).message;
  return new UserError(`${path}: cannot write: ${reason}. What was recorded before is kept.`, {
    cause: error,
  });
}

/** Reads a file that a run cannot be without. */
export function readPart(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${path}: a part of the run cannot be read: ` +
        (code === 'ENOENT'
          ? 'there is no such file. Put it back; what it held cannot be made from the rest.'
          : `${message}.`),
      { cause: error },
    );
  }
}

/** Codes by which a system says that folders cannot be synced there, such as Windows. */
const folderSyncUnknown = ['EINVAL', 'EPERM', 'EACCES', 'EISDIR', 'EBADF', 'ENOTSUP'];

/** Makes sure that a rename in a folder survives a loss of power, where the system can. */
function syncFolder(folder: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    if (!folderSyncUnknown.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * Writes a file beside its place, syncs it and renames it into it: readers see the old one or the new one, never a part,
 * and so does who comes after a loss of power.
 * @param folder whether its folder is made where it is missing, or its loss is a failure
 */
export function replaceFile(
  path: string,
  data: string | Uint8Array,
  folder: 'make' | 'expect' = 'make',
): void {
  const beside = `${path}.tmp`;
  try {
    if (folder === 'make') mkdirSync(dirname(path), { recursive: true });
    const file = openSync(beside, 'w');
    try {
      writeAll(file, typeof data === 'string' ? Buffer.from(data) : data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    syncFolder(dirname(path));
  } catch (error) {
    try {
      rmSync(beside, { force: true });
    } catch {
      // Where not even that is possible, there is nothing to take away.
    }
    throw writeError(path, error);
  }
}

function writeAll(file: number, data: Uint8Array, position?: number): void {
  let written = 0;
  while (written < data.length) {
    const at = position === undefined ? null : position + written;
    written += writeSync(file, data, written, data.length - written, at);
  }
}

/** A file that only grows. Every append reaches the operating system before it returns. */
export class AppendFile {
  private readonly file: number;
  private end: number;

  /** @param keep bytes to keep of what is there; the rest is cut off */
  constructor(
    private readonly path: string,
    keep?: number,
  ) {
    try {
      this.file = openSync(path, keep === undefined ? 'wx+' : 'r+');
      if (keep !== undefined) ftruncateSync(this.file, keep);
      this.end = fstatSync(this.file).size;
    } catch (error) {
      throw writeError(path, error);
    }
  }

  /** Length in bytes. */
  get length(): number {
    return this.end;
  }

  append(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    try {
      writeAll(this.file, bytes, this.end);
    } catch (error) {
      try {
        ftruncateSync(this.file, this.end);
      } catch {
        // A partial record at the end is recognised and dropped when the run is next opened.
      }
      throw writeError(this.path, error);
    }
    this.end += bytes.length;
  }

  /** Makes sure that everything appended survives a loss of power. */
  sync(): void {
    try {
      fsyncSync(this.file);
    } catch (error) {
      throw writeError(this.path, error);
    }
  }

  close(): void {
    closeSync(this.file);
  }
}
