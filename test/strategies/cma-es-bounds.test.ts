import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/spec/errors.js';
import { fullMemoryMiB } from '../../src/strategies/cma-es/size.js';
import { fold, unfold } from '../../src/strategies/coordinates.js';
import { create, ellipsoid, minimise, problem } from './cma-es-parts.js';

const finite = (size: number) => fc.double({ min: -size, max: size, noNaN: true, noDefaultInfinity: true });
const box = fc
  .tuple(
    finite(1e3),
    fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    fc.double({ min: 1e-4, max: 1e3, noNaN: true }),
  )
  .chain(([low, width, unit]) =>
    fc.constantFrom(
      { low, high: low + width, unit },
      { low, high: Infinity, unit },
      { low: -Infinity, high: low, unit },
      { low: -Infinity, high: Infinity, unit },
    ),
  );

describe('the fold', () => {
  it('lands within the bounds, from anywhere', () => {
    fc.assert(
      fc.property(box, fc.double({ min: -1e9, max: 1e9, noNaN: true }), ({ low, high, unit }, x) => {
        const gene = fold(x, low, high, unit);
        expect(gene >= low && gene <= high).toBe(true);
      }),
    );
  });

  it('is undone by unfold', () => {
    fc.assert(
      fc.property(box, fc.double({ min: 0, max: 1, noNaN: true }), ({ low, high, unit }, share) => {
        const [from, to] = [Math.max(low, -2e3), Math.min(high, 2e3)];
        const gene = Math.min(to, from + share * (to - from));
        expect(Math.abs(fold(unfold(gene, low, high, unit), low, high, unit) - gene)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is the gene itself away from the bounds, and rises smoothly between the turns', () => {
    expect(fold(3.3, 0, 10, 1)).toBe(3.3);
    expect(fold(0.5, 0, 10, 1)).toBe(0.5);
    expect(fold(9.5, 0, 10, 1)).toBe(9.5);
    const xs = Array.from({ length: 1101 }, (_, i) => -0.5 + i / 100);
    const ys = xs.map((x) => fold(x, 0, 10, 1));
    const slopes = ys.slice(1).map((y, i) => (y - ys[i]!) / 0.01);
    expect(slopes.every((slope) => slope > 0 && slope < 1 + 1e-9)).toBe(true);
    expect(Math.max(...slopes.slice(1).map((slope, i) => Math.abs(slope - slopes[i]!)))).toBeLessThan(0.02);
    expect([ys[0], ys.at(-1)]).toEqual([0, 10]);
  });

  it('repeats itself, there and back', () => {
    for (const x of [-7.7, -1.2, 0.4, 5, 9.9, 11.3]) {
      expect(fold(x + 22, 0, 10, 1)).toBeCloseTo(fold(x, 0, 10, 1), 9);
      expect(fold(-0.5 - (x + 0.5), 0, 10, 1)).toBeCloseTo(fold(x, 0, 10, 1), 9);
    }
  });

  it('bends no more than a twentieth of the range at either end', () => {
    expect(fold(unfold(0.02, 0, 1, 100), 0, 1, 100)).toBeCloseTo(0.02, 12);
    expect([0.05, 0.06, 0.94, 0.95].map((x) => fold(x, 0, 1, 100))).toEqual([0.05, 0.06, 0.94, 0.95]);
    expect(fold(0.04, 0, 1, 100)).toBeGreaterThan(0.04);
    expect(fold(-0.05, 0, 1, 100)).toBe(0);
    expect(fold(1.05, 0, 1, 100)).toBe(1);
  });
});

describe('a bounded search', () => {
  const around = (centre: number) => (x: Readonly<Float64Array>) =>
    ellipsoid(
      x.map((value) => value - centre),
      0,
    );

  it.each([
    ['within', { low: -5, high: 5 }, 1.5, 1.5],
    ['at the lower bound', { low: 1, high: 5 }, -2, 1],
    ['at the upper bound', { low: -5, high: 4 }, 9, 4],
    ['at a bound with no other', { low: 2 }, 0, 2],
    ['at an upper bound with no other', { high: -1, start: -3 }, 0, -1],
    ['from a bound', { low: 3, high: 50 }, 20, 20],
  ])('finds an optimum %s', (_about, bounds, centre, expected) => {
    for (const covariance of ['full', 'separable'] as const) {
      const strategy = create(problem(4, { step: 0.5, ...bounds }), { covariance, restarts: 'none' });
      const { asked, at } = minimise(strategy, around(centre), 3000);
      const { low = -Infinity, high = Infinity } = bounds as { low?: number; high?: number };
      expect(asked.flat(2).every((value) => value >= low && value <= high)).toBe(true);
      for (const value of at) expect(Math.abs(value - expected)).toBeLessThan(1e-4);
    }
  });

  it('begins with deviations of sigma0 steps, and of a third of the range at most', () => {
    const deviation = (step: number, bounds: { low?: number; high?: number }) => {
      const strategy = create(problem(1, { start: 0, step, ...bounds }), { sigma0: 2, population: 4000 });
      const values = strategy.ask().map(({ genome }) => genome[0]!);
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    };
    expect(deviation(3, {})).toBeCloseTo(6, 0);
    expect(deviation(3, { low: -300, high: 300 })).toBeCloseTo(6, 0);
    // Sharper than a third of 6, because the tails are folded back.
    expect(deviation(300, { low: -3, high: 3 })).toBeLessThan(2);
    expect(deviation(300, { low: -3, high: 3 })).toBeGreaterThan(1.3);
  });

  it('keeps out of the search what has one value only', () => {
    const mixed = problem(6, { low: -9, high: 9 });
    for (const gene of [0, 3]) {
      mixed.low[gene] = 2;
      mixed.high[gene] = 2;
      mixed.start[gene] = 2;
    }
    const strategy = create(mixed, {});
    expect(strategy.ask()).toHaveLength(8);
    const { at } = minimise(strategy, (x) => (x[1]! - 1) ** 2 + x[4]! ** 2 + x[2]! ** 2 + x[5]! ** 2, 400);
    expect([at[0], at[3]]).toEqual([2, 2]);
    expect(at[1]).toBeCloseTo(1, 4);
  });

  it('refuses a gene without a step', () => {
    for (const step of [0, Infinity, Number.NaN]) {
      expect(() => create(problem(2, { step }), {})).toThrow(UsageError);
    }
  });
});

describe('the size of C', () => {
  const kindOf = (genes: number, options: Parameters<typeof create>[1]) => {
    const { search } = create(problem(genes), options).snapshot() as {
      search: { covariance: Record<string, unknown> };
    };
    return 'lower' in search.covariance ? 'full' : 'separable';
  };

  it('is chosen by the number of genes, or as told', () => {
    expect(kindOf(400, {})).toBe('full');
    expect(kindOf(401, {})).toBe('separable');
    expect(kindOf(30, { covariance: 'separable' })).toBe('separable');
    expect(kindOf(450, { covariance: 'full' })).toBe('full');
  });

  it('is refused before anything is allocated, with what to do', () => {
    const refused = () => create(problem(200_000), { covariance: 'full' });
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(
      /200,000 genes needs about 915,528 MiB.* allows 1,024.*covariance=separable.*fewer genes.*raise memoryMiB/,
    );
    expect(() => create(problem(100), { memoryMiB: 0.1 })).toThrow('memoryMiB allows 0.1');
    expect(fullMemoryMiB(3682)).toBeLessThan(1024);
    expect(kindOf(5000, {})).toBe('separable');
  });
});
