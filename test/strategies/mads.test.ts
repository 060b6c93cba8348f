import { describe, expect, it } from 'vitest';
import { median } from '../../src/math/statistics.js';
import { madsOptions, searchOptions } from '../../src/strategies/mads/options.js';
import { madsSearch, type SearchSpace, type Trial } from '../../src/strategies/mads/search.js';
import { mads } from '../../src/strategies/mads.js';
import { minimize } from '../../src/strategies/minimize.js';
import { realProblem } from '../../src/strategies/problem.js';

const settings = searchOptions.parse({ block: 1 });

interface Found {
  best: number;
  x: Float64Array;
  evaluations: number;
  /** Evaluations to a value of at most the target. */
  reached: number;
  reason: string;
}

function minimise(
  f: (x: Float64Array) => number,
  space: SearchSpace,
  most: number,
  { seed = 'mads', target = 0, options = settings, constraints = (_: Float64Array): number[] => [] } = {},
): Found {
  const search = madsSearch(space, options, seed, most);
  const found: Found = {
    best: Number.POSITIVE_INFINITY,
    x: space.start,
    evaluations: 0,
    reached: Number.POSITIVE_INFINITY,
    reason: '',
  };
  let step = search.next();
  while (!step.done) {
    const trials: Trial[] = step.value.map((x) => {
      if (x.some((value, i) => value < space.low[i]! || value > space.high[i]!))
        throw new Error(`out of bounds: ${x}`);
      found.evaluations += 1;
      const value = f(x);
      if (value <= target) found.reached = Math.min(found.reached, found.evaluations);
      return { f: value, constraints: constraints(x) };
    });
    step = search.next(trials);
  }
  const { best, reason } = step.value;
  return { ...found, best: best?.f ?? Number.NaN, x: best?.x ?? space.start, reason };
}

function box(start: readonly number[], low: number, high: number): SearchSpace {
  const all = (value: number) => new Float64Array(start.length).fill(value);
  return { start: Float64Array.from(start), low: all(low), high: all(high), step: all((high - low) / 10) };
}

const rosenbrock = (x: Float64Array) => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [valley, along] = [x[i + 1]! - x[i]! * x[i]!, 1 - x[i]!];
    sum += 100 * valley * valley + along * along;
  }
  return sum;
};
const sphere = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
const seeds = ['1', '2', '3', '4', '5'];

describe('mesh adaptive direct search', () => {
  it('solves the two-dimensional Rosenbrock function in about a hundred evaluations', () => {
    const reached = seeds.map(
      (seed) => minimise(rosenbrock, box([-1.2, 1], -5, 10), 500, { seed, target: 1e-8 }).reached,
    );
    expect(median(reached)).toBeLessThan(168);
  });

  it('follows the Rosenbrock valley of ten variables to its end by models', () => {
    const start = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const found = seeds.map((seed) => minimise(rosenbrock, box(start, -5, 10), 2000, { seed }).best);
    expect(median(found)).toBeLessThan(0.1);
  });

  it('goes on without models, by Nelder-Mead steps, where told to', () => {
    const options = searchOptions.parse({ block: 1, modelVariables: 0, nelderMead: true });
    const { best } = minimise(rosenbrock, box([-1.2, 1], -5, 10), 600, { options });
    expect(best).toBeLessThan(1e-6);
  });

  /** Evaluations to a value, by seed, of the constrained example of NOMAD's user guide: the optimum is (1, 1, 1, 1, -4). */
  const betweenSpheres = (target: number, options: typeof settings) =>
    seeds.map((seed) => {
      const space = {
        ...box([0, 0, 0, 0, 0], -6, 1e20),
        step: new Float64Array(5).fill(1),
        high: Float64Array.of(5, 6, 7, Infinity, Infinity),
      };
      let count = 0;
      let first = Number.POSITIVE_INFINITY;
      minimise((x) => x[4]!, space, 100, {
        ...{ seed, options },
        constraints: (x) => {
          count += 1;
          const c = [sphere(x.map((v) => v - 1)) - 25, 25 - sphere(x.map((v) => v + 1))];
          if (c.every((value) => value <= 0) && x[4]! <= target) first = Math.min(first, count);
          return c;
        },
      });
      return first;
    });

  it('comes within a hundredth of a constrained optimum on two spheres in some tens of evaluations', () => {
    expect(median(betweenSpheres(-3.99, settings))).toBeLessThan(45);
  });

  it('meets a constrained optimum of whole numbers exactly, as points of a mesh do', () => {
    const eager = madsOptions.parse({ block: 1 });
    expect(median(betweenSpheres(-4, eager))).toBeLessThanOrEqual(26);
    expect(median(betweenSpheres(-4, { ...eager, eagerModels: false }))).toBe(Number.POSITIVE_INFINITY);
  });

  it('brings fifty-dimensional functions down without models', () => {
    const start = Array.from({ length: 50 }, () => 3.3);
    const found = seeds
      .slice(0, 3)
      .map((seed) => minimise(sphere, box(start, -5.12, 5.12), 3000, { seed }).best);
    expect(median(found)).toBeLessThan(1);
  });

  it('converges to the limit of float64 and says so', () => {
    const { best, x, reason } = minimise(sphere, box([3, -2], -10, 10), 10_000);
    expect(best).toBeLessThan(1e-20);
    expect(Math.max(...x.map(Math.abs))).toBeLessThan(1e-10);
    expect(reason).toMatch(/mesh|centre/);
  });

  it('finds an optimum at a bound', () => {
    const { best, x } = minimise((p) => (p[0]! + 7) * (p[0]! + 7) + p[1]! * p[1]!, box([1, 1], -5, 5), 400);
    expect(x[0]).toBe(-5);
    expect(best).toBeCloseTo(4, 6);
  });

  it('comes to a constrained optimum from an infeasible start', () => {
    const space = box([-3, 3], -5, 5);
    const { best, x } = minimise((p) => p[0]! + p[1]!, space, 600, {
      constraints: (p) => [p[0]! * p[0]! + p[1]! * p[1]! - 2],
    });
    expect(best).toBeCloseTo(-2, 2);
    expect(x[0]! * x[0]! + x[1]! * x[1]!).toBeLessThanOrEqual(2);
  });

  it('never asks for the same point twice, nor for more than it may', () => {
    const asked = new Set<string>();
    const { evaluations } = minimise(
      (x) => {
        const key = x.join();
        expect(asked.has(key)).toBe(false);
        asked.add(key);
        return sphere(x);
      },
      box([3, 1, 2], -5, 5),
      137,
      { options: searchOptions.parse({ block: 4 }) },
    );
    expect(evaluations).toBe(137);
  });

  it('goes on around points that fail, and gives up where the start does', () => {
    const holes = minimise(
      (x) => (x[0]! > 2 ? Number.POSITIVE_INFINITY : sphere(x)),
      box([1.9, 1.5], -5, 5),
      400,
    );
    expect(holes.best).toBeLessThan(1e-6);
    const none = minimise(() => Number.POSITIVE_INFINITY, box([1, 1], -5, 5), 400);
    expect(none.reason).toBe('the start could not be evaluated');
  });

  it('moves few variables at once while the mesh is as coarse as the frame', () => {
    const start = Array.from({ length: 49 }, () => 0);
    const space = { ...box(start, -4, 4), step: new Float64Array(49).fill(1) };
    const search = madsSearch(space, searchOptions.parse({}), 'coarse', 40);
    search.next();
    const polled = search.next([{ f: 1, constraints: [] }]).value as Float64Array[];
    for (const x of polled) expect(x.filter((value) => value !== 0).length).toBeLessThanOrEqual(5);
  });
});

it.each(['mads', 'enomad'])('%s leaves genes of one value as they are', async (strategy) => {
  const seen: number[][] = [];
  const { x, f } = await minimize(
    (point) => {
      seen.push([...point]);
      return sphere(Float64Array.from(point, (value) => value - 1));
    },
    [3, 3, 0],
    { strategy, low: [-5, 3, 0], high: [5, 3, 1e-300], evaluations: 200 },
  );
  expect(seen.every(([, fixed, narrow]) => fixed === 3 && narrow! >= 0 && narrow! <= 1e-300)).toBe(true);
  expect(x[0]).toBeCloseTo(1, 0);
  expect(f).toBeCloseTo(5, 0);
});

it('has nothing to search where every gene has one value, and says so', async () => {
  const { f, evaluations, stopReason } = await minimize(sphere, [3, 3], {
    strategy: 'mads',
    low: 3,
    high: 3,
    evaluations: 50,
  });
  expect([f, evaluations, stopReason]).toEqual([18, 1, 'nothing to search: every gene has one value only']);
});

it('refuses a search that was stored by an earlier version', () => {
  const problem = realProblem({
    ...{ genes: 1, low: Float64Array.of(-1), high: Float64Array.of(1), start: Float64Array.of(0) },
    ...{ step: Float64Array.of(1), priorLow: Float64Array.of(-1), priorHigh: Float64Array.of(1) },
  });
  const options = mads.options.parse({});
  const { rules: _, ...earlier } = mads.create(problem, options, 'seed').snapshot();
  expect(() => mads.restore(problem, options, earlier)).toThrow(
    /stored by an earlier version.*Start the run anew/,
  );
});
