import { describe, expect, it } from 'vitest';
import { type FunctionName, functions, rotation } from '../../src/bench/functions.js';
import { RandomStream } from '../../src/math/random.js';

const names = Object.keys(functions) as FunctionName[];

describe.each(names)('%s', (name) => {
  const test = functions[name];

  it.each([2, 5, 10, 30])('is least, and 0, at its optimum of %d genes', (genes) => {
    const f = test.of(genes);
    const optimum = test.optimum(genes);
    expect(Math.abs(f(optimum))).toBeLessThan(1e-9);
    const stream = RandomStream.from(name);
    for (const distance of [1e-3, 0.1, 1, 4]) {
      for (let i = 0; i < 50; i++) {
        const near = optimum.map((value) => value + distance * stream.normal());
        expect(f(near)).toBeGreaterThan(f(optimum));
      }
    }
  });

  it('begins elsewhere, and with one gene too', () => {
    for (const genes of [1, 10]) {
      expect(test.start(genes)).toHaveLength(genes);
      if (genes > 1 || !name.startsWith('rosenbrock')) {
        expect(test.of(genes)(test.start(genes))).toBeGreaterThan(1e-3);
      }
    }
  });

  it('leaves its argument alone', () => {
    const x = test.start(6);
    test.of(6)(x);
    expect(x).toEqual(test.start(6));
  });
});

describe('test functions', () => {
  const at = (name: FunctionName, ...x: number[]) => functions[name].of(x.length)(Float64Array.from(x));

  it('have the values of their formulas', () => {
    expect(at('sphere', 1, 2, 3)).toBe(14);
    expect(at('ellipsoid', 1, 2, 3)).toBeCloseTo(1 + 4e3 + 9e6, 6);
    expect(at('rosenbrock', 2, 3, 4)).toBe(100 + 1 + 100 * 25 + 4);
    expect(at('discus', 1, 2, 3)).toBe(1e6 + 13);
    expect(at('cigar', 1, 2, 3)).toBe(1 + 13e6);
    expect(at('diffpow10', -2, 2, -2)).toBeCloseTo(4 + 2 ** 7 + 2 ** 12, 6);
    expect(at('rastrigin', 0.5, 1)).toBeCloseTo(20 + 0.25 + 10 + 1 - 10, 9);
    expect(at('griewank', 1, 0)).toBeCloseTo(1 + 2.5 - Math.cos(100), 9);
    expect(at('schwefel', 1, 1)).toBeCloseTo(2 * (418.9828872724338 - 100 * Math.sin(10)), 6);
  });

  it('are the same in turned coordinates', () => {
    const genes = 7;
    const matrix = rotation(genes);
    const stream = RandomStream.from('turned');
    const x = Float64Array.from({ length: genes }, () => stream.normal());
    const turned = Float64Array.from(x, (_, i) =>
      x.reduce((sum, value, j) => sum + matrix[i * genes + j]! * value, 0),
    );
    const plain = names.filter((name) => `${name}-rotated` in functions);
    expect(plain.length).toBe(5);
    for (const name of plain) {
      const other = functions[`${name}-rotated` as FunctionName];
      expect(other.of(genes)(x)).toBeCloseTo(functions[name].of(genes)(turned), 5);
      const [value, start] = [functions[name].of(genes), functions[name].start(genes)];
      expect(other.of(genes)(other.start(genes)) / value(start)).toBeCloseTo(1, 9);
    }
  });

  it('turn by orthogonal matrices that mix all genes', () => {
    for (const genes of [1, 2, 10, 60]) {
      const matrix = rotation(genes);
      const row = (i: number) => matrix.subarray(i * genes, (i + 1) * genes);
      for (let i = 0; i < genes; i++) {
        for (let j = 0; j <= i; j++) {
          const product = row(i).reduce((sum, value, k) => sum + value * row(j)[k]!, 0);
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13);
        }
      }
      if (genes > 1) expect(matrix.every((entry) => Math.abs(entry) < 1 && entry !== 0)).toBe(true);
    }
    expect(rotation(5)).toEqual(rotation(5));
  });
});
