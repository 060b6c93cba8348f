import { describe, expect, it } from 'vitest';
import { runCell } from '../../src/bench/strategies.js';
import { RandomStream } from '../../src/math/random.js';
import { cmaEs } from '../../src/strategies/cma-es.js';
import type { Problem } from '../../src/strategies/strategy.js';
import { create, ellipsoid, endless, type F, minimise, problem, restore, sphere } from './cma-es-parts.js';

const stream = (seed: string) => {
  const random = RandomStream.from(seed);
  return () => random.uniform();
};

/** A small case for each criterion: it alone is on, and the search is driven into it. */
const cases: [name: string, stop: object, f: () => F, most: number, threshold: string][] = [
  ['tolfun', { tolfun: 1e-6 }, () => (x, i) => 5 + sphere(x, i), 300, 'below 0.000001'],
  ['tolfunhist', { tolfunhist: 1e-12 }, () => (_x, index) => index, 40, 'below 1e-12'],
  ['tolfunrel', { tolfunrel: 1e-3 }, () => (x, i) => 5 + sphere(x, i), 300, 'below 0.001'],
  ['upsigma', { upsigma: 100 }, () => (x) => -x[0]!, 200, 'above 100'],
  ['xstagnation', { xstagnation: 1e-3 }, () => sphere, 400, 'more than \\d+(\\.\\d+)?'],
  ['tolx', { tolx: 1e-8 }, () => sphere, 500, 'below 1e-8'],
  ['tolfacupx', { tolfacupx: 100 }, () => (x) => -x[0]!, 200, 'above 100'],
  ['conditioncov', { conditioncov: 1e4 }, () => ellipsoid, 500, 'above 10000'],
  [
    'noeffectaxis',
    { noeffectaxis: true },
    () => (x) => x.reduce((sum, value) => sum + (value - 3) ** 2, 0),
    900,
    'threshold 0',
  ],
  [
    'noeffectcoord',
    { noeffectcoord: true },
    () => (x) => x.reduce((sum, value) => sum + (value - 3) ** 2, 0),
    900,
    'threshold 0',
  ],
  ['stagnation', { stagnation: true }, () => stream('noise'), 3000, 'threshold 0'],
  ['flatfitness', { flatfitness: 3 }, () => () => 7, 20, 'more than 3'],
  ['maxiter', { maxiter: 7 }, () => ellipsoid, 20, 'of 7'],
];

describe.each(cases)('%s', (name, stop, f, most, threshold) => {
  it.each(['full', 'separable'] as const)('ends a %s search, and says by what', (covariance) => {
    const strategy = create(problem(4), { covariance, stop: { ...endless, ...stop } });
    const { asked } = minimise(strategy, f(), most);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(most);
    expect(strategy.stopped).toMatch(new RegExp(`^${name}: .*\\d.*${threshold}$`));
  });

  it('can be switched off', () => {
    const off = { [name]: name === 'stagnation' || name.startsWith('noeffect') ? false : null };
    const strategy = create(problem(4), { stop: { ...endless, ...stop, ...off } });
    minimise(strategy, f(), Math.min(most, 400));
    expect(strategy.stopped).toBeUndefined();
  });
});

describe('stopping', () => {
  it('comes about at the usual optimum by the usual thresholds', () => {
    const strategy = create(problem(6), {});
    expect(minimise(strategy, ellipsoid, 5000).best).toBeLessThan(1e-9);
    expect(strategy.stopped).toMatch(/^tolfun: scores within .*, below 1e-11$/);
  });

  it.each([5, 14])('does not mistake learning for stagnation, seed %d', (seed) => {
    // With a history of 120 + 30 n / population steps these two end at f = 300 and 400.
    const settings = cmaEs.options.parse({ active: false });
    const strategy = {
      name: 'cma-es',
      create: (of: Problem, name: string) => cmaEs.create(of, settings, name),
    };
    const cell = { function: 'discus', genes: 20, target: 1e-9, maxEvaluations: 30_000 } as const;
    expect(runCell(strategy, cell, seed)).toMatchObject({ success: true, stopped: null });
  });

  it('allows 100 + 150 (n + 3)^2 / sqrt(population) steps', () => {
    const strategy = create(problem(1), { population: 16, stop: { ...endless, maxiter: 'default' } });
    const noise = stream('steps');
    expect(minimise(strategy, () => noise(), 2000).asked).toHaveLength(100 + (150 * 16) / 4);
  });

  it('takes three quarters of the scores for all', () => {
    const flat = (equal: number) => {
      const strategy = create(problem(5), { stop: { ...endless, flatfitness: 1 } });
      minimise(strategy, (_x, index) => (index < equal ? 0 : index), 5);
      return strategy.stopped;
    };
    expect(flat(7)).toMatch(/^flatfitness: equal scores for 2 steps/);
    expect(flat(6)).toBeUndefined();
  });

  it('measures growth from the first deviation after a restore too', () => {
    const options = { sigma0: 50, stop: { ...endless, tolfacupx: 30 } };
    const uphill: F = (x) => -x[0]!;
    const unbroken = create(problem(3), options);
    minimise(unbroken, uphill, 3);
    const resumed = restore(problem(3), options, unbroken.snapshot());
    expect(minimise(resumed, uphill, 200).asked).toEqual(minimise(unbroken, uphill, 200).asked);
    expect(resumed.stopped).toMatch(/^tolfacupx/);
    expect(resumed.stopped).toBe(unbroken.stopped);
  });

  it('counts failures as no reason to end', () => {
    const strategy = create(problem(3), { stop: { ...endless, tolfun: 1, tolfunhist: 1, flatfitness: 1 } });
    minimise(strategy, () => Number.NaN, 50);
    expect(strategy.stopped).toBeUndefined();
  });

  it('ends a search that runs away, whatever is switched off', () => {
    const strategy = create(problem(2), { stop: endless });
    const { asked } = minimise(strategy, (x) => -x[0]!, 5000);
    expect(strategy.stopped).toMatch(/^overflow: /);
    expect(asked.flat(2).every(Number.isFinite)).toBe(true);
  });
});
