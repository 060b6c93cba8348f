import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import {
  ascending,
  bootstrapInterval,
  mean,
  median,
  nearestRank,
  populationSd,
  quantile,
  sampleSd,
  spreadOf,
} from '../../src/math/statistics.js';

describe('mean and deviations', () => {
  it('divide the squares by n - 1 for a sample, by n for the values themselves', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect([mean(values), populationSd(values), sampleSd(values)]).toEqual([5, 2, Math.sqrt(32 / 7)]);
    expect(spreadOf(values)).toEqual({ mean: 5, sd: Math.sqrt(32 / 7), n: 8 });
  });

  it('say NaN where they cannot be told, and store the deviation of one value as 0', () => {
    expect([mean([]), sampleSd([]), sampleSd([3]), populationSd([])]).toEqual([NaN, NaN, NaN, NaN]);
    expect(populationSd([3])).toBe(0);
    expect(spreadOf([3])).toEqual({ mean: 3, sd: 0, n: 1 });
    expect(spreadOf([])).toEqual({ mean: NaN, sd: 0, n: 0 });
  });

  it('add from 0 in the order of the values, to the bit', () => {
    const numbers = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
        expect(mean(values)).toBe(middle);
        expect(mean(Float64Array.from(values))).toBe(middle);
        expect(sampleSd(values)).toBe(Math.sqrt(squares / (values.length - 1)));
        expect(populationSd(values)).toBe(Math.sqrt(squares / values.length));
      }),
    );
    // In another order the last bits differ: what the property above would not see of equal numbers.
    expect(mean([0.1, 0.2, 0.3])).not.toBe(mean([0.3, 0.2, 0.1]));
  });
});

describe('median and quantiles', () => {
  it('take the middle of odd and even numbers of values, and leave the values as they lie', () => {
    const values = [4, 1, 2, 3];
    expect([median([3, 1, 2]), median(values), median([7])]).toEqual([2, 2.5, 7]);
    expect(values).toEqual([4, 1, 2, 3]);
    expect([median([]), quantile([], 0.5), nearestRank([], 0.5)]).toEqual([NaN, NaN, NaN]);
    expect([...ascending([10, 9, -1, Infinity])]).toEqual([-1, 9, 10, Infinity]);
  });

  it('are those of type 7 and of type 1', () => {
    // R: quantile(c(1, 2, 4, 8, 16), c(0, .1, .25, .5, .9, 1), type = 7 and 1)
    const sorted = [1, 2, 4, 8, 16];
    const shares = [0, 0.1, 0.25, 0.5, 0.9, 1];
    const seventh = [1, 1.4, 2, 4, 12.8, 16];
    shares.forEach((share, i) => {
      expect(quantile(sorted, share)).toBeCloseTo(seventh[i]!, 12);
    });
    expect(shares.map((share) => nearestRank(sorted, share))).toEqual([1, 1, 2, 4, 16, 16]);
  });

  it('never leave the values, and grow with the share', () => {
    const numbers = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
      minLength: 1,
      maxLength: 20,
    });
    const share = fc.double({ noNaN: true, min: 0, max: 1 });
    fc.assert(
      fc.property(numbers, share, share, (values, one, other) => {
        const sorted = ascending(values);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const room = 1e-6;
        expect(quantile(sorted, less)).toBeGreaterThanOrEqual(sorted[0]! - room);
        expect(quantile(sorted, more)).toBeLessThanOrEqual(sorted.at(-1)! + room);
        expect(quantile(sorted, less)).toBeLessThanOrEqual(quantile(sorted, more) + room);
        expect(values).toContain(nearestRank(sorted, one));
        expect(quantile(sorted, 0.5)).toBeCloseTo(median(values), 5);
      }),
    );
  });
});

describe('the bootstrap interval', () => {
  const sample = (stream: RandomStream, n: number) => Array.from({ length: n }, () => 3 + stream.normal());

  it('is fixed by values and stream', () => {
    const values = sample(RandomStream.from('values'), 12);
    const interval = (seed: string) => bootstrapInterval(values, RandomStream.from(seed));
    expect(interval('one')).toEqual(interval('one'));
    expect(interval('one')).not.toEqual(interval('two'));
    expect(bootstrapInterval([2, 2, 2], RandomStream.from('one'))).toEqual({ low: 2, high: 2 });
    expect(bootstrapInterval([], RandomStream.from('one'))).toEqual({ low: NaN, high: NaN });
  });

  it('holds the mean that the values were drawn around about 95 times in 100', () => {
    const stream = RandomStream.from('coverage');
    let held = 0;
    for (let i = 0; i < 200; i++) {
      const { low, high } = bootstrapInterval(sample(stream, 25), stream);
      if (low <= 3 && 3 <= high) held += 1;
    }
    // A percentile interval of 25 values covers a little less than it says: 93 in 100; three deviations either way.
    expect(held).toBeGreaterThan(174);
    expect(held).toBeLessThan(197);
  });
});
