import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { functions } from '../../src/bench/functions.js';
import {
  type BenchStrategy,
  benchCell,
  benchStrategy,
  problemOf,
  runCell,
} from '../../src/bench/strategies.js';
import { timeForaging, timeStrategy } from '../../src/bench/timing.js';
import { bench } from '../../src/cli/bench.js';
import { presetNames } from '../../src/evolve/presets.js';
import type { Outcome } from '../../src/strategies/strategy.js';

/** Asks for points on the way from 3 to 0, five a step; stops after ten steps. */
function scripted(told: (readonly Outcome[])[] = []): BenchStrategy {
  return {
    name: 'scripted',
    create: ({ genes }) => {
      let step = 0;
      const at = (i: number) => new Float64Array(genes).fill(3 - 0.1 * (5 * step + i));
      return {
        ask: () => Array.from({ length: 5 }, (_, i) => ({ genome: at(i), fidelity: 1 })),
        tell: (outcomes) => {
          told.push(outcomes);
          step += 1;
        },
        snapshot: () => ({}),
        get stopped() {
          return step === 10 ? 'end of the script' : undefined;
        },
      };
    },
  };
}

const cell = { function: 'sphere', genes: 1, target: 1, maxEvaluations: 1000 } as const;

describe('a run', () => {
  it('ends at the first f strictly below the target, and counts it', () => {
    const told: (readonly Outcome[])[] = [];
    // f is 9 first and (3 - 0.1 k)^2 after k more: below 1.001 at k = 20, below 1 a step later.
    expect(runCell(scripted(told), { ...cell, target: 1.001 }, 1)).toMatchObject({
      evaluations: 21,
      success: true,
      stopped: null,
    });
    expect(told.map((outcomes) => outcomes.length)).toEqual([5, 5, 5, 5]);
    expect(told[0]![0]).toMatchObject({ status: 'ok', objectives: [-9] });
    expect(runCell(scripted(), { ...cell, target: 9 }, 1).evaluations).toBe(2);
  });

  it('ends where the strategy does', () => {
    const run = runCell(scripted(), { ...cell, target: -1 }, 1);
    expect(run).toMatchObject({ evaluations: 50, success: false, stopped: 'end of the script' });
    expect(run.best).toBeLessThan(1e-20);
  });

  it('ends when its evaluations are spent, in the middle of a step if need be', () => {
    const run = runCell(scripted(), { ...cell, maxEvaluations: 13 }, 1);
    expect(run).toMatchObject({ evaluations: 13, success: false, stopped: null });
    expect(run.best).toBeCloseTo(1.8 ** 2, 9);
  });

  it('is fixed by its seed', () => {
    const strategy = benchStrategy('cma-es');
    const run = (seed: number) => {
      const { askTellMs: _, ...rest } = runCell(strategy, { ...cell, genes: 4, target: 1e-9 }, seed);
      return rest;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1).evaluations).not.toBe(run(2).evaluations);
  });
});

describe('a cell', () => {
  it('has the median of the runs that succeeded', () => {
    const result = benchCell(benchStrategy('cma-es'), { ...cell, genes: 5, target: 1e-9 }, 4);
    const evaluations = result.runs.map((run) => run.evaluations).sort((a, b) => a - b);
    expect(result.runs.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
    expect(result.successes).toBe(4);
    expect(result.medianEvaluations).toBe((evaluations[1]! + evaluations[2]!) / 2);
    expect(result.askTellMs).toBeGreaterThan(0);
    const none = benchCell(scripted(), { ...cell, target: -1 }, 2);
    expect(none).toMatchObject({ successes: 0, medianEvaluations: null });
  });

  it('takes settings over the preset', () => {
    const ask = (settings: string[]) =>
      benchStrategy('cma-es', settings).create(problemOf(functions.sphere, 4), 'seed').ask().length;
    expect(ask([])).toBe(8);
    expect(ask(['strategy.population=31'])).toBe(31);
    expect(() => benchStrategy('cma-es', ['population=31'])).toThrow('expected strategy.FIELD=value');
    expect(() => benchStrategy('cma-es', ['strategy.populaton=31'])).toThrow('population');
    expect(() => benchStrategy('cma-se')).toThrow('cma-es');
  });

  it('is unbounded unless told otherwise', () => {
    expect(problemOf(functions.sphere, 3)).toMatchObject({
      genes: 3,
      low: new Float64Array(3).fill(-Infinity),
    });
    const bounded = problemOf(functions.sphere, 2, 2);
    expect([...bounded.high, ...bounded.start, ...bounded.priorLow]).toEqual([2, 2, 2, 2, -2, -2]);
  });
});

let clock = 0;
/** Time goes by where a test says so, and not by what else the machine does. */
const ownClock = () =>
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: 1000 * clock, system: 0 }));

/** Takes `ms` of that clock to be told of a step, however many candidates it has: as many as it has been told of steps, and one. */
function slow(ms: number, log: string[] = []): BenchStrategy {
  return {
    name: 'slow',
    create: ({ genes }) => {
      let told = 0;
      log.push('created');
      return {
        ask: () => Array.from({ length: told + 1 }, () => ({ genome: new Float64Array(genes), fidelity: 1 })),
        tell: () => {
          clock += ms;
          told += 1;
          log.push('told');
        },
        snapshot: () => ({}),
      };
    },
  };
}

describe('timing', () => {
  afterEach(() => vi.restoreAllMocks());

  it('takes the mean over all steps that the evaluations need, after warming up', async () => {
    ownClock();
    const timing = await timeStrategy(slow(2), 10, { evaluations: 9, seconds: 10 });
    // Three steps of 1, 2 and 3 candidates before; then 4 and 5.
    expect(timing).toMatchObject({ strategy: 'slow', genes: 10, steps: 2, evaluations: 9, population: 4.5 });
    expect(timing.askTellMsPerStep).toBe(2);
    expect(timing.askTellMs).toBeCloseTo(4 / 9, 12);
  });

  it('repeats a slow step no more often than its time allows', async () => {
    ownClock();
    const log: string[] = [];
    expect(await timeStrategy(slow(30, log), 1, { evaluations: 1000, seconds: 0.02 })).toMatchObject({
      steps: 3,
      evaluations: 6,
    });
    expect(log).toEqual(['created', 'told', 'told', 'told']);
    log.length = 0;
    // The cold steps do not count where there is time for more.
    const { steps } = await timeStrategy(slow(30, log), 1, { evaluations: 1000, seconds: 0.3 });
    expect(steps).toBe(10);
    expect(log).toHaveLength(1 + 3 + steps);
  });

  it('begins anew where a search ends', async () => {
    const timing = await timeStrategy(scripted(), 1, { evaluations: 500, seconds: 10 });
    expect(timing).toMatchObject({ steps: 100, evaluations: 500, population: 5 });
  });

  it('sets ask and tell beside rollouts', async () => {
    const settings = ['strategy.population=16'];
    const timing = await timeForaging('ga', settings, { evaluations: 30, seconds: 10 });
    expect(timing).toMatchObject({ strategy: 'ga', genes: 3682, population: 16, evaluations: 32, steps: 2 });
    expect(timing.rolloutMs).toBeGreaterThan(0.05);
    expect(timing.share).toBeCloseTo(timing.askTellMs / (timing.askTellMs + timing.rolloutMs), 9);
  });
});

describe('baldwin bench strategies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-bench-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => vi.restoreAllMocks());

  /** What the command prints. */
  async function printed(...args: string[]): Promise<string> {
    let text = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    });
    await bench.parseAsync(['strategies', ...args], { from: 'user' });
    return text;
  }

  it('gives every run as JSON', async () => {
    const args = ['-s', 'cma-es', '-f', 'ellipsoid', '-n', '5', '--seeds', '3', '--target', '1e-6', '--json'];
    const result = JSON.parse(await printed(...args, '--set', 'strategy.population=12'));
    const ours = benchCell(
      benchStrategy('cma-es', ['strategy.population=12']),
      { function: 'ellipsoid', genes: 5, target: 1e-6, maxEvaluations: 1_000_000 },
      3,
    );
    expect(result).toMatchObject({
      strategy: 'cma-es',
      function: 'ellipsoid',
      genes: 5,
      successes: 3,
      medianEvaluations: ours.medianEvaluations,
    });
    for (const [i, { seed, evaluations, success, best }] of ours.runs.entries()) {
      expect(result.runs[i]).toMatchObject({ seed, evaluations, success, best });
    }
  });

  it('prints a table, a list of functions and timings', async () => {
    const runs = await printed('-s', 'random', '-n', '3', '--seeds', '2', '--max-evaluations', '200');
    expect(runs).toContain('0 of 2');
    expect(await printed('--list')).toContain('rastrigin-rotated');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const timing = ['--timing', '-n', '3', '--seconds', '0.05'];
    const one = JSON.parse(await printed('-s', 'random', ...timing, '--json'));
    expect(one).toMatchObject({ strategy: 'random', timings: [{ genes: 3, population: 64 }], foraging: [] });
    expect(await printed('-s', 'random', ...timing)).toMatch(/^random +sphere +3 +64\.0 /m);
  });

  it('runs all functions at once', async () => {
    const args = ['-f', 'all', '-n', '3', '--seeds', '1', '--max-evaluations', '50', '--json'];
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { cells } = JSON.parse(await printed(...args));
    expect(cells.map((one: { function: string }) => one.function)).toEqual(Object.keys(functions));
  });

  it('runs and times every strategy', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const timing = ['-s', 'all', '--timing', '-n', '4', '--seconds', '0.01', '--json'];
    const { timings } = JSON.parse(await printed(...timing));
    expect(timings.map((one: { strategy: string }) => one.strategy)).toEqual(presetNames());
    for (const { askTellMs, genes } of timings) {
      expect(askTellMs).toBeGreaterThan(0);
      expect(genes).toBe(4);
    }
    const runs = ['-s', 'all', '-n', '2', '--seeds', '1', '--max-evaluations', '100'];
    const { cells } = JSON.parse(await printed(...runs, '--json'));
    expect(cells.map((one: { strategy: string }) => one.strategy)).toEqual(presetNames());
    expect(await printed(...runs)).toMatch(/^openai-es +sphere +2 +0 of 1 /m);
  });

  it('draws targets of several strategies on every function', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const file = join(folder, 'times.svg');
    const args = ['-s', 'snes,random', '-f', 'all', '-n', '2', '--seeds', '2', '--max-evaluations', '60'];
    const { cells } = JSON.parse(await printed(...args, '--plot', file, '--json'));
    expect(cells[0].targets).toHaveLength(56);
    const { reached, maxEvaluations } = cells[0].runs[0];
    expect([reached.length, maxEvaluations]).toEqual([56, 60]);
    expect(reached[0]).toBeLessThanOrEqual(60);
    const svg = readFileSync(file, 'utf8');
    for (const words of ['snes', 'random', 'sphere', 'cigar-rotated', '2 runs of each'])
      expect(svg).toContain(words);
    await expect(printed('--plot', file, '--target', '1000')).rejects.toThrow('at most 100');
  });

  it('refuses what has no effect on what it measures', async () => {
    for (const given of [
      ['--function', 'ellipsoid'],
      ['--seeds', '3'],
      ['--target', '1'],
      ['--max-evaluations', '9'],
      ['--bound', '2'],
      ['--plot', 'times.svg'],
    ])
      await expect(printed('--timing', ...given)).rejects.toThrow(
        `${given[0]} and --timing exclude each other: leave one of them out.`,
      );
    await expect(printed('--seconds', '3')).rejects.toThrow('--seconds goes with --timing');
  });

  it('measures each strategy once', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const small = ['-n', '2', '--seeds', '1', '--max-evaluations', '20', '--json'];
    const { cells } = JSON.parse(await printed('-s', 'de,random,de', ...small));
    expect(cells.map((one: { strategy: string }) => one.strategy)).toEqual(['de', 'random']);
    expect(JSON.parse(await printed('-s', 'de,de', ...small))).toMatchObject({ strategy: 'de' });
  });

  it('says that auto is for runs, and names the presets', async () => {
    await expect(printed('-s', 'auto')).rejects.toThrow(
      /^strategy "auto": it chooses the strategy of a run .* Choose one of: cgp, cma-es, /,
    );
  });

  it('changes no field of all strategies at once', async () => {
    await expect(printed('-s', 'all', '--set', 'strategy.population=9')).rejects.toThrow('--set changes one');
  });

  it('refuses a function there is not', async () => {
    await expect(printed('-f', 'elipsoid')).rejects.toThrow('Did you mean "ellipsoid"');
  });
});
