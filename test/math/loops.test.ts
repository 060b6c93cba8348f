import { describe, expect, it } from 'vitest';
import { loopBytes } from '../../src/math/loops/bytes.js';
import { addOuter, packedLength, reflect, tridiagonalise } from '../../src/math/loops/dense.js';
import { applyInverseRoot, inverseRoot } from '../../src/math/loops/inverse-root.js';
import { NormalSource } from '../../src/math/loops/normals.js';
import { endsOfSpectrum } from '../../src/math/loops/spectrum.js';
import { normalCumulative } from '../../src/math/normal.js';
import { RandomStream } from '../../src/math/random.js';
import { assembledLoops } from './assembled-loops.js';

const normals = (seed: string, length: number) => {
  const values = new Float64Array(length);
  RandomStream.from(seed).normals(values);
  return values;
};
const greatest = (values: Iterable<number>) => Math.max(0, ...[...values].map(Math.abs));
const identity = (n: number) => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
/** The symmetric matrix of a packed triangle. */
const whole = (lower: Float64Array, n: number) =>
  Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return lower[packedLength(Math.max(i, j)) + Math.min(i, j)]!;
  });
const product = (a: Float64Array, b: Float64Array, n: number) =>
  Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(at / n) * n + k]! * b[k * n + (at % n)]!;
    return sum;
  });
const difference = (a: Float64Array, b: Float64Array) => greatest(a.map((value, at) => value - b[at]!));

it('the loops are those of loops.wat: npx tsx scripts/assemble-loops.ts writes them', async () => {
  expect(loopBytes).toBe(await assembledLoops());
});

describe.each([1, 2, 3, 4, 5, 8, 33])('a symmetric matrix of %d rows', (n) => {
  const lower = normals(`matrix ${n}`, packedLength(n));
  const form = tridiagonalise(lower, n);
  // Row k of these is Q e_k, or Q^T e_k.
  const [columns, rows] = [identity(n), identity(n)];
  reflect(form, columns);
  reflect(form, rows, 'Q^T');

  it('is Q T Q^T, Q orthogonal', () => {
    expect(difference(product(columns, rows, n), identity(n))).toBeLessThan(1e-14);
    const t = identity(n).map((_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      if (i === j) return form.diagonal[i]!;
      return Math.abs(i - j) === 1 ? form.beside[Math.min(i, j)]! : 0;
    });
    // `rows` is Q as a matrix, `columns` its transpose.
    const again = product(product(rows, t, n), columns, n);
    expect(difference(again, whole(lower, n))).toBeLessThan(1e-13);
  });

  it('takes outer products on', () => {
    const [terms, factors] = [normals('terms', 5 * n), normals('factors', 5)];
    const wanted = whole(lower, n).map((entry, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return factors.reduce((sum, f, k) => sum + f * terms[k * n + i]! * terms[k * n + j]!, 0.9 * entry);
    });
    const updated = lower.slice();
    addOuter(updated, 0.9, terms, factors);
    expect(difference(whole(updated, n), wanted)).toBeLessThan(1e-13);
  });
});

describe('the inverse square root', () => {
  it.each([
    [1, 1],
    [0.5, 2],
    [1, 1e6],
    [1e-14, 1],
  ])('is near rounding on [%d, %d]', (least, largest) => {
    const { shifts, weights } = inverseRoot(least, largest);
    for (let k = 0; k <= 50; k++) {
      const value = least * (largest / least) ** (k / 50);
      const root = shifts.reduce((sum, shift, j) => sum + weights[j]! / (value + shift), 0);
      expect(Math.abs(root * Math.sqrt(value) - 1)).toBeLessThan(1e-13);
    }
  });

  it('of a matrix, taken twice, solves with it', () => {
    const diagonal = Float64Array.from({ length: 20 }, (_, i) => 1 + (i % 3));
    const beside = Float64Array.from({ length: 20 }, (_, i) => (i < 19 ? 0.4 : 0));
    const { least, largest } = endsOfSpectrum({ diagonal, beside }, 1e-15);
    const root = inverseRoot(least * 0.99, largest * 1.01);
    const x = normals('x', 20);
    const image = x.map(
      (value, i) => diagonal[i]! * value + 0.4 * ((i > 0 ? x[i - 1]! : 0) + (i < 19 ? x[i + 1]! : 0)),
    );
    for (let twice = 0; twice < 2; twice++) applyInverseRoot(root, { diagonal, beside }, image);
    expect(difference(image, x)).toBeLessThan(1e-13);
  });
});

describe('the ends of a spectrum', () => {
  it('are found to a thousandth, whatever lies between', () => {
    // Eigenvalues 2 - 2 cos(k pi / 41).
    const form = { diagonal: new Float64Array(40).fill(2), beside: new Float64Array(40).fill(1) };
    form.beside[39] = 0;
    const { least, largest } = endsOfSpectrum(form, 1e-15);
    expect(least / (2 - 2 * Math.cos(Math.PI / 41))).toBeCloseTo(1, 2.7);
    expect(largest / (2 + 2 * Math.cos(Math.PI / 41))).toBeCloseTo(1, 2.7);
  });

  it('are below 0 where the matrix is not positive definite', () => {
    const { least } = endsOfSpectrum(
      { diagonal: Float64Array.of(1, 1), beside: Float64Array.of(2, 0) },
      1e-15,
    );
    expect(least).toBeCloseTo(-1, 2);
  });
});

describe('normal deviates of four generators', () => {
  it('are normal: shares below eight points, of 200,000', () => {
    const values = new Float64Array(200_000);
    NormalSource.from(RandomStream.from('many')).fill(values);
    for (const x of [-4, -3, -2, -1, 0, 0.5, 1.5, 3.5]) {
      const share = values.reduce((count, value) => count + Number(value < x), 0) / values.length;
      const p = normalCumulative(x);
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / values.length) + 1e-5);
    }
    let together = 0;
    for (let i = 4; i < values.length; i++) together += values[i]! * values[i - 4]!;
    expect(Math.abs(together) / Math.sqrt(values.length)).toBeLessThan(4);
  });

  it('go on from a state', () => {
    const stream = RandomStream.from('state');
    const source = NormalSource.from(stream);
    source.fill(new Float64Array(500));
    const again = NormalSource.restore(RandomStream.restore(stream.state()), source.state());
    const [one, other] = [new Float64Array(3001), new Float64Array(3001)];
    source.fill(one);
    again.fill(other);
    expect(other).toStrictEqual(one);
  });
});
