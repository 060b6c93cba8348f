import { afterEach, describe, expect, it, vi } from 'vitest';
import { functions } from '../../src/bench/functions.js';
import {
  type BenchStrategy,
  benchCell,
  benchStrategy,
  problemOf,
  runCell,
  timeStrategy,
} from '../../src/bench/strategies.js';
import { bench } from '../../src/cli/bench.js';
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

  it('times ask and tell', () => {
    const timing = timeStrategy(benchStrategy('cma-es'), 10, 0.01);
    expect(timing).toMatchObject({ genes: 10, population: 10 });
    expect(timing.steps).toBeGreaterThanOrEqual(10);
    expect(timing.askTellMsPerStep / 10).toBeCloseTo(timing.askTellMs, 9);
  });
});

describe('baldwin bench strategies', () => {
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
    const { timings } = JSON.parse(await printed('-s', 'random', '-n', '3', '--timing', '--json'));
    expect(timings).toMatchObject([{ genes: 3, population: 64 }]);
  });

  it('runs all functions at once', async () => {
    const args = ['-f', 'all', '-n', '3', '--seeds', '1', '--max-evaluations', '50', '--json'];
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { cells } = JSON.parse(await printed(...args));
    expect(cells.map((one: { function: string }) => one.function)).toEqual(Object.keys(functions));
  });

  it('refuses a function there is not', async () => {
    await expect(printed('-f', 'elipsoid')).rejects.toThrow('Did you mean "ellipsoid"');
  });
});
