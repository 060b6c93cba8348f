import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../spec/errors.js';
import { writeError } from './files.js';

interface Holder {
  pid: number;
  host: string;
  since: string;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Who holds the lock, or undefined where nobody does (a dead process of this machine holds nothing). */
export function lockHolder(path: string): Holder | undefined {
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
  if (!Number.isInteger(holder?.pid) || typeof holder.host !== 'string') return undefined;
  if (holder.host === hostname() && !alive(holder.pid)) return undefined;
  return holder;
}

/**
 * Takes the lock of a run; a lock that a dead process left is taken over.
 * @returns a function that gives it back
 */
export function takeLock(path: string, what: string): () => void {
  // Written beside and linked into place, so that nobody ever sees a lock without its holder.
  const own = `${path}.${process.pid}`;
  for (let tried = 0; tried < 2; tried++) {
    try {
      writeFileSync(
        own,
        JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }),
      );
      linkSync(own, path);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(path, error);
      const holder = lockHolder(path);
      if (holder) {
        throw new UserError(
          `${what} is in use by process ${holder.pid} on ${holder.host}, since ${holder.since}. ` +
            `Stop that process first; if it no longer exists, delete ${path}.`,
        );
      }
      rmSync(path, { force: true, recursive: true });
    } finally {
      rmSync(own, { force: true });
    }
  }
  throw new UserError(`${what} was taken by another process at this moment. Try again.`);
}
