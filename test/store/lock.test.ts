import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockHolder, takeLock } from '../../src/store/lock.js';
import { RunWriter, runFiles, StoredRun } from '../../src/store/run-store.js';
import { failure, scratch, storedRun } from './small-store.js';

const { fresh } = scratch();

function folder(): string {
  const path = fresh();
  mkdirSync(path);
  return path;
}

const holdBy = (path: string, pid: number, host = hostname()) =>
  writeFileSync(path, JSON.stringify({ pid, host, since: '2025-01-02T03:04:05.000Z' }));

describe('lock', () => {
  let living: ChildProcess;
  let dead: ChildProcess;
  beforeAll(async () => {
    living = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120_000)'], { stdio: 'ignore' });
    dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(dead, 'exit');
  });
  afterAll(async () => {
    living.kill('SIGKILL');
    await once(living, 'exit');
  });

  it('names its holder while it is held, and leaves nothing behind', () => {
    const path = join(folder(), 'lock');
    const release = takeLock(path, 'The run x');
    expect(lockHolder(path)).toEqual({
      pid: process.pid,
      host: hostname(),
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(readdirSync(join(path, '..'))).toEqual(['lock']);
    release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
    expect(lockHolder(path)).toBeUndefined();
    takeLock(path, 'The run x')();
  });

  it('held by a living process is refused, naming it, and stays with it', () => {
    const path = join(folder(), 'lock');
    holdBy(path, living.pid!);
    const before = readFileSync(path, 'utf8');
    expect(failure(() => takeLock(path, 'The run x'))).toBe(
      `The run x is in use by process ${living.pid} on ${hostname()}, since 2025-01-02T03:04:05.000Z. ` +
        `Stop that process first; if it no longer exists, delete ${path}.`,
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(join(path, '..'))).toEqual(['lock']);
  });

  it('held by this very process is refused too', () => {
    const path = join(folder(), 'lock');
    const release = takeLock(path, 'The run x');
    expect(failure(() => takeLock(path, 'The run x'))).toContain(`in use by process ${process.pid} `);
    release();
  });

  it('of a process that is gone is taken over', () => {
    const path = join(folder(), 'lock');
    holdBy(path, dead.pid!);
    expect(lockHolder(path)).toBeUndefined();
    const release = takeLock(path, 'The run x');
    expect(lockHolder(path)?.pid).toBe(process.pid);
    release();
    expect(existsSync(path)).toBe(false);
  });

  it('of another machine is respected: whether its process lives cannot be told', () => {
    const path = join(folder(), 'lock');
    holdBy(path, dead.pid!, 'another-machine');
    expect(failure(() => takeLock(path, 'The run x'))).toContain('on another-machine, since');
  });

  it.each(['', '{"pid":', '\0\0\0\0'])('that a loss of power left as %j is taken over', (text) => {
    const path = join(folder(), 'lock');
    writeFileSync(path, text);
    expect(lockHolder(path)).toBeUndefined();
    takeLock(path, 'The run x')();
  });

  it('that cannot be made says so', () => {
    const path = join(folder(), 'missing', 'lock');
    expect(failure(() => takeLock(path, 'The run x'))).toContain(`${path}: cannot write: `);
  });

  it('keeps a run with the process that writes it', () => {
    const run = storedRun(fresh(), 1);
    holdBy(join(run, runFiles.lock), living.pid!);
    expect(failure(() => RunWriter.reopen(run))).toContain(
      `The run test is in use by process ${living.pid} `,
    );
    expect(new StoredRun(run).status).toBe('running');
    holdBy(join(run, runFiles.lock), dead.pid!);
    expect(new StoredRun(run).status).toBe('interrupted');
    const { writer } = RunWriter.reopen(run);
    expect(new StoredRun(run).status).toBe('running');
    writer.close();
    expect(new StoredRun(run).status).toBe('interrupted');
  });
});
