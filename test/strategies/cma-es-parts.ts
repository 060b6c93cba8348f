import type { z } from 'zod';
import { cmaEs } from '../../src/strategies/cma-es.js';
import { realProblem } from '../../src/strategies/problem.js';
import type { Outcome, Problem, Strategy } from '../../src/strategies/strategy.js';

/** Every stop switched off. */
export const endless = {
  tolfun: null,
  tolfunhist: null,
  tolfunrel: null,
  tolx: null,
  tolfacupx: null,
  upsigma: null,
  xstagnation: null,
  conditioncov: null,
  noeffectaxis: false,
  noeffectcoord: false,
  stagnation: false,
  flatfitness: null,
  maxiter: null,
} as const;

type Input = z.input<typeof cmaEs.options>;

export const create = (problem: Problem, options: Input, seed = 'seed') =>
  cmaEs.create(problem, cmaEs.options.parse(options), seed);
export const restore = (problem: Problem, options: Input, snapshot: ReturnType<Strategy['snapshot']>) =>
  cmaEs.restore(problem, cmaEs.options.parse(options), snapshot);

/** A problem of equal genes, unbounded unless told otherwise. */
export function problem(
  genes: number,
  parts: { low?: number; high?: number; start?: number; step?: number; prior?: number } = {},
): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  const { low = -Infinity, high = Infinity, start = 3, step = 2, prior = 5 } = parts;
  return realProblem({
    genes,
    low: all(low),
    high: all(high),
    start: all(start),
    step: all(step),
    priorLow: all(Math.max(low, -prior)),
    priorHigh: all(Math.min(high, prior)),
  });
}

export const ok = (score: number): Outcome => ({
  status: 'ok',
  objectives: [score],
  constraints: [],
  measures: {},
});
export const failed: Outcome = { status: 'failed', objectives: [], constraints: [], measures: {} };

export type F = (x: Readonly<Float64Array>, index: number) => number;

export const sphere: F = (x) => x.reduce((sum, value) => sum + value * value, 0);
export const ellipsoid: F = (x) =>
  x.reduce((sum, value, i) => sum + 10 ** ((6 * i) / Math.max(1, x.length - 1)) * value * value, 0);

/** Minimises f for `steps` steps, or until the strategy stops. A NaN is a failure. */
export function minimise(strategy: Strategy, f: F, steps: number) {
  const asked: number[][][] = [];
  let best = Infinity;
  let at: number[] = [];
  for (let step = 0; step < steps && strategy.stopped === undefined; step++) {
    const candidates = strategy.ask();
    asked.push(candidates.map(({ genome }) => [...genome]));
    const values = candidates.map(({ genome }, index) => f(genome, index));
    values.forEach((value, i) => {
      if (!(value < best)) return;
      best = value;
      at = [...candidates[i]!.genome];
    });
    strategy.tell(values.map((value) => (Number.isNaN(value) ? failed : ok(-value))));
  }
  return { asked, best, at };
}
