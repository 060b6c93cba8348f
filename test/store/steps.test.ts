import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RunWriter, runFiles, StoredRun } from '../../src/store/run-store.js';
import { readSteps } from '../../src/store/steps.js';
import { append, failure, genomesOf, manifestOf, scratch, start, storedRun } from './small-store.js';

const { fresh } = scratch();

/** The files of a run of three steps, to be damaged in a folder of their own. */
function stored() {
  const original = storedRun(fresh(), 3);
  const steps = readFileSync(join(original, runFiles.steps));
  const elites = readFileSync(join(original, runFiles.elites));
  const folder = fresh();
  mkdirSync(folder);
  const [stepsPath, elitesPath] = [join(folder, runFiles.steps), join(folder, runFiles.elites)];
  const ends: number[] = [];
  for (let at = steps.indexOf(10); at !== -1; at = steps.indexOf(10, at + 1)) ends.push(at + 1);
  return {
    steps,
    elites,
    /** Bytes of the steps file after each record. */
    ends,
    stepsPath,
    /** Where the genomes of each step begin in the elites file. */
    genomesAt: [0, 1, 2].map((step) => readRun(original).records[step]!.elites[0]!.at),
    read: (damagedSteps: Uint8Array, damagedElites: Uint8Array = elites) => {
      writeFileSync(stepsPath, damagedSteps);
      writeFileSync(elitesPath, damagedElites);
      return readSteps(stepsPath, elitesPath);
    },
  };
}

const readRun = (folder: string) => readSteps(join(folder, runFiles.steps), join(folder, runFiles.elites));
const changed = (bytes: Buffer, at: number, to: string) => {
  const copy = Buffer.from(bytes);
  copy.write(to, at);
  return copy;
};

describe('stored steps', () => {
  let run: ReturnType<typeof stored>;
  beforeAll(() => {
    run = stored();
  });

  it('come back whole', () => {
    const { records, stepsBytes, elitesBytes, notices } = run.read(run.steps);
    expect(records.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(records[1]).toMatchObject({
      evaluations: 6,
      score: [1, null, 0.1],
      measures: { foodEaten: [1, null, 2] },
      failed: { 1: 'the score is NaN' },
    });
    expect(stepsBytes).toBe(run.steps.length);
    expect(elitesBytes).toBe(run.elites.length);
    expect(notices).toEqual([]);
  });

  it('are none in an empty file', () => {
    expect(run.read(Buffer.alloc(0), Buffer.alloc(0))).toEqual({
      records: [],
      stepsBytes: 0,
      elitesBytes: 0,
      notices: [],
    });
  });

  it('lose the last one when it is cut anywhere, with a notice, and no other', () => {
    for (let length = run.ends[1]!; length < run.steps.length; length++) {
      const { records, stepsBytes, elitesBytes, notices } = run.read(run.steps.subarray(0, length));
      expect(records.map(({ step }) => step)).toEqual([0, 1]);
      expect(stepsBytes).toBe(run.ends[1]);
      expect(elitesBytes).toBe(run.genomesAt[2]);
      if (length === run.ends[1]) expect(notices).toEqual([]);
      else
        expect(notices).toEqual([
          'The record of step 2 was dropped: it is cut short. It is evaluated again.',
        ]);
    }
  });

  it('lose the last one when its genomes are cut anywhere or damaged, with a notice, and no other', () => {
    const damaged = [
      ...Array.from({ length: run.elites.length - run.genomesAt[2]! }, (_, i) =>
        run.elites.subarray(0, run.genomesAt[2]! + i),
      ),
      ...Array.from({ length: run.elites.length - run.genomesAt[2]! }, (_, i) => {
        const copy = Buffer.from(run.elites);
        copy[run.genomesAt[2]! + i]! ^= 1;
        return copy;
      }),
    ];
    expect(damaged.length).toBeGreaterThan(200);
    for (const bytes of damaged) {
      const { records, stepsBytes, notices } = run.read(run.steps, bytes);
      expect(records).toHaveLength(2);
      expect(stepsBytes).toBe(run.ends[1]);
      expect(notices).toEqual([
        'The record of step 2 was dropped: its elite genomes are missing or damaged. It is evaluated again.',
      ]);
    }
  });

  it('survive as far as they are whole when a loss of power left zeros from anywhere on', () => {
    for (let from = 0; from < run.steps.length; from++) {
      const damaged = Buffer.from(run.steps).fill(0, from);
      const { records, stepsBytes, notices } = run.read(damaged);
      const whole = run.ends.filter((end) => end <= from).length;
      expect(records).toHaveLength(whole);
      expect(stepsBytes).toBe(whole === 0 ? 0 : run.ends[whole - 1]);
      expect(notices).toHaveLength(1);
      expect(notices[0]).toContain(`The record of step ${whole} was dropped`);
    }
  });

  it('survive zeros behind the last whole record', () => {
    const { records, stepsBytes, notices } = run.read(Buffer.concat([run.steps, Buffer.alloc(500)]));
    expect(records).toHaveLength(3);
    expect(stepsBytes).toBe(run.steps.length);
    expect(notices).toHaveLength(1);
  });

  it('survive a last record that is whole as a line but damaged', () => {
    const damaged = changed(run.steps, run.ends[1]!, '#');
    expect(run.read(damaged).notices).toEqual([
      'The record of step 2 was dropped: it is not JSON. It is evaluated again.',
    ]);
    // Its end came to the disk, its beginning did not.
    const hole = Buffer.from(run.steps).fill(0, run.ends[1]!, run.ends[2]! - 20);
    expect(run.read(hole).records).toHaveLength(2);
    expect(run.read(Buffer.concat([hole, Buffer.alloc(64)])).records).toHaveLength(2);
  });

  describe('damaged before the end', () => {
    const message = (damaged: Buffer, genomes?: Buffer) => failure(() => run.read(damaged, genomes));

    it('are refused, naming the line and what to do', () => {
      expect(message(changed(run.steps, run.ends[0]!, '#'))).toBe(
        `${run.stepsPath}: line 2 is damaged: it is not JSON. The 1 steps before it are intact: ` +
          'delete that line and all after it to resume from there.',
      );
      expect(message(changed(run.steps, 0, 'x'))).toContain(
        'line 1 is damaged: it is not JSON. The 0 steps before',
      );
    });

    it('are refused with a hole of zeros, unless nothing whole follows it', () => {
      const hole = (from: number, to: number) => Buffer.from(run.steps).fill(0, from, to);
      expect(message(hole(run.ends[0]! + 5, run.ends[1]! - 9))).toContain('line 2 is damaged');
      expect(message(hole(5, run.ends[0]! + 5))).toContain('line 1 is damaged');
      const { records, notices } = run.read(hole(run.ends[0]!, run.ends[1]! + 5));
      expect(records).toHaveLength(1);
      expect(notices).toHaveLength(1);
    });

    it('are refused when a record is missing, doubled or of another kind', () => {
      const [first, second, third] = run.ends;
      const line = (from: number, to: number) => run.steps.subarray(from, to);
      const gap = Buffer.concat([line(0, first!), line(second!, third!), line(second!, third!)]);
      expect(message(gap)).toContain('line 2 is damaged: it holds step 2 where step 1 belongs');
      const twice = Buffer.concat([line(0, first!), line(0, first!), line(first!, third!)]);
      expect(message(twice)).toContain('line 2 is damaged: it holds step 0 where step 1 belongs');
      const other = Buffer.concat([line(0, first!), Buffer.from('{"step":1}\n'), line(second!, third!)]);
      expect(message(other)).toContain('line 2 is damaged: it is not a step record (evaluations)');
    });

    it('are refused when genomes before the end are missing', () => {
      expect(message(run.steps, run.elites.subarray(0, run.genomesAt[2]! - 1))).toContain(
        'line 2 is damaged: its elite genomes are missing or damaged',
      );
      const flipped = Buffer.from(run.elites);
      flipped[run.genomesAt[1]! - 1]! ^= 4;
      expect(message(run.steps, flipped)).toContain('line 1 is damaged: its elite genomes');
    });

    it('can be resumed as the message says', () => {
      expect(run.read(run.steps.subarray(0, run.ends[0])).records).toHaveLength(1);
    });
  });

  it.each([runFiles.steps, runFiles.elites])('are refused without %s', (name) => {
    const folder = storedRun(fresh(), 1);
    rmSync(join(folder, name));
    expect(failure(() => new StoredRun(folder))).toContain(
      `${join(folder, name)}: a part of the run cannot be read`,
    );
  });
});

describe('a run that lost a step it had recorded', () => {
  it('has no result: what it came to was of another state', () => {
    const result = { stopReason: '9 of 9 evaluations', best: null };
    const done = manifestOf('done', {
      ...{ status: 'finished', result },
      progress: { steps: 3, evaluations: 9, best: null },
    });
    const folder = storedRun(fresh(), 3, done);
    expect(new StoredRun(folder).manifest.result).toEqual(result);
    const steps = join(folder, runFiles.steps);
    truncateSync(steps, readFileSync(steps).length - 5);
    const { manifest, status, notices } = new StoredRun(folder);
    expect([manifest.result, status]).toEqual([null, 'interrupted']);
    expect(notices).toEqual(['The record of step 2 was dropped: it is cut short. It is evaluated again.']);
  });
});

describe('a run taken up again after a kill', () => {
  const whole = () => {
    const folder = storedRun(fresh(), 3);
    return [runFiles.steps, runFiles.elites].map((name) => readFileSync(join(folder, name)));
  };

  /** Takes the run up, evaluates what is missing once more, and returns its files. */
  function finished(folder: string): Buffer[] {
    const { writer, records } = RunWriter.reopen(folder);
    for (let step = records.length; step < 3; step++) append(writer, step);
    writer.close();
    const again = new StoredRun(folder);
    expect(again.notices).toEqual([]);
    expect(again.elite(2, 0, start)).toStrictEqual(genomesOf(2)[0]);
    expect(again.elite(2, 1, start)).toStrictEqual(genomesOf(2)[1]);
    return [runFiles.steps, runFiles.elites].map((name) => readFileSync(join(folder, name)));
  }

  it('ends with the same bytes, wherever its records broke off', () => {
    const expected = whole();
    const folder = storedRun(fresh(), 3);
    const [stepsPath, elitesPath] = [join(folder, runFiles.steps), join(folder, runFiles.elites)];
    const { length } = expected[0]!;
    for (let cut = 1; cut < length; cut += 3) {
      truncateSync(stepsPath, length - cut);
      expect(finished(folder)).toEqual(expected);
    }
    // Genomes are written first: without their record, or themselves broken off, they are written again.
    const two = readSteps(stepsPath, elitesPath).records[2]!.elites[0]!.at;
    for (let keep = two; keep < expected[1]!.length; keep += 3) {
      truncateSync(elitesPath, keep);
      expect(finished(folder)).toEqual(expected);
    }
  });

  it('does not begin again where nothing is missing', () => {
    const folder = storedRun(fresh(), 3, manifestOf('whole'));
    expect(finished(folder)).toEqual(whole());
  });
});
