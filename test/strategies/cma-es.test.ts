import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { mean, populationSd } from '../../src/math/statistics.js';
import { weightsFor } from '../../src/strategies/cma-es/descent.js';
import { defaultPopulation, parametersOf } from '../../src/strategies/cma-es/parameters.js';
import type { Snapshot } from '../../src/strategies/strategy.js';
import { create, ellipsoid, endless, type F, minimise, problem, restore, sphere } from './cma-es-parts.js';

interface State {
  m: number[];
  sigma: number;
  c: number[][];
  ps: number[];
  pc: number[];
  g: number;
}

const outer = (v: readonly number[]) => v.map((a) => v.map((b) => a * b));
const times = (matrix: readonly number[][], v: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * v[j]!, 0));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** One iteration, written down from the equations as they stand, with no regard to speed. */
function literalStep(state: State, xs: readonly number[][], separable: boolean): State {
  const n = state.m.length;
  const lambda = xs.length;
  const mu = Math.floor(lambda / 2);
  const raw = xs.map((_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1));
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const effectiveOf = (w: readonly number[]) => total(w) ** 2 / total(w.map((x) => x * x));
  const muEff = effectiveOf(raw.slice(0, mu));
  const muEffMinus = effectiveOf(raw.slice(mu));
  const learned = 1 / 4 + muEff + 1 / muEff - 2;
  const c1 = separable
    ? 1 / (n + 2 * Math.sqrt(n) + muEff / n)
    : (2 / ((n + 1.3) ** 2 + muEff)) * Math.min(1, lambda / 6);
  const cmu = Math.min(
    1 - c1,
    separable ? learned / (n + 4 * Math.sqrt(n) + muEff / 2) : (2 * learned) / ((n + 2) ** 2 + muEff),
  );
  const cc = separable
    ? (1 + 1 / n + muEff / n) / (Math.sqrt(n) + 1 / n + (2 * muEff) / n)
    : (4 + muEff / n) / (n + 4 + (2 * muEff) / n);
  const cs = (muEff + 2) / (n + muEff + 3);
  const ds = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cs;
  const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  const alpha = Math.min(1 + c1 / cmu, 1 + (2 * muEffMinus) / (muEff + 2), (1 - c1 - cmu) / (n * cmu));
  const positive = total(raw.filter((w) => w > 0));
  const negative = -total(raw.filter((w) => w < 0));
  const w = raw.map((x) => (x >= 0 ? x / positive : (x * alpha) / negative));

  const evd = new EigenvalueDecomposition(new Matrix(state.c), { assumeSymmetric: true });
  const v = evd.eigenvectorMatrix;
  const inverseRoot = v
    .mmul(Matrix.diag(evd.realEigenvalues.map((x) => 1 / Math.sqrt(x))))
    .mmul(v.transpose())
    .to2DArray();

  const ys = xs.map((x) => x.map((value, i) => (value - state.m[i]!) / state.sigma));
  const yw = state.m.map((_, i) => total(ys.slice(0, mu).map((y, k) => w[k]! * y[i]!)));
  const m = state.m.map((value, i) => value + state.sigma * yw[i]!);
  const white = times(inverseRoot, yw);
  const ps = state.ps.map((p, i) => (1 - cs) * p + Math.sqrt(cs * (2 - cs) * muEff) * white[i]!);
  const g = state.g + 1;
  const h = dot(ps, ps) / (1 - (1 - cs) ** (2 * g)) / n < 2 + 4 / (n + 1) ? 1 : 0;
  const pc = state.pc.map((p, i) => (1 - cc) * p + h * Math.sqrt(cc * (2 - cc) * muEff) * yw[i]!);
  const wo = w.map((weight, k) => {
    const z = times(inverseRoot, ys[k]!);
    return weight >= 0 ? weight : (weight * n) / dot(z, z);
  });
  const rankOne = outer(pc);
  const rankMu = ys.map(outer);
  const keep = 1 + c1 * (1 - h) * cc * (2 - cc) - c1 - cmu * total(w);
  const c = state.c.map((row, i) =>
    row.map((entry, j) => {
      const added = c1 * rankOne[i]![j]! + cmu * total(wo.map((weight, k) => weight * rankMu[k]![i]![j]!));
      if (separable) return i === j ? entry * Math.exp(keep - 1 + added / entry) : 0;
      return keep * entry + added;
    }),
  );
  const sigma = state.sigma * Math.exp(Math.min(1, (cs / ds) * (Math.sqrt(dot(ps, ps)) / chi - 1)));
  return { m, sigma, c, ps, pc, g };
}

/** The state of a snapshot, C written out. */
function stateOf(snapshot: Snapshot, n: number): Omit<State, 'g'> {
  const search = snapshot.search as Snapshot;
  const { lower, variances } = search.covariance as Record<string, Float64Array | undefined>;
  const c = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      if (variances) return i === j ? variances[i]! : 0;
      const [row, column] = [Math.max(i, j), Math.min(i, j)];
      return lower![(row * (row + 1)) / 2 + column]!;
    }),
  );
  const numbers = (value: unknown) => [...(value as Float64Array)];
  return {
    m: numbers(search.mean),
    sigma: search.sigma as number,
    c,
    ps: numbers(search.stepPath),
    pc: numbers(search.path),
  };
}

const relative = (ours: readonly number[], theirs: readonly number[]) => {
  const size = Math.max(...theirs.map(Math.abs));
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!))) / (size || 1);
};

describe('the iteration', () => {
  const cases: [about: string, n: number, options: Parameters<typeof create>[1]][] = [
    ['full', 8, { covariance: 'full' }],
    ['full, 12 genes, 5 candidates', 12, { covariance: 'full', population: 5 }],
    ['separable', 8, { covariance: 'separable' }],
  ];

  it.each(cases)('%s: is that of the equations for 50 steps', (_about, n, options) => {
    const { step } = problem(n, { step: 1 });
    const strategy = create(
      { ...problem(n, { start: 1 }), step },
      { ...options, stop: endless, sigma0: 0.7 },
    );
    const zeros = Array.from({ length: n }, () => 0);
    let state: State = {
      m: zeros.map(() => 1),
      sigma: 0.7,
      c: zeros.map((_, i) => zeros.map((_, j) => (i === j ? 1 : 0))),
      ps: zeros,
      pc: zeros,
      g: 0,
    };
    for (let g = 0; g < 50; g++) {
      const { asked } = minimise(strategy, ellipsoid, 1);
      const xs = asked[0]!
        .map((x) => ({ x, f: ellipsoid(Float64Array.from(x), 0) }))
        .sort((a, b) => a.f - b.f)
        .map(({ x }) => x);
      state = literalStep(state, xs, options.covariance === 'separable');
      const ours = stateOf(strategy.snapshot(), n);
      expect(relative(ours.m, state.m)).toBeLessThan(1e-12);
      expect(relative([ours.sigma], [state.sigma])).toBeLessThan(1e-12);
      expect(relative(ours.ps, state.ps)).toBeLessThan(1e-12);
      expect(relative(ours.pc, state.pc)).toBeLessThan(1e-12);
      expect(relative(ours.c.flat(), state.c.flat())).toBeLessThan(1e-12);
    }
  });

  it('sees ranks alone: scores times 8 or bent in order give the same bits', () => {
    const run = (bend: (f: number) => number, covariance: 'full' | 'separable') =>
      minimise(create(problem(6), { covariance, stop: endless }), (x, i) => bend(ellipsoid(x, i)), 120).asked;
    for (const covariance of ['full', 'separable'] as const) {
      const plain = run((f) => f, covariance);
      expect(run((f) => 8 * f, covariance)).toStrictEqual(plain);
      expect(run((f) => f * f * f, covariance)).toStrictEqual(plain);
    }
  });

  it('goes on to the bit from between two decompositions', () => {
    // 120 genes are decomposed every second step.
    expect(parametersOf(120, 18, 'full', true).decomposeEvery).toBe(2);
    const unbroken = create(problem(120), {});
    for (let round = 0; round < 3; round++) {
      minimise(unbroken, ellipsoid, 1);
      const resumed = restore(problem(120), {}, unbroken.snapshot());
      const copy = restore(problem(120), {}, unbroken.snapshot());
      expect(minimise(resumed, ellipsoid, 3).asked).toStrictEqual(minimise(copy, ellipsoid, 3).asked);
      const next = restore(problem(120), {}, unbroken.snapshot());
      expect(minimise(next, ellipsoid, 1).asked).toStrictEqual(minimise(unbroken, ellipsoid, 1).asked);
      expect(next.snapshot()).toStrictEqual(unbroken.snapshot());
    }
  });

  it('drifts nowhere on a random function', () => {
    const seeds = Array.from({ length: 15 }, (_, i) => `drift ${i}`);
    const drifts = seeds.map((seed) => {
      const strategy = create(problem(10, { step: 1 }), { sigma0: 0.1, stop: endless }, seed);
      const noise = RandomStream.from(`noise ${seed}`);
      minimise(strategy, () => noise.uniform(), 100);
      return Math.log((strategy.snapshot().search as { sigma: number }).sigma / 0.1);
    });
    const sd = populationSd(drifts);
    expect(Math.abs(mean(drifts))).toBeLessThan((3 * sd) / Math.sqrt(15) + 0.3);
  });

  it('spreads its axes on a random function for 1000 steps, and stays sound', () => {
    const strategy = create(problem(10, { step: 1 }), { sigma0: 0.1, stop: endless });
    const noise = RandomStream.from('long noise');
    const axes = () => {
      const evd = new EigenvalueDecomposition(new Matrix(stateOf(strategy.snapshot(), 10).c), {
        assumeSymmetric: true,
      });
      return evd.realEigenvalues.map(Math.sqrt).sort((a, b) => a - b);
    };
    minimise(strategy, () => noise.uniform(), 100);
    const early = axes()[9]! / axes()[0]!;
    minimise(strategy, () => noise.uniform(), 900);
    expect(axes().every((axis) => axis > 0 && axis < Infinity)).toBe(true);
    expect(axes()[9]! / axes()[0]!).toBeGreaterThan(2 * early);
  });
});

describe('parameters', () => {
  it('has the default population of every size', () => {
    const sizes = [1, 2, 5, 10, 20, 100, 3682];
    expect(sizes.map((n) => Math.floor(defaultPopulation(n)))).toEqual([4, 6, 8, 10, 12, 17, 28]);
  });

  it('learns with weights that add up, and never takes more than it has', () => {
    for (const n of [1, 2, 3, 10, 100, 1000]) {
      for (const population of [2, 3, 4, 5, 10, 17, 300, 3000]) {
        for (const kind of ['full', 'separable'] as const) {
          const p = parametersOf(n, population, kind, true);
          const positive = p.weights.slice(0, p.parents).reduce((a, b) => a + b, 0);
          const negative = p.weights.slice(p.parents).reduce((a, b) => a + b, 0);
          expect(positive).toBeCloseTo(1, 12);
          expect(negative).toBeLessThanOrEqual(0);
          const { rankOneRate: c1, rankMuRate: cmu } = p;
          expect(c1 + cmu).toBeLessThanOrEqual(1 + 1e-12);
          // What is left of C after the worst step along one axis.
          expect(1 - c1 - cmu + n * cmu * negative).toBeGreaterThanOrEqual(-1e-12);
          expect(p.weights.every((w, i) => (i < p.parents ? w > 0 : w <= 0))).toBe(true);
        }
      }
    }
  });

  it('learns from the better half alone where it is told to', () => {
    const { weights, parents } = parametersOf(10, 10, 'full', false);
    expect([...weights.slice(parents)].every((w) => w === 0)).toBe(true);
  });
});

describe('failures', () => {
  const parameters = parametersOf(10, 10, 'full', true);

  it('are never parents, and share what is unlearned', () => {
    for (let ranked = 1; ranked < 10; ranked++) {
      const { weights, effective } = weightsFor(parameters, ranked);
      const parents = Math.min(5, ranked);
      expect(weights.slice(0, parents).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(effective).toBeLessThanOrEqual(parents + 1e-12);
      expect(new Set(weights.slice(ranked)).size).toBe(1);
      expect(weights.at(-1)).toBeLessThanOrEqual(0);
      const all = (of: Float64Array) => of.reduce((a, b) => a + b, 0);
      expect(all(weights)).toBeCloseTo(all(parameters.weights), 12);
    }
    expect(weightsFor(parameters, 10).weights).toBe(parameters.weights);
  });

  it('teach nothing where there is nothing else', () => {
    const strategy = create(problem(5), { stop: endless });
    minimise(strategy, ellipsoid, 20);
    const before = stateOf(strategy.snapshot(), 5);
    minimise(strategy, () => Number.NaN, 10);
    expect(stateOf(strategy.snapshot(), 5)).toEqual(before);
  });

  it.each(['full', 'separable'] as const)('do not keep a %s search from its optimum', (covariance) => {
    const noise = RandomStream.from('failures');
    const flaky: F = (x, i) => (noise.uniform() < 0.4 ? Number.NaN : ellipsoid(x, i));
    expect(minimise(create(problem(5), { covariance }), flaky, 1500).best).toBeLessThan(1e-9);
  });

  it('leave C sound where half of the space fails, the optimum on its edge', () => {
    const walled: F = (x, i) => (x[0]! < 1 ? Number.NaN : sphere(x, i));
    const { best, at } = minimise(create(problem(5), { stop: endless }), walled, 600);
    expect(best).toBeGreaterThanOrEqual(1);
    expect(best).toBeLessThan(1 + 1e-6);
    expect(at[0]).toBeCloseTo(1, 6);
  });
});
