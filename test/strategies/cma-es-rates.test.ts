import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { stopOptions } from '../../src/strategies/cma-es/options.js';
import { cmaEs } from '../../src/strategies/cma-es.js';
import { create, endless, minimise, problem, restore, sphere } from './cma-es-parts.js';

const noisySphere = (seed: string) => {
  const stream = RandomStream.from(seed);
  return (x: Readonly<Float64Array>) => sphere(x, 0) + stream.normal();
};

describe.each(['full', 'separable'] as const)('learning rates of a %s search', (covariance) => {
  const adapted = { covariance, learningRates: 'adapted', stop: endless } as const;
  const rates = (strategy: ReturnType<typeof create>) => {
    const { mean, shape } = (strategy.snapshot().search as { rates: Record<string, { value: number }> })
      .rates;
    return [mean!.value, shape!.value];
  };

  it('fall where noise decides, so that the mean comes nearer the optimum', () => {
    const distance = (learningRates: 'fixed' | 'adapted', seed: string) => {
      const strategy = create(problem(5), { ...adapted, learningRates }, seed);
      minimise(strategy, noisySphere(seed), 300);
      const { mean } = strategy.snapshot().search as { mean: Float64Array };
      return Math.sqrt(sphere(mean, 0));
    };
    const seeds = ['a', 'b', 'c'];
    const middle = (rate: 'fixed' | 'adapted') =>
      seeds.map((seed) => distance(rate, seed)).sort((a, b) => a - b)[1]!;
    expect(middle('adapted')).toBeLessThan(middle('fixed') / 2);
  });

  it('stay at or below 1, and lower with noise than without', () => {
    const noisy = create(problem(5), adapted);
    minimise(noisy, noisySphere('noise'), 500);
    const clear = create(problem(5), adapted);
    minimise(clear, sphere, 150);
    rates(noisy).forEach((rate, i) => {
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThan(rates(clear)[i]! / 2);
      expect(rates(clear)[i]).toBeLessThanOrEqual(1);
    });
  });

  it('go on to the bit', () => {
    const unbroken = create(problem(5), adapted);
    minimise(unbroken, noisySphere('one'), 60);
    const resumed = restore(problem(5), adapted, unbroken.snapshot());
    expect(minimise(resumed, noisySphere('two'), 60).asked).toStrictEqual(
      minimise(unbroken, noisySphere('two'), 60).asked,
    );
    expect(resumed.snapshot()).toStrictEqual(unbroken.snapshot());
  });
});

it('adapted rates have no place in vkd, which says so', () => {
  const both = { covariance: 'vkd', learningRates: 'adapted' } as const;
  const refusal = 'learningRates: "adapted" goes with covariance=full or separable, and covariance is vkd';
  expect(() => create(problem(5), both)).toThrow(refusal);
  expect(cmaEs.fault(problem(5), cmaEs.options.parse(both))).toContain(refusal);
  expect(cmaEs.fault(problem(5), cmaEs.options.parse({ learningRates: 'adapted' }))).toBeUndefined();
});

it('every test of the end is off by null, and by false', () => {
  const names = Object.keys(stopOptions.parse({}));
  const off = (value: null | false) =>
    stopOptions.parse(Object.fromEntries(names.map((name) => [name, value])));
  expect(off(false)).toEqual(off(null));
  expect(Object.values(off(null)).some(Boolean)).toBe(false);
});
