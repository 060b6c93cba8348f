import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianDifferenceInterval, medianInterval } from '../../src/math/median-interval.js';
import { RandomStream } from '../../src/math/random.js';
import { expectedRunningTime, runningTimeInterval } from '../../src/math/running-time.js';
import { fisherExact, wilsonInterval } from '../../src/math/shares.js';
import { median } from '../../src/math/statistics.js';

/** Medians of all n^n resamples, each as probable as the others. */
function allMedians(values: readonly number[]): number[] {
  const n = values.length;
  return Array.from({ length: n ** n }, (_, code) => {
    let left = code;
    return median(
      Array.from({ length: n }, () => {
        const at = left % n;
        left = Math.floor(left / n);
        return values[at]!;
      }),
    );
  }).sort((a, b) => a - b);
}

const endsOf = (sorted: readonly number[]) => {
  const beyond = 0.025 * sorted.length;
  return { low: sorted[Math.ceil(beyond) - 1], high: sorted[sorted.length - Math.ceil(beyond)] };
};

const numbers = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 60 }), { minLength: least, maxLength: most });

describe('the interval of a median', () => {
  it('is that of all resamples', () => {
    fc.assert(
      fc.property(numbers(1, 6), (values) => {
        expect(medianInterval(values)).toEqual(endsOf(allMedians(values)));
      }),
      { numRuns: 40 },
    );
    expect(medianInterval([])).toEqual({ low: NaN, high: NaN });
  });

  it('of a difference is that of all pairs of resamples', () => {
    fc.assert(
      fc.property(numbers(1, 4), numbers(1, 4), (first, second) => {
        const [a, b] = [allMedians(first), allMedians(second)];
        const differences = a.flatMap((one) => b.map((other) => one - other)).sort((x, y) => x - y);
        const { low, high } = medianDifferenceInterval(first, second);
        const ends = endsOf(differences);
        expect(low).toBeCloseTo(ends.low!, 9);
        expect(high).toBeCloseTo(ends.high!, 9);
      }),
      { numRuns: 40 },
    );
    expect(medianDifferenceInterval([1], [])).toEqual({ low: NaN, high: NaN });
  });

  it('holds the median of what ten values were drawn from about 95 times in 100', () => {
    const stream = RandomStream.from('coverage of medians');
    const held = (draw: () => number, truth: number, n: number) => {
      let times = 0;
      for (let i = 0; i < 2000; i++) {
        const { low, high } = medianInterval(Array.from({ length: n }, draw));
        if (low <= truth && truth <= high) times += 1;
      }
      return times / 2000;
    };
    // Four standard errors of 2000 draws are 0.02.
    for (const n of [10, 20]) {
      expect(held(() => stream.normal(), 0, n)).toBeGreaterThan(0.93);
      expect(held(() => stream.normal() * stream.normal() * 5 + 1, 1, n)).toBeLessThan(0.99);
      expect(held(() => -Math.log(1 - stream.uniform()), Math.LN2, n)).toBeGreaterThan(0.93);
    }
    const five = held(() => stream.normal(), 0, 5);
    // From the least to the greatest: 1 - 2 / 2^5.
    expect(Math.abs(five - 0.9375)).toBeLessThan(0.022);
    expect(medianInterval([4, 1, 3, 2, 5])).toEqual({ low: 1, high: 5 });
  });

  it('stays finite and in the values where they are many', () => {
    const values = Array.from({ length: 1500 }, (_, i) => (i * 7) % 1500);
    const { low, high } = medianInterval(values);
    expect(low).toBeGreaterThan(690);
    expect(high).toBeLessThan(810);
    expect(high - low).toBeGreaterThan(50);
  });
});

describe('the interval of a share', () => {
  it('is that of Wilson', () => {
    // Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3.
    for (const [hits, of, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = wilsonInterval(hits, of);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
    expect(wilsonInterval(20, 20).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: NaN, high: NaN });
  });
});

describe("Fisher's exact test", () => {
  it('gives the values of published examples', () => {
    // Agresti 2002, p. 92: Fisher's tea drinker, 3 of 4 against 1 of 4: p = 0.4857. Ten of twelve against one of twelve
    // (scipy's documentation has the table 1, 9; 11, 3): p = 0.002759.
    expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
    expect(fisherExact(1, 10, 11, 14)).toBeCloseTo(0.002759456185, 10);
    expect(fisherExact(15, 15, 15, 15)).toBe(1);
    expect(fisherExact(0, 8, 8, 8)).toBeCloseTo(2 / 12870, 15);
  });

  it('agrees with the sum over all tables', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, fc.nat(), fc.nat(), (of1, of2, a, b) => {
        const [hits1, hits2] = [a % (of1 + 1), b % (of2 + 1)];
        const hits = hits1 + hits2;
        const likelihood = (x: number) =>
          x > hits || x > of1 || hits - x > of2
            ? 0
            : (choose(of1, x) * choose(of2, hits - x)) / choose(of1 + of2, hits);
        let p = 0;
        for (let x = 0; x <= of1; x++) {
          if (likelihood(x) <= likelihood(hits1) * (1 + 1e-9)) p += likelihood(x);
        }
        expect(fisherExact(hits1, of1, hits2, of2)).toBeCloseTo(Math.min(1, p), 10);
      }),
    );
  });
});

describe('the expected running time', () => {
  const attempts = [
    { evaluations: 100, reached: true },
    { evaluations: 300, reached: true },
    { evaluations: 1000, reached: false },
  ];

  it('shares all evaluations among the runs that reached the target', () => {
    expect(expectedRunningTime(attempts)).toBe(700);
    expect(expectedRunningTime([{ evaluations: 50, reached: false }])).toBe(Infinity);
    expect(expectedRunningTime([])).toBe(NaN);
  });

  it('has an interval that is open where resamples without a success are frequent', () => {
    const interval = (runs: typeof attempts, seed = 'one') =>
      runningTimeInterval(runs, RandomStream.from(seed));
    expect(interval(attempts)).toEqual(interval(attempts));
    // One resample of 27 has no success: 3.7 %.
    expect(interval(attempts)).toMatchObject({ high: Infinity });
    const many = Array.from({ length: 6 }, () => attempts).flat();
    const { low, high } = interval(many);
    expect(low).toBeLessThan(700);
    expect(low).toBeGreaterThan(250);
    expect(high).toBeGreaterThan(700);
    expect(high).toBeLessThan(3000);
    expect(interval([{ evaluations: 5, reached: true }])).toEqual({ low: 5, high: 5 });
    expect(interval([])).toEqual({ low: NaN, high: NaN });
  });
});
