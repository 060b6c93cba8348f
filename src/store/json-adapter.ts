import { existsSync } from 'node:fs';
import type { SyncAdapter } from 'lowdb';
import { readPart, replaceFile } from './files.js';

/**
 * A JSON file for lowdb that survives a loss of power: its own adapter renames without syncing, so that the name can
 * come to stand for a file whose bytes never reached the disk.
 */
export class SyncedJsonFile<T> implements SyncAdapter<T> {
  constructor(private readonly path: string) {}

  /** null where there is no such file yet. Throws UserError where it cannot be read. */
  read(): T | null {
    return existsSync(this.path) ? (JSON.parse(readPart(this.path).toString('utf8')) as T) : null;
  }

  /** Throws UserError where it cannot be written, or its folder is gone; the file is then the one before. */
  write(data: T): void {
    replaceFile(this.path, JSON.stringify(data, null, 2), 'expect');
  }
}
