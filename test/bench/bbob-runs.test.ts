import { afterEach, describe, expect, it, vi } from 'vitest';
import { bbobFigure } from '../../src/bench/bbob/figure.js';
import { type BbobRun, runBbob, targets } from '../../src/bench/bbob/runs.js';
import type { Shares } from '../../src/bench/bbob/shares.js';
import { bbobInstance } from '../../src/bench/bbob/table.js';
import { runtimeCurve, shareBy } from '../../src/bench/running-times.js';
import { linesOf } from '../../src/bench/running-times-figure.js';
import { type BenchStrategy, benchStrategy } from '../../src/bench/strategies.js';
import { bench } from '../../src/cli/bench.js';
import type { ChartBlock } from '../../src/figure/chart.js';
import type { Outcome, Problem } from '../../src/strategies/strategy.js';

const cell = { function: 1, genes: 3, instance: 2, maxEvaluations: 40 };

/** Asks for three points on the way from its start to the optimum, a tenth of the way left each; stops after two steps. */
function scripted(begun: Problem[] = [], told: (readonly Outcome[])[] = []): BenchStrategy {
  const { optimum } = bbobInstance(1, 3, 2);
  return {
    name: 'scripted',
    create: (problem) => {
      begun.push(problem);
      let asked = 0;
      const next = () => {
        const left = 10 ** -asked++;
        return optimum.map((value, i) => value + left * (problem.start[i]! - value));
      };
      return {
        ask: () => [0, 1, 2].map(() => ({ genome: next(), fidelity: 1 })),
        tell: (outcomes) => {
          told.push(outcomes);
        },
        snapshot: () => ({}),
        get stopped() {
          return asked >= 6 ? 'end of the script' : undefined;
        },
      };
    },
  };
}

describe('a run', () => {
  it('counts evaluations to every target, up to the first point at or below it', () => {
    const run = runBbob(scripted(), cell);
    const { f } = bbobInstance(1, 3, 2);
    const begun: Problem[] = [];
    runBbob(scripted(begun), cell);
    const first = f(begun[0]!.start);
    // f of the k-th point is 100^-k of the first.
    targets.forEach((target, i) => {
      const steps = Math.max(0, Math.ceil(Math.log10(first / target) / 2 - 1e-9));
      expect(run.reached[i]).toBe(steps < 6 ? steps + 1 : run.reached[i]);
    });
    expect(run.reached.every((time, i, all) => i === 0 || time === null || time >= all[i - 1]!)).toBe(true);
  });

  it('begins anew elsewhere where a search stops, and ends with its evaluations', () => {
    const [begun, told] = [[] as Problem[], [] as (readonly Outcome[])[]];
    const run = runBbob(scripted(begun, told), { ...cell, function: 24, maxEvaluations: 10 });
    expect([run.evaluations, run.searches, begun.length]).toEqual([10, 2, 2]);
    expect([...begun[0]!.start]).not.toEqual([...begun[1]!.start]);
    expect([...begun[0]!.low, ...begun[0]!.high]).toEqual([-5, -5, -5, 5, 5, 5]);
    // The last step was cut short, and is not told.
    expect(told.map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  it('lets all strategies begin at the same points, and gives the same again', () => {
    const run = (name: string) => runBbob(benchStrategy(name), { ...cell, maxEvaluations: 300 });
    expect(run('cma-es')).toEqual(run('cma-es'));
    expect(run('cma-es').reached[0]).not.toBeNull();
    expect(run('cma-es').best).toBeLessThan(run('random').best);
  });

  it('tells f with noise, and counts targets of f without it', () => {
    const told: (readonly Outcome[])[] = [];
    const [plain, noisy] = [0, 0.1].map((noise) =>
      runBbob(scripted([], told), { ...cell, function: 24, maxEvaluations: 7, noise }),
    );
    expect(noisy).toEqual(plain);
    const [exact, moved] = [told.slice(0, 2).flat(), told.slice(2).flat()].map((outcomes) =>
      outcomes.map(({ objectives }) => objectives[0]!),
    );
    const parts = moved!.map((value, i) => value / exact![i]! - 1);
    expect(new Set(parts).size).toBe(6);
    expect(Math.max(...parts.map(Math.abs))).toBeGreaterThan(0.01);
    expect(Math.max(...parts.map(Math.abs))).toBeLessThan(0.5);
  });
});

describe('running times', () => {
  const run = (strategy: string, times: (number | null)[]): BbobRun => ({
    ...{ strategy, function: 1, instance: 1, evaluations: 100, best: 0, searches: 1 },
    maxEvaluations: 500,
    reached: targets.map((_, i) => times[i] ?? null),
  });

  it('are the share of targets of all runs, by evaluations', () => {
    const curve = runtimeCurve([run('a', [1, 1, 7]), run('a', [3])]);
    expect(curve).toEqual([
      { evaluations: 1, share: 2 / 102 },
      { evaluations: 3, share: 3 / 102 },
      { evaluations: 7, share: 4 / 102 },
    ]);
    expect([0.5, 1, 6, 7, 50].map((by) => shareBy(curve, by))).toEqual([
      0,
      2 / 102,
      3 / 102,
      4 / 102,
      4 / 102,
    ]);
    expect(runtimeCurve([run('a', [])])).toEqual([]);
  });

  it('are drawn with a line a strategy, and a chart a group', () => {
    const runs = [run('a', [1]), { ...run('b', [2]), function: 24, maxEvaluations: 50 }];
    const { rows, subtitle } = bbobFigure(runs, [{ name: 'a' }, { name: 'b' }], {
      genes: 5,
      instances: 1,
      perGene: 100,
      noise: 0,
    });
    const [{ edgeLabels }] = rows[0]!.blocks as [ChartBlock];
    expect(edgeLabels!.map(({ name, figure }) => `${name} ${figure}`)).toEqual(['a 2 %', 'b 2 % by 10']);
    expect(subtitle).toContain('2 functions, 1 instance of each');
    expect(rows.flatMap(({ blocks }) => blocks).map((block) => 'title' in block && block.title)).toEqual([
      'all',
      'separable (1 to 5)',
      'weakly structured (20 to 24)',
    ]);
  });
});

describe('lines of a figure', () => {
  it('are dashed for other programs, in the colour of the strategy that searches alike', () => {
    const other = (name: string, like?: string) => ({ name, otherProgram: { like } });
    const lines = linesOf([
      ...[{ name: 'a' }, { name: 'b' }],
      ...[other('like-b', 'b'), other('also-like-b', 'b'), other('alone'), other('like-absent', 'c')],
    ]);
    const colours = lines.map(({ colour }) => colour);
    expect(colours.slice(2, 4)).toEqual([colours[1], colours[1]]);
    expect(new Set(colours).size).toBe(4);
    expect(lines.map(({ dash }) => dash.length > 0)).toEqual([false, false, true, true, true, true]);
    expect(lines[2]!.dash).not.toEqual(lines[3]!.dash);
  });
});

describe('baldwin bench bbob', () => {
  afterEach(() => vi.restoreAllMocks());

  /** What the command prints. */
  async function printed(...args: string[]): Promise<string> {
    let text = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await bench.parseAsync(['bbob', ...args], { from: 'user' });
    return text;
  }

  it('runs strategies on functions by number and group, as JSON and as a table', async () => {
    const args = ['random', 'ga', '-f', '20,moderate', '-n', '2', '--instances', '1', '--evaluations', '40'];
    const { runs, maxEvaluations } = JSON.parse(await printed(...args, '--json'));
    expect(maxEvaluations).toBe(80);
    expect(runs.map((run: BbobRun) => [run.strategy, run.function])).toEqual(
      ['random', 'ga'].flatMap((name) => [6, 7, 8, 9, 20].map((number) => [name, number])),
    );
    expect(await printed(...args)).toMatch(/^random +\d+ % .* 0 of 5$/m);
  });

  it('measures each strategy once', async () => {
    const args = ['random', 'random', '-f', '1', '-n', '2', '--instances', '1', '--evaluations', '20'];
    expect(JSON.parse(await printed(...args, '--json')).runs).toHaveLength(1);
  });

  it('gives fewer evaluations to one, and no share where it had none', async () => {
    const args = ['random', 'ga', '-f', '20', '-n', '2', '--instances', '1', '--evaluations', '100'];
    const { shares, runs } = JSON.parse(await printed(...args, '--most', 'ga=10', '--json'));
    expect(runs.map((run: BbobRun) => run.maxEvaluations)).toEqual([200, 20]);
    expect(shares.map((of: Shares) => of.by.map(({ all }) => all !== null))).toEqual([
      [true, true, true],
      [true, true, false],
    ]);
    expect(await printed(...args, '--most', 'ga=10')).toMatch(/^ga +\d+ % +\d+ % +- +- +-$/m);
    await expect(printed(...args, '--most', 'snes=10')).rejects.toThrow(
      '--most snes: expected one that is measured',
    );
  });

  it('lists the functions', async () => {
    expect(await printed('--list')).toMatch(/^24 +lunacek +weakly structured /m);
  });
});
