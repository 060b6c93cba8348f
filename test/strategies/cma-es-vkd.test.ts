import { describe, expect, it } from 'vitest';
import { runCell } from '../../src/bench/strategies.js';
import { RandomStream } from '../../src/math/random.js';
import { parametersOf } from '../../src/strategies/cma-es/parameters.js';
import { RestrictedCovariance } from '../../src/strategies/cma-es/restricted.js';
import { cmaEs } from '../../src/strategies/cma-es.js';
import type { Problem } from '../../src/strategies/strategy.js';
import { create, ellipsoid, endless, minimise, problem, restore } from './cma-es-parts.js';

const run = (covariance: 'vkd' | 'separable', name: 'cigar-rotated' | 'rosenbrock', most: number) => {
  const parsed = cmaEs.options.parse({ covariance });
  const strategy = { name: 'cma-es', create: (of: Problem, seed: string) => cmaEs.create(of, parsed, seed) };
  return runCell(strategy, { function: name, genes: 12, target: 1e-9, maxEvaluations: most }, 1);
};

describe('directions across genes', () => {
  it('find a valley that variances alone do not', () => {
    expect(run('vkd', 'cigar-rotated', 8000).success).toBe(true);
    expect(run('separable', 'cigar-rotated', 8000).success).toBe(false);
    expect(run('vkd', 'rosenbrock', 20_000).success).toBe(true);
  });

  it('keep C_ii, and stay orthonormal where they are in use', () => {
    const genes = 12;
    const covariance = RestrictedCovariance.identity(genes, 4);
    const stream = RandomStream.from('projection');
    const parameters = parametersOf(genes, 10, 'vkd', true, 1);
    const variances = new Float64Array(genes).fill(1);
    for (let step = 1; step <= 60; step++) {
      const y = new Float64Array(10 * genes);
      const path = new Float64Array(genes);
      stream.normals(y);
      stream.normals(path);
      // Along one direction, candidates lie far apart.
      for (let k = 0; k < 10; k++) for (let i = 0; i < genes; i++) y[k * genes + i]! += 9 * y[k * genes]!;
      const factors = new Float64Array(10).fill(0.02);
      covariance.update({ parameters, keep: 0.75, path, factors, y, step });
      for (let i = 0; i < genes; i++) {
        let learned = 0.75 * variances[i]! + parameters.rankOneRate * path[i]! ** 2;
        for (let k = 0; k < 10; k++) learned += 0.02 * y[k * genes + i]! ** 2;
        variances[i] = learned;
        expect(covariance.variance(i) / learned).toBeCloseTo(1, 12);
      }
    }
    const { vectors, excess, deviations } = covariance.snapshot() as Record<string, Float64Array>;
    expect(covariance.directions).toBeGreaterThan(1);
    for (let a = 0; a < excess!.length; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < genes; i++) product += vectors![a * genes + i]! * vectors![b * genes + i]!;
        expect(product).toBeCloseTo(a === b ? 1 : 0, 9);
      }
    }
    // C_ii of what candidates are drawn from.
    const rows = new Float64Array(genes * genes);
    for (let i = 0; i < genes; i++) rows[i * genes + i] = 1;
    covariance.shape(rows);
    for (let i = 0; i < genes; i++) {
      let variance = 0;
      for (let k = 0; k < genes; k++) variance += rows[k * genes + i]! ** 2;
      expect(variance / variances[i]!).toBeCloseTo(1, 9);
    }
    expect(deviations!.every((value) => value > 0)).toBe(true);
    const there = Float64Array.from({ length: genes }, (_, i) => i - 4);
    const back = there.slice();
    covariance.shape(back);
    covariance.whiten(back);
    for (let i = 0; i < genes; i++) expect(back[i]).toBeCloseTo(there[i]!, 9);
  });

  it('go on to the bit, also where their number changes', () => {
    const options = { covariance: 'vkd', stop: endless } as const;
    const unbroken = create(problem(10), options);
    minimise(unbroken, ellipsoid, 150);
    const resumed = restore(problem(10), options, unbroken.snapshot());
    expect(minimise(resumed, ellipsoid, 150).asked).toStrictEqual(minimise(unbroken, ellipsoid, 150).asked);
    expect(resumed.snapshot()).toStrictEqual(unbroken.snapshot());
  });
});
