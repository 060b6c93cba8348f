import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppendFile, replaceFile } from '../../src/store/files.js';
import { SyncedJsonFile } from '../../src/store/json-adapter.js';
import { takeLock } from '../../src/store/lock.js';
import { ManifestFile } from '../../src/store/manifest.js';
import { newRunFolder, RunWriter, runFiles, StoredRun } from '../../src/store/run-store.js';
import { append, failure, manifestOf, scratch, storedRun } from './small-store.js';

const { fresh } = scratch();

/** How the disk behaves: bytes that still fit, and the most that one call writes. */
const disk = vi.hoisted(() => ({
  room: Number.POSITIVE_INFINITY,
  mostAtOnce: Number.POSITIVE_INFINITY,
  code: 'ENOSPC',
  refuses: '',
  /** Refusing begins with this call; at once where there is none. */
  after: '',
  /** Names of the guarded calls, in order. */
  calls: [] as string[],
}));
afterEach(() => {
  Object.assign(disk, {
    room: Number.POSITIVE_INFINITY,
    mostAtOnce: Number.POSITIVE_INFINITY,
    code: 'ENOSPC',
    refuses: '',
    after: '',
  });
  disk.calls.length = 0;
});

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const fail = (call: string) => {
    throw Object.assign(new Error(`${disk.code}: as the test has it, ${call}`), { code: disk.code });
  };
  const guarded =
    <F extends (...given: never[]) => unknown>(call: string, original: F) =>
    (...given: Parameters<F>) => {
      disk.calls.push(call);
      const refusing = disk.after === '' || disk.calls.includes(disk.after);
      return refusing && disk.refuses.split(' ').includes(call) ? fail(call) : original(...given);
    };
  return {
    ...fs,
    writeSync: (file: number, data: Uint8Array, from: number, length: number, at: number | null) => {
      if (disk.room <= 0) fail('write');
      const written = fs.writeSync(file, data, from, Math.min(length, disk.mostAtOnce, disk.room), at);
      disk.room -= written;
      return written;
    },
    openSync: guarded('open', fs.openSync),
    mkdirSync: guarded('mkdir', fs.mkdirSync),
    renameSync: guarded('rename', fs.renameSync),
    fsyncSync: guarded('fsync', fs.fsyncSync),
    writeFileSync: guarded('writeFile', fs.writeFileSync),
    ftruncateSync: guarded('ftruncate', fs.ftruncateSync),
  };
});

const full = 'cannot write: the disk is full. Free some space. What was recorded before is kept.';
const denied =
  'cannot write: writing is not permitted there. Choose another folder with --runs or change its rights.';

function folder(): string {
  const path = fresh();
  mkdirSync(path);
  return path;
}

describe('a file that only grows', () => {
  it('writes everything, however little the system takes at once', () => {
    disk.mostAtOnce = 3;
    const path = join(folder(), 'f');
    const file = new AppendFile(path);
    file.append('ein ganzer Satz\n');
    file.append(Uint8Array.of(1, 2, 3, 4));
    expect(file.length).toBe(20);
    file.close();
    expect(readFileSync(path)).toEqual(Buffer.from('ein ganzer Satz\n\u0001\u0002\u0003\u0004'));
  });

  it('counts bytes, not characters', () => {
    const path = join(folder(), 'f');
    const file = new AppendFile(path);
    file.append('größer\n');
    file.append('€\n');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('größer\n€\n');
    expect(file.length).toBe(statSync(path).size);
  });

  it('on a full disk says so and keeps to its last whole record', () => {
    const path = join(folder(), 'f');
    const file = new AppendFile(path);
    file.append('first\n');
    for (let room = 0; room < 7; room++) {
      disk.room = room;
      expect(failure(() => file.append('second\n'))).toBe(`${path}: ${full}`);
      expect(readFileSync(path, 'utf8')).toBe('first\n');
      expect(file.length).toBe(6);
    }
    // Room was made: it goes on where it stood.
    disk.room = 100;
    file.append('second\n');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
  });

  it('goes on over what it could not cut off', () => {
    const path = join(folder(), 'f');
    const file = new AppendFile(path);
    file.append('first\n');
    Object.assign(disk, { room: 4, refuses: 'ftruncate' });
    expect(failure(() => file.append('second\n'))).toContain(full);
    expect(readFileSync(path, 'utf8')).toBe('first\nseco');
    Object.assign(disk, { room: 100, refuses: '' });
    file.append('third\n');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('first\nthird\n');
  });

  it.each(['ENOSPC', 'EDQUOT'])('knows %s for a full disk', (code) => {
    const file = new AppendFile(join(folder(), 'f'));
    Object.assign(disk, { room: 0, code });
    expect(failure(() => file.append('x'))).toContain(full);
    file.close();
  });

  it('says when it cannot be made safe, or opened', () => {
    const path = join(folder(), 'f');
    const file = new AppendFile(path);
    Object.assign(disk, { refuses: 'fsync', code: 'ENOSPC' });
    expect(failure(() => file.sync())).toBe(`${path}: ${full}`);
    file.close();
    Object.assign(disk, { refuses: 'open', code: 'EACCES' });
    expect(failure(() => new AppendFile(path, 0))).toContain(denied);
  });

  it('begins only where there is none, and goes on only where there is one', () => {
    const path = join(folder(), 'f');
    new AppendFile(path).close();
    expect(failure(() => new AppendFile(path))).toContain('EEXIST');
    expect(failure(() => new AppendFile(`${path}2`, 0))).toContain('ENOENT');
    expect(existsSync(`${path}2`)).toBe(false);
  });

  it('is cut to what is to be kept of it', () => {
    const path = join(folder(), 'f');
    writeFileSync(path, 'first\nsec');
    const file = new AppendFile(path, 6);
    expect(file.length).toBe(6);
    file.append('third\n');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('first\nthird\n');
  });
});

describe('a file that is replaced', () => {
  const place = () => {
    const path = join(folder(), 'f');
    replaceFile(path, 'old');
    return path;
  };

  it('is the old one or the new one, whatever fails', () => {
    const path = place();
    for (let room = 0; room < 4; room++) {
      Object.assign(disk, { room });
      expect(failure(() => replaceFile(path, 'newer'))).toBe(`${path}: ${full}`);
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(join(path, '..'))).toEqual(['f']);
    }
    disk.room = 100;
    for (const call of ['open', 'fsync', 'rename', 'mkdir']) {
      Object.assign(disk, { refuses: call, code: 'EACCES' });
      expect(failure(() => replaceFile(path, 'newer'))).toBe(
        `${path}: ${denied} What was recorded before is kept.`,
      );
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(join(path, '..'))).toEqual(['f']);
    }
    disk.refuses = '';
    disk.mostAtOnce = 2;
    replaceFile(path, 'newer');
    expect(readFileSync(path, 'utf8')).toBe('newer');
  });

  it('syncs the file before it renames it, and the folder after', () => {
    const path = place();
    disk.calls.length = 0;
    replaceFile(path, 'newer');
    expect(disk.calls).toEqual(['mkdir', 'open', 'fsync', 'rename', 'open', 'fsync']);
    // Where folders cannot be synced, it is written all the same; where the disk itself fails then, that is said.
    for (const code of ['EINVAL', 'EPERM', 'EISDIR']) {
      Object.assign(disk, { refuses: 'fsync', after: 'rename', code });
      disk.calls.length = 0;
      replaceFile(path, code);
      expect(readFileSync(path, 'utf8')).toBe(code);
    }
    Object.assign(disk, { refuses: 'fsync', after: 'rename', code: 'ENOSPC' });
    disk.calls.length = 0;
    expect(failure(() => replaceFile(path, 'last'))).toBe(`${path}: ${full}`);
  });

  it('makes the folder it lies in', () => {
    const path = join(fresh(), 'a', 'b', 'f');
    replaceFile(path, Uint8Array.of(1, 2));
    expect([...readFileSync(path)]).toEqual([1, 2]);
  });

  it('is refused inside a file', () => {
    const path = place();
    expect(failure(() => replaceFile(join(path, 'g'), 'x'))).toContain(`${join(path, 'g')}: cannot write: `);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it.runIf(existsSync('/dev/full'))('meets a device that is really full', () => {
    const path = place();
    symlinkSync('/dev/full', `${path}.tmp`);
    expect(failure(() => replaceFile(path, 'newer'))).toBe(`${path}: ${full}`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(join(path, '..'))).toEqual(['f']);
  });
});

describe('a run on a full disk', () => {
  it('keeps its whole steps, whichever byte of the next does not fit, and ends as if it had', () => {
    const whole = storedRun(fresh(), 2);
    const bytes = (of: string) =>
      [runFiles.steps, runFiles.elites].map((name) => readFileSync(join(of, name)));
    const expected = bytes(whole);
    const needed = [runFiles.steps, runFiles.elites, runFiles.timings]
      .map((name) => statSync(join(whole, name)).size)
      .reduce((sum, size) => sum + size, 0);
    let failures = 0;
    for (let room = 0; room < needed / 2 - 2; room += 5) {
      const run = storedRun(fresh(), 1);
      const { writer } = RunWriter.reopen(run);
      disk.room = room;
      expect(failure(() => append(writer, 1))).toContain(full);
      disk.room = Number.POSITIVE_INFINITY;
      writer.close();
      failures += 1;
      const stored = new StoredRun(run);
      expect(stored.notices).toEqual([]);
      expect(stored.records.length).toBeGreaterThanOrEqual(1);
      const again = RunWriter.reopen(run);
      if (again.records.length === 1) append(again.writer, 1);
      again.writer.close();
      expect(bytes(run)).toEqual(expected);
    }
    expect(failures).toBeGreaterThan(50);
  });

  it('keeps the snapshot before', () => {
    const { writer } = RunWriter.reopen(storedRun(fresh(), 1));
    writer.takeSnapshot({ step: 1, strategy: { a: 1 } })();
    disk.room = 20;
    expect(failure(() => writer.takeSnapshot({ step: 2, strategy: { a: 2 } })())).toContain(full);
    expect(writer.loadSnapshot()).toEqual({ step: 1, strategy: { a: 1 } });
    writer.close();
  });

  it('keeps the manifest before, which reaches the disk before it takes its place', () => {
    const path = join(folder(), runFiles.manifest);
    const file = new ManifestFile(path, manifestOf());
    file.update({ status: 'running' });
    const before = readFileSync(path, 'utf8');
    for (const trouble of [{ room: 20 }, { refuses: 'fsync' }, { refuses: 'rename' }]) {
      Object.assign(disk, { room: Number.POSITIVE_INFINITY, refuses: '', ...trouble });
      expect(failure(() => file.update({ status: 'finished' }))).toBe(
        `the run's manifest cannot be written: ${path}: ${full}`,
      );
      expect(readFileSync(path, 'utf8')).toBe(before);
      expect(readdirSync(join(path, '..'))).toEqual([runFiles.manifest]);
    }
    Object.assign(disk, { refuses: '' });
    disk.calls.length = 0;
    file.update({ status: 'finished' });
    expect(disk.calls.slice(0, 3)).toEqual(['open', 'fsync', 'rename']);
    expect(new SyncedJsonFile(path).read()).toStrictEqual(file.value);
    expect(new SyncedJsonFile(`${path}.other`).read()).toBeNull();
  });

  it('does not begin, and leaves no lock', () => {
    const run = fresh();
    disk.room = 0;
    expect(failure(() => RunWriter.create(run, manifestOf(), '{}'))).toContain(full);
    expect(existsSync(join(run, runFiles.lock))).toBe(false);
  });

  it('cannot be locked', () => {
    const path = join(folder(), 'lock');
    disk.refuses = 'writeFile';
    expect(failure(() => takeLock(path, 'The run x'))).toBe(`${path}: ${full}`);
  });
});

describe('a folder where writing is not permitted', () => {
  it('takes no new run', () => {
    const root = folder();
    Object.assign(disk, { refuses: 'mkdir', code: 'EACCES' });
    expect(failure(() => newRunFolder(root, 'demo'))).toContain("cannot make the run's folder: EACCES");
  });

  it('lets no run go on, and says what to do', () => {
    const run = storedRun(fresh(), 1);
    Object.assign(disk, { refuses: 'open writeFile', code: 'EROFS' });
    expect(failure(() => RunWriter.reopen(run))).toContain(denied);
    Object.assign(disk, { refuses: 'open', code: 'EACCES' });
    expect(failure(() => RunWriter.reopen(run))).toContain(denied);
    expect(existsSync(join(run, runFiles.lock))).toBe(false);
    // Reading it needs no right to write.
    expect(new StoredRun(run).records).toHaveLength(1);
  });
});
