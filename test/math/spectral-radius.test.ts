import { describe, expect, it } from 'vitest';
import { hessenbergEigenvalues } from '../../src/math/hessenberg-eigen.js';
import { RandomStream } from '../../src/math/random.js';
import { type SparseMatrix, spectralRadius } from '../../src/math/spectral-radius.js';

/** Rows as written. */
const sparse = (...rows: number[][]): SparseMatrix => {
  const entries = rows.flatMap((row, to) => row.map((value, from) => ({ from, to, value })));
  const there = entries.filter(({ value }) => value !== 0);
  return {
    n: rows.length,
    from: there.map(({ from }) => from),
    to: there.map(({ to }) => to),
    value: there.map(({ value }) => value),
  };
};
const byModulus = (found: [number, number][]) =>
  found.map(([re, im]) => [re, im]).sort((x, y) => x[0]! - y[0]! || x[1]! - y[1]!);

describe('eigenvalues of a Hessenberg matrix', () => {
  it.each<[string, number[][], number[][]]>([
    ['diagonal', [[3, 0], [0, -2]], [[-2, 0], [3, 0]]], // biome-ignore format: rows
    ['a rotation', [[0, -2], [2, 0]], [[0, -2], [0, 2]]], // biome-ignore format: rows
    [
      'the companion of (x - 1)(x - 2)(x - 3)',
      [[6, -11, 6], [1, 0, 0], [0, 1, 0]], // biome-ignore format: rows
      [[1, 0], [2, 0], [3, 0]], // biome-ignore format: rows
    ],
    [
      'the companion of x^4 - 1, a cycle',
      [[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], // biome-ignore format: rows
      [[-1, 0], [0, -1], [0, 1], [1, 0]], // biome-ignore format: rows
    ],
  ])('%s', (_name, rows, expected) => {
    const found = hessenbergEigenvalues(Float64Array.from(rows.flat()), rows.length);
    const rounded = byModulus(
      found.map(([re, im]) => [Math.round(re * 1e9) / 1e9 + 0, Math.round(im * 1e9) / 1e9 + 0]),
    );
    expect(rounded).toEqual(expected);
  });

  it('has the trace and the determinant of a random matrix', () => {
    const stream = RandomStream.from('hessenberg');
    const n = 30;
    const matrix = Float64Array.from({ length: n * n }, (_, k) =>
      Math.floor(k / n) > (k % n) + 1 ? 0 : stream.normal(),
    );
    const found = hessenbergEigenvalues(matrix, n);
    const [re, im] = found.reduce(([a, b], [x, y]) => [a + x, b + y], [0, 0]);
    expect(re).toBeCloseTo(
      Array.from({ length: n }, (_, k) => matrix[k * n + k]!).reduce((a, b) => a + b),
      9,
    );
    expect(im).toBeCloseTo(0, 9);
    const squares = found.reduce((sum, [x, y]) => sum + x * x - y * y, 0);
    let trace = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) trace += matrix[i * n + j]! * matrix[j * n + i]!;
    expect(squares).toBeCloseTo(trace, 8);
  });

  it('refuses what is no matrix', () => {
    expect(() => hessenbergEigenvalues(new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => hessenbergEigenvalues(Float64Array.of(Number.NaN), 1)).toThrow(RangeError);
  });
});

describe('the spectral radius', () => {
  it.each<[string, SparseMatrix, number]>([
    ['nothing', { n: 3, from: [], to: [], value: [] }, 0],
    ['no way back', sparse([0, 5, 7], [0, 0, 9], [0, 0, 0]), 0],
    ['a self-connection', sparse([-4, 1], [0, 2]), 4],
    ['a pair that excites and inhibits', sparse([0, -9], [4, 0]), 6],
    ['two components', sparse([0, 1, 0, 0], [1, 0, 0, 0], [0, 3, 0, 8], [0, 0, 2, 0]), 4],
    ['a cycle of three', sparse([0, 0, 8], [1, 0, 0], [0, 1, 0]), 2],
  ])('of %s', (_name, matrix, expected) => expect(spectralRadius(matrix)).toBeCloseTo(expected, 10));

  it('of a ring of 500 is found in a space that is much smaller', () => {
    const n = 500;
    // One hub makes the largest eigenvalue stand out.
    const hub = Array.from({ length: n - 1 }, (_, i) => i + 1);
    const all = Array.from({ length: n }, (_, i) => i);
    const matrix: SparseMatrix = {
      n,
      from: [...hub.map(() => 0), ...hub, ...all],
      to: [...hub, ...hub.map(() => 0), ...all.map((i) => (i + 1) % n)],
      value: [...hub.map(() => 1), ...hub.map(() => 1), ...all.map(() => 0.5)],
    };
    // Nothing is negative, so that plain iteration comes to it too.
    let x = new Float64Array(n).fill(1);
    let norm = 0;
    for (let round = 0; round < 3000; round++) {
      const y = x.map((value) => value);
      for (let k = 0; k < matrix.value.length; k++)
        y[matrix.to[k]!]! += matrix.value[k]! * x[matrix.from[k]!]!;
      norm = Math.sqrt(y.reduce((sum, value) => sum + value * value, 0));
      x = y.map((value) => value / norm);
    }
    expect(spectralRadius(matrix)).toBeCloseTo(norm - 1, 5);
  });
});
