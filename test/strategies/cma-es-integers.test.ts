import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../src/math/normal.js';
import type { Covariance } from '../../src/strategies/cma-es/covariance.js';
import { Margin } from '../../src/strategies/cma-es/margin.js';
import { beginSearch, type MinimizeOptions, minimize } from '../../src/strategies/minimize.js';

const half = [0, 1, 2, 3, 4];
/** An ellipsoid of ten variables, of which the first five are best at 3 and the others at 0.3. */
const ellipsoid = (condition: number) => (x: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += condition ** (i / 9) * (x[i]! - (half.includes(i) ? 3 : 0.3)) ** 2;
  return sum;
};
const away = new Array(10).fill(-7);
const setting = (seed: number): MinimizeOptions => ({
  ...{ low: -10, high: 10, evaluations: 20_000, target: 1e-8, seed },
});

describe('cma-es among integers', () => {
  it.each([
    1, 1e6,
  ])('finds the best of ten variables, five of them integers, of condition %f', async (condition) => {
    for (let seed = 1; seed <= 6; seed++) {
      const { stopReason, x } = await minimize(ellipsoid(condition), away, {
        ...setting(seed),
        integers: half,
      });
      expect(stopReason).toBe('target');
      expect([...x.slice(0, 5)]).toEqual([3, 3, 3, 3, 3]);
    }
  });

  it('takes the same way with the same seed, to the bit', async () => {
    const { evaluations, f } = await minimize(ellipsoid(1e6), away, { ...setting(1), integers: half });
    expect([evaluations, f]).toEqual([3610, 8.375257795197821e-9]);
  });

  it('does so where rounding alone stands still', async () => {
    const rounded = (x: Float64Array) =>
      ellipsoid(1e6)(x.map((value, i) => (half.includes(i) ? Math.round(value) : value)));
    for (let seed = 1; seed <= 6; seed++)
      expect((await minimize(rounded, away, setting(seed))).stopReason).not.toBe('target');
  });

  it('leaves the other levels a probability of 1 / (n lambda) at least, and what leaves it more as it is', () => {
    const [population, deviation] = [10, 0.01];
    const covariance = { variance: () => 1 } as unknown as Covariance;
    const integers = [
      { at: 0, unit: 1, low: -5, high: 5 },
      { at: 1, unit: 0.5, low: 0, high: 1 },
      { at: 2, unit: 1, low: -5, high: 5 },
    ];
    const margin = Margin.begin(integers, 4, population);
    const mean = Float64Array.of(2.2, 1.9, 2.5 - deviation / 2, 7);
    margin.correct(mean, deviation, covariance);
    const least = 1 / (4 * population);
    const beyond = (border: number, x: number, scale: number) =>
      normalCumulative(-Math.abs(border - x) / (deviation * scale));
    // Both sides of an inner level: the one that was nearer, and so likelier, is not above its least either.
    expect(beyond(2.5, mean[0]!, margin.scale[0]!)).toBeCloseTo(least / 2, 12);
    expect(beyond(1.5, mean[0]!, margin.scale[0]!)).toBeCloseTo(least / 2, 12);
    // The last level: the mean comes near the border, and A stays.
    expect(beyond(0.5, mean[1]! * 0.5, 0.5 * margin.scale[1]!)).toBeCloseTo(least, 12);
    expect(margin.scale[1]).toBe(1);
    // Half of its share: the upper side keeps more than its least.
    expect(beyond(2.5, mean[2]!, margin.scale[2]!)).toBeGreaterThan(0.2);
    expect(beyond(1.5, mean[2]!, margin.scale[2]!)).toBeCloseTo(least / 2, 12);
    expect([mean[3], margin.scale[3]]).toEqual([7, 1]);

    const [before, scale] = [mean.slice(), margin.scale.slice()];
    margin.correct(mean, 10 * deviation, covariance);
    expect([mean[0], mean[2]]).toEqual([before[0], before[2]]);
    expect(margin.scale).toEqual(scale);
  });

  it.each([
    1, 2, 3,
  ])('waits for the other level of %i variables where a whole step scores the same', async (genes) => {
    for (let seed = 1; seed <= 10; seed++) {
      const { f } = await minimize(
        (x) => x.reduce((sum, value) => sum + (value - 1) * (value - 1), 0),
        Array.from({ length: genes }, () => 0),
        { low: 0, high: 1, integers: true, evaluations: 500, seed },
      );
      expect([seed, f]).toEqual([seed, 0]);
    }
  });

  it('refuses integers that do not fit, by their field', () => {
    const begin = (options: Parameters<typeof beginSearch>[1]) => () => beginSearch([0, 0], options);
    expect(begin({ low: -1, high: 1, integers: [2] })).toThrow(
      'integers[0]: expected an index from 0 to 1, found 2',
    );
    expect(begin({ low: -1.5, high: 1, integers: true })).toThrow(
      'low[0]: expected a whole number: the variable is an integer',
    );
    expect(begin({ high: 1, step: 1, integers: [1] })).toThrow('low[1]: expected a whole number');
    expect(begin({ low: -1, high: 1, integers: [0], strategy: 'de' })).toThrow(
      'the strategy "de" searches real genes, and 1 gene here is an integer (first: x[0]). Use cgp, cma-es, ga, ',
    );
    const solutions = Array.from({ length: 20 }, () => ({ x: [0.5, 0], f: 1 }));
    expect(begin({ low: -1, high: 1, integers: [0], warmStart: { solutions } })).toThrow(
      'warmStart.solutions[0].x[0]: expected a whole number',
    );
  });
});
