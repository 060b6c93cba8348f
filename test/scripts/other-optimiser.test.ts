import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OtherOptimiser } from '../../scripts/other-optimiser.js';
import { runBbob } from '../../src/bench/bbob/runs.js';
import { bbobInstance } from '../../src/bench/bbob/table.js';
import type { Searcher } from '../../src/bench/search.js';
import { timeStrategy } from '../../src/bench/timing.js';

/**
 * Says what scripts/bench-python.py says, for a search of three points a step, a tenth of the way to 0 each, that stops after
 * four steps or after the step with a value below 1e-3; a step takes it two milliseconds. It writes what it is told to
 * standard error.
 */
const optimiser = `
let at, left, steps, ms;
const answer = () => {
  const points = new Float64Array(3 * at.length);
  for (let i = 0; i < 3; i++) {
    left /= 10;
    at.forEach((value, gene) => { points[i * at.length + gene] = value * left; });
  }
  return { points: Buffer.from(points.buffer).toString('base64'), count: 3, ms };
};
let text = '';
process.stdin.on('data', (chunk) => {
  text += chunk;
  for (let end = text.indexOf('\\n'); end >= 0; end = text.indexOf('\\n')) {
    const message = JSON.parse(text.slice(0, end));
    text = text.slice(end + 1);
    let stopped;
    if (message.begin) {
      if (message.begin.start.length === 13) process.exit(3);
      [at, left, steps, ms] = [message.begin.start, 10, 0, 2];
      if (!Number.isInteger(message.begin.seed) || message.begin.low[0] === undefined) process.exit(4);
    } else {
      steps += 1;
      ms += 2;
      if (message.tell.length !== 3) process.exit(5);
      if (steps === 4 || Math.min(...message.tell) < 1e-3) stopped = 'close';
    }
    process.stdout.write(JSON.stringify(stopped ? { stopped, ms } : answer()) + '\\n');
  }
});
`;

const folder = mkdtempSync(join(tmpdir(), 'baldwin-optimiser-test-'));
const script = join(folder, 'optimiser.cjs');
writeFileSync(script, optimiser);
const other = new OtherOptimiser('other', process.execPath, [script], { like: 'cma-es' });
afterAll(() => {
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same search, in this process. */
const same: Searcher = {
  name: 'other',
  create: ({ start }) => {
    let [left, steps, stopped] = [10, 0, undefined as string | undefined];
    return {
      ask: () =>
        Array.from({ length: 3 }, () => {
          left /= 10;
          return { genome: start.map((value) => value * left) };
        }),
      tell: (outcomes) => {
        steps += 1;
        if (steps === 4 || Math.max(...outcomes.map(({ objectives }) => objectives[0]!)) > -1e-3)
          stopped = 'close';
      },
      get stopped() {
        return stopped;
      },
    };
  },
};

describe('an optimiser of another program', () => {
  it('searches the same functions as one of ours, to the bit, and begins anew at the same points', () => {
    const cell = { function: 8, genes: 7, instance: 3, maxEvaluations: 100 };
    const run = runBbob(other, cell);
    expect(run).toEqual(runBbob(same, cell));
    expect(run.searches).toBe(Math.ceil(100 / 12));
    const { f } = bbobInstance(8, 7, 3);
    expect(run.best).toBeLessThanOrEqual(f(new Float64Array(7).fill(1e-12)) * 1.01);
  });

  it('is timed by its own clock', async () => {
    const timing = await timeStrategy(other, 3, { evaluations: 30, seconds: 10 });
    expect(timing).toMatchObject({ strategy: 'other', population: 3, askTellMsPerStep: 2 });
    expect(timing.askTellMs).toBeCloseTo(2 / 3, 12);
  });

  it('is named where its process ends before it answers, or never began', () => {
    const cell = { function: 1, genes: 13, instance: 1, maxEvaluations: 10 };
    const message = 'mute: its process ended before it answered';
    const mute = new OtherOptimiser('mute', process.execPath, [script]);
    expect(() => runBbob(mute, cell)).toThrow(message);
    expect(() => runBbob(mute, { ...cell, genes: 3 })).toThrow(message);
    mute.close();
    const absent = new OtherOptimiser('mute', join(folder, 'absent'), []);
    expect(() => runBbob(absent, cell)).toThrow(message);
    absent.close();
  });
});
