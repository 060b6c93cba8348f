import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../src/bench/functions.js';
import { type BenchStrategy, benchCell } from '../../src/bench/strategies.js';
import { cmaEs } from '../../src/strategies/cma-es.js';

function strategyOf(options: Parameters<typeof cmaEs.options.parse>[0]): BenchStrategy {
  const parsed = cmaEs.options.parse(options);
  return { name: 'cma-es', create: (problem, seed) => cmaEs.create(problem, parsed, seed) };
}

const median = (strategy: BenchStrategy, name: FunctionName, genes: number, seeds: number) => {
  const cell = { function: name, genes, target: 1e-9, maxEvaluations: 200_000 };
  const { medianEvaluations, successes } = benchCell(strategy, cell, seeds);
  return { evaluations: medianEvaluations ?? Infinity, successes };
};

/**
 * Medians of pycma 4.4.0 over 15 seeds, from x0 = 3 with sigma0 = 2 to f < 1e-9. Within a cell the deviation is 3-6 %;
 * the margin is 15 %, for five seeds. An update that is wrong in one term misses it on one of these functions or
 * another: without negative weights discus takes 1.7 times as long, without the rank-one update cigar does.
 */
const published: [kind: string, options: object, name: FunctionName, genes: number, evaluations: number][] = [
  ['full', {}, 'sphere', 10, 1648],
  ['full', {}, 'cigar', 10, 4066],
  ['full', {}, 'discus', 10, 3301],
  ['full', {}, 'ellipsoid', 5, 1589],
  ['full', {}, 'ellipsoid', 10, 4323],
  ['full', {}, 'ellipsoid-rotated', 10, 4323],
  ['full', {}, 'diffpow10', 10, 1936],
  ['positive weights', { active: false }, 'discus', 10, 5510],
  ['positive weights', { active: false }, 'ellipsoid', 10, 5750],
  ['separable', { covariance: 'separable' }, 'sphere', 10, 1342],
  ['separable', { covariance: 'separable' }, 'ellipsoid', 10, 2326],
  ['separable', { covariance: 'separable' }, 'discus', 10, 1980],
  ['separable', { covariance: 'separable' }, 'cigar', 10, 2515],
];

describe('evaluations to the target', () => {
  it.each(published)('%s %o on %s of %d genes: about %d', (_kind, options, name, genes, evaluations) => {
    const ours = median(strategyOf(options), name, genes, 5);
    expect(ours.successes).toBe(5);
    expect(ours.evaluations / evaluations).toBeGreaterThan(0.85);
    expect(ours.evaluations / evaluations).toBeLessThan(1.15);
  });

  it('does not depend on how the axes lie, unless variances alone are learned', () => {
    const full = strategyOf({});
    const turned = median(full, 'ellipsoid-rotated', 10, 15).evaluations;
    const ratio = turned / median(full, 'ellipsoid', 10, 15).evaluations;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    const separable = strategyOf({ covariance: 'separable' });
    expect(median(separable, 'ellipsoid', 6, 3).successes).toBe(3);
    const cell = { function: 'ellipsoid-rotated', genes: 6, target: 1e-9, maxEvaluations: 5000 } as const;
    expect(benchCell(separable, cell, 3).successes).toBe(0);
  });

  it('reaches the bottom of a bent valley', () => {
    const { successes, evaluations } = median(strategyOf({}), 'rosenbrock', 5, 10);
    expect(successes).toBeGreaterThanOrEqual(6);
    expect(evaluations / 2014).toBeGreaterThan(0.8);
    expect(evaluations / 2014).toBeLessThan(1.2);
  });
});
