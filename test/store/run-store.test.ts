import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/spec/errors.js';
import { ManifestFile, readManifest, resultsVersion } from '../../src/store/manifest.js';
import {
  discardRun,
  findRun,
  listRuns,
  newRunFolder,
  RunWriter,
  runFiles,
  StoredRun,
} from '../../src/store/run-store.js';
import { append, failure, genomesOf, manifestOf, scratch, start, storedRun } from './small-store.js';

const { fresh } = scratch();

describe('a run on disk', () => {
  it('gives back what was recorded', () => {
    const folder = fresh();
    const writer = RunWriter.create(folder, manifestOf(), '{"a":"connectome"}');
    for (let step = 0; step < 4; step++) append(writer, step);
    writer.update({ status: 'finished', progress: { steps: 4, evaluations: 12, best: null } });
    writer.close();
    const run = new StoredRun(folder);
    expect(run.records).toHaveLength(4);
    expect(run.notices).toEqual([]);
    expect(run.manifest).toMatchObject({ run: 'test', status: 'finished', progress: { steps: 4 } });
    expect(run.status).toBe('finished');
    expect(run.connectomeText()).toBe('{"a":"connectome"}');
    for (let step = 0; step < 4; step++) {
      expect(run.elite(step, 0, start)).toStrictEqual(genomesOf(step)[0]);
      expect(run.elite(step, 1, start)).toStrictEqual(genomesOf(step)[1]);
      expect(run.records[step]!.elites.map(({ index }) => index)).toEqual([2, 0]);
    }
    expect(failure(() => run.elite(1, 2, start))).toBe(
      `${folder}: the genome of rank 2 in step 1 is not stored.`,
    );
    expect(failure(() => run.elite(4, 0, start))).toContain('the genome of rank 0 in step 4 is not stored');
  });

  it('can be read while it is written', () => {
    const folder = fresh();
    const writer = RunWriter.create(folder, manifestOf(), '{}');
    append(writer, 0);
    const run = new StoredRun(folder);
    expect(run.status).toBe('running');
    expect(run.records).toHaveLength(1);
    append(writer, 1);
    expect(new StoredRun(folder).elite(1, 1, start)).toStrictEqual(genomesOf(1)[1]);
    writer.close();
    expect(run.status).toBe('interrupted');
  });

  it('is taken up where it stopped', () => {
    const folder = storedRun(fresh(), 2);
    const { writer, records, notices, seconds } = RunWriter.reopen(folder);
    expect(records.map(({ step }) => step)).toEqual([0, 1]);
    expect(notices).toEqual([]);
    expect(seconds).toBeCloseTo(0.5, 9);
    append(writer, 2);
    writer.update({ status: 'interrupted' });
    writer.close();
    const again = RunWriter.reopen(folder);
    expect(again.records).toHaveLength(3);
    expect(again.seconds).toBeCloseTo(0.75, 9);
    expect(again.writer.manifest.status).toBe('interrupted');
    again.writer.close();
  });

  it('is taken up whatever became of its timings', () => {
    const folder = storedRun(fresh(), 2);
    const path = join(folder, runFiles.timings);
    const expectSeconds = (expected: number) => {
      const { writer, seconds, records } = RunWriter.reopen(folder);
      writer.close();
      expect(records).toHaveLength(2);
      expect(seconds).toBeCloseTo(expected, 9);
    };
    truncateSync(path, statSync(path).size - 3);
    expectSeconds(0.25);
    appendFileSync(path, `${'\0'.repeat(40)}\nnonsense\n{"step":1,"seconds":2}\n`);
    expectSeconds(2.25);
    rmSync(path);
    expectSeconds(0);
    expect(existsSync(path)).toBe(true);
  });

  it('is not begun in a folder that holds one', () => {
    const folder = storedRun(fresh(), 2);
    failure(() => RunWriter.create(folder, manifestOf('other'), '{"a":"connectome"}'));
    // And the lock of the attempt is given back.
    expect(existsSync(join(folder, runFiles.lock))).toBe(false);
    expect(new StoredRun(folder).records).toHaveLength(2);
    expect(new StoredRun(folder).manifest.run).toBe('test');
  });

  it('holds the same bytes for the same steps, timings and manifest aside', () => {
    const [first, second] = [storedRun(fresh(), 3), storedRun(fresh(), 3)];
    for (const name of [runFiles.steps, runFiles.elites, runFiles.connectome]) {
      expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name)))).toBe(true);
    }
  });

  it('stores files in it whole or not at all', () => {
    const folder = storedRun(fresh(), 1);
    const { writer } = RunWriter.reopen(folder);
    expect(writer.writeFile('champion.json', 'one')).toBe(join(folder, 'champion.json'));
    writer.writeFile('champion.json', 'two');
    expect(readFileSync(join(folder, 'champion.json'), 'utf8')).toBe('two');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    writer.close();
  });
});

describe('the snapshot of a run', () => {
  const strategy = { population: Float64Array.of(1, -0, 3), random: { c: 1, spare: null } };

  it('comes back as it was, the last one', () => {
    const folder = storedRun(fresh(), 1);
    const { writer } = RunWriter.reopen(folder);
    expect(writer.loadSnapshot()).toBeUndefined();
    writer.takeSnapshot({ step: 1, strategy: {} })();
    writer.takeSnapshot({ step: 2, strategy })();
    writer.close();
    const again = RunWriter.reopen(folder);
    expect(again.writer.loadSnapshot()).toStrictEqual({ step: 2, strategy });
    again.writer.close();
  });

  it('counts as missing when it is damaged', () => {
    const folder = storedRun(fresh(), 1);
    const { writer } = RunWriter.reopen(folder);
    writer.takeSnapshot({ step: 2, strategy })();
    const path = join(folder, runFiles.snapshot);
    const whole = readFileSync(path);
    truncateSync(path, 60);
    expect(writer.loadSnapshot()).toBeUndefined();
    writeFileSync(path, Buffer.from(whole).fill(0, 20, 30));
    expect(writer.loadSnapshot()).toBeUndefined();
    writeFileSync(path, '');
    expect(writer.loadSnapshot()).toBeUndefined();
    writeFileSync(path, whole);
    expect(writer.loadSnapshot()).toStrictEqual({ step: 2, strategy });
    // What a kill left beside it is no snapshot.
    writeFileSync(`${path}.tmp`, 'half');
    expect(writer.loadSnapshot()).toStrictEqual({ step: 2, strategy });
    writer.close();
  });
});

describe('a manifest', () => {
  const changed = (change: (manifest: Record<string, unknown>) => void): string => {
    const folder = storedRun(fresh(), 1);
    const path = join(folder, runFiles.manifest);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    change(manifest);
    writeFileSync(path, JSON.stringify(manifest));
    return folder;
  };

  it('of another format is refused, and the way out is named', () => {
    const folder = changed((manifest) => {
      manifest.format = 'baldwin-run-record/2';
      manifest.novelty = true;
    });
    const expected =
      `${join(folder, runFiles.manifest)}: format: made by another version: expected "baldwin-run-record/1", ` +
      'found "baldwin-run-record/2". Use the version of Baldwin that made the run.';
    expect(failure(() => RunWriter.reopen(folder))).toBe(expected);
    expect(failure(() => new StoredRun(folder))).toBe(expected);
    expect(existsSync(join(folder, runFiles.lock))).toBe(false);
  });

  it('whose results have another meaning can be read but not gone on with', () => {
    const folder = changed((manifest) => {
      manifest.program = '7.8.9';
      manifest.resultsVersion = resultsVersion + 1;
    });
    const message = failure(() => RunWriter.reopen(folder));
    expect(message).toContain(
      `The run test was made by Baldwin 7.8.9 with results version ${resultsVersion + 1}`,
    );
    expect(message).toContain('or start a new run');
    expect(existsSync(join(folder, runFiles.lock))).toBe(false);
    expect(new StoredRun(folder).records).toHaveLength(1);
  });

  it('made by another version of the program with the same results is gone on with', () => {
    const folder = changed((manifest) => {
      manifest.program = '7.8.9';
    });
    RunWriter.reopen(folder).writer.close();
  });

  it('with a fault names the field, as a failure of the run', () => {
    const path = join(
      changed((manifest) => {
        manifest.status = 'runing';
        manifest.progress = { steps: 1.5, evaluations: 0, best: null };
      }),
      runFiles.manifest,
    );
    const message = failure(() => readManifest(path));
    expect(message).toContain(`${path}: not a valid run manifest.`);
    expect(message).toContain('status: expected one of "running"');
    expect(message).toContain('Did you mean "running"?');
    expect(message).toContain('progress.steps: expected a whole number, found 1.5');
    try {
      readManifest(path);
    } catch (error) {
      expect(error).not.toBeInstanceOf(UsageError);
      expect(error).toMatchObject({ exitCode: 1 });
    }
  });

  it.each([
    ['', 'not valid JSON'],
    ['{"format":', 'not valid JSON'],
    ['null', 'not a valid run manifest'],
    ['[]', 'not a valid run manifest'],
    ['{}', 'format: expected "baldwin-run-record/1", found nothing'],
  ])('that holds %j is refused', (text, expected) => {
    const folder = fresh();
    mkdirSync(folder);
    writeFileSync(join(folder, runFiles.manifest), text);
    expect(failure(() => readManifest(join(folder, runFiles.manifest)))).toContain(expected);
  });

  it('that is missing means that the folder is no run', () => {
    const path = join(fresh(), runFiles.manifest);
    expect(failure(() => readManifest(path))).toBe(
      `${path}: there is no such file, so its folder is not a run.`,
    );
  });

  it('reaches the disk with every change, and says when it cannot', () => {
    const folder = fresh();
    mkdirSync(folder);
    const path = join(folder, runFiles.manifest);
    const file = new ManifestFile(path, manifestOf());
    file.update({ status: 'finished' });
    expect(readManifest(path)).toStrictEqual(file.value);
    expect(readManifest(path).status).toBe('finished');
    expect(Date.parse(readManifest(path).updated)).toBeGreaterThan(Date.parse('2025-01-01'));
    expect(readdirSync(folder)).toEqual([runFiles.manifest]);
    rmSync(folder, { recursive: true });
    expect(failure(() => file.update({ status: 'running' }))).toContain(
      "the run's manifest cannot be written",
    );
  });
});

describe('finding a run', () => {
  const rootOf = (...runs: [name: string, started: string][]): string => {
    const root = fresh('runs');
    for (const [name, started] of runs) storedRun(join(root, name), 1, manifestOf(name, { started }));
    return root;
  };
  const three = () =>
    rootOf(
      ['alpha', '2025-01-02T00:00:00.000Z'],
      ['alphabet', '2025-01-03T00:00:00.000Z'],
      ['beta', '2025-01-01T00:00:00.000Z'],
    );
  const refusal = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      return (error as Error).message;
    }
    expect.fail('nothing was thrown');
  };

  it('goes by name, the start of a name, the latest, or a path', () => {
    const root = three();
    const found = (name: string) => basename(findRun(root, name));
    expect(found('alpha')).toBe('alpha');
    expect(found('alphab')).toBe('alphabet');
    expect(found('b')).toBe('beta');
    expect(found('latest')).toBe('alphabet');
    expect(findRun(fresh('elsewhere'), join(root, 'beta'))).toBe(resolve(root, 'beta'));
  });

  it('refuses what fits several', () => {
    const root = three();
    expect(refusal(() => findRun(root, 'al'))).toBe(
      `"al" fits 2 runs in ${root}: alpha, alphabet. Give more of the name.`,
    );
  });

  it('refuses what fits none, and names the nearest', () => {
    const root = three();
    expect(refusal(() => findRun(root, 'betta'))).toBe(
      `Unknown run "betta" in ${root}. Did you mean "beta"?`,
    );
    expect(refusal(() => findRun(root, 'zzzzzzzzz'))).toContain('Choose one of: alpha, alphabet, beta.');
  });

  it('says of a folder without a record that it is none', () => {
    const root = three();
    mkdirSync(join(root, 'empty'));
    expect(refusal(() => findRun(root, 'empty'))).toBe(
      `${resolve(root, 'empty')}: this folder is no run: expected a file run.json in it, found none.`,
    );
  });

  it('says where there is none', () => {
    const root = fresh('none');
    expect(refusal(() => findRun(root, 'latest'))).toContain(`There is no run in ${root} yet.`);
    expect(refusal(() => findRun(root, 'x'))).toContain('There is none to choose from.');
  });

  it('takes the latest of those that can be read', () => {
    const root = three();
    writeFileSync(join(root, 'alphabet', runFiles.manifest), '{');
    expect(basename(findRun(root, 'latest'))).toBe('alpha');
  });

  it('lists runs by their start, and apart from them what cannot be read', () => {
    const root = three();
    mkdirSync(join(root, 'no-run'));
    writeFileSync(join(root, 'README.md'), 'text');
    mkdirSync(join(root, 'broken'));
    writeFileSync(join(root, 'broken', runFiles.manifest), '{');
    const { runs, unreadable } = listRuns(root);
    expect(runs.map(({ manifest, status }) => [manifest.run, status])).toEqual([
      ['beta', 'interrupted'],
      ['alpha', 'interrupted'],
      ['alphabet', 'interrupted'],
    ]);
    expect(unreadable).toEqual([
      { folder: join(root, 'broken'), reason: expect.stringContaining('not valid JSON') },
    ]);
    expect(listRuns(fresh('none'))).toEqual({ runs: [], unreadable: [] });
  });
});

describe('the folder of a new run', () => {
  it('has a number behind its name where the name is taken', () => {
    const root = fresh('runs');
    const made = ['demo', 'demo', 'demo', 'other'].map((name) => newRunFolder(root, name));
    expect(made.map(({ run }) => run)).toEqual(['demo', 'demo-2', 'demo-3', 'other']);
    for (const { run, folder } of made) {
      expect(folder).toBe(resolve(root, run));
      expect(statSync(folder).isDirectory()).toBe(true);
    }
    rmSync(join(root, 'demo-2'), { recursive: true });
    expect(newRunFolder(root, 'demo').run).toBe('demo-2');
  });

  it('does not take the place of a file', () => {
    const root = fresh('runs');
    mkdirSync(root);
    writeFileSync(join(root, 'demo'), 'a file');
    expect(newRunFolder(root, 'demo').run).toBe('demo-2');
  });

  it('is refused where the runs folder is a file, or lies in one', () => {
    const root = fresh('runs');
    writeFileSync(root, 'a file');
    expect(failure(() => newRunFolder(root, 'demo'))).toContain(
      'expected the folder of the runs, found a file',
    );
    expect(failure(() => newRunFolder(join(root, 'runs'), 'demo'))).toContain("cannot make the run's folder");
  });

  it('is taken away when the run could not begin', () => {
    const { folder } = newRunFolder(fresh('runs'), 'demo');
    writeFileSync(join(folder, 'half'), '');
    discardRun(folder);
    expect(existsSync(folder)).toBe(false);
    discardRun(folder);
  });
});
