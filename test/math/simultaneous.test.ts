import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { ratioInterval, simultaneousIntervals } from '../../src/math/simultaneous.js';

const stream = (seed = 'test') => RandomStream.from(seed);
const normals = (n: number, seed: string) => {
  const draws = stream(seed);
  return Float64Array.from({ length: n }, () => draws.normal());
};
const widthOf = ({ low, high }: { low: number; high: number }) => high - low;

describe('simultaneous intervals', () => {
  it('of one row are the percentile interval', () => {
    const row = normals(100, 'row');
    const mean = row.reduce((sum, value) => sum + value, 0) / 100;
    const error = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / 100;
    const [{ low, high }] = simultaneousIntervals([row], stream()) as [{ low: number; high: number }];
    expect((mean - low) / error).toBeCloseTo(1.96, 0.8);
    expect((high - mean) / error).toBeCloseTo(1.96, 0.8);
    expect(simultaneousIntervals([row], stream())).toEqual([{ low, high }]);
  });

  it('of independent rows are as wide as all of them need, and of like rows no wider than one', () => {
    const row = normals(200, 'row');
    const [alone] = simultaneousIntervals([row], stream());
    const like = simultaneousIntervals(Array(20).fill(row), stream());
    expect(widthOf(like[7]!)).toBeCloseTo(widthOf(alone!), 12);
    const others = Array.from({ length: 19 }, (_, i) => normals(200, `other ${i}`));
    const among = simultaneousIntervals([row, ...others], stream())[0]!;
    // Of 20 independent rows each is of 1 - 0.05 / 20: 3.02 standard errors, where one alone has 1.96.
    expect(widthOf(among) / widthOf(alone!)).toBeGreaterThan(1.4);
    expect(widthOf(among) / widthOf(alone!)).toBeLessThan(1.7);
  });

  it('leave out what is not finite, and say nothing of rows without a value', () => {
    const rows = [
      Float64Array.of(1, Number.NaN, 1),
      new Float64Array(3).fill(Number.NaN),
      Float64Array.of(1, 2, 3),
    ];
    const [equal, none, some] = simultaneousIntervals(rows, stream());
    expect(equal).toEqual({ low: 1, high: 1 });
    expect(none).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(some!.low).toBe(1);
    expect(some!.high).toBeGreaterThan(2.5);
    expect(simultaneousIntervals([], stream())).toEqual([]);
  });
});

describe('the interval of a ratio', () => {
  it('holds the ratio, and is it where all columns have it', () => {
    const below = normals(100, 'below').map((value) => 10 + value);
    const above = below.map((value, i) => 0.9 * value + (i % 2 === 0 ? 0.5 : -0.5));
    const { low, high } = ratioInterval(above, below, stream());
    expect(low).toBeGreaterThan(0.88);
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(0.9);
    expect(high).toBeLessThan(0.92);
    expect(ratioInterval([2, 4], [1, 2], stream())).toEqual({ low: 2, high: 2 });
    expect(ratioInterval([], [], stream())).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});
