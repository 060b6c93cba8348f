import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/random.js';
import { symmetricEigen } from '../../src/math/symmetric-eigen.js';

function randomSymmetric(n: number, seed: string): Float64Array {
  const stream = RandomStream.from(seed);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = stream.normal();
  return a;
}

/** Q diag(spectrum) Q^T, where Q's columns are the eigenvectors of a random matrix. */
function withSpectrum(spectrum: readonly number[], seed: string): Float64Array {
  const n = spectrum.length;
  const q = new EigenvalueDecomposition(new Matrix(rowsOf(randomSymmetric(n, seed), n)), {
    assumeSymmetric: true,
  }).eigenvectorMatrix;
  const product = q.mmul(Matrix.diag([...spectrum])).mmul(q.transpose());
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (product.get(i, j) + product.get(j, i)) / 2;
  });
}

const rowsOf = (a: Float64Array, n: number) =>
  Array.from({ length: n }, (_, i) => [...a.subarray(i * n, (i + 1) * n)]);

function decompose(a: Float64Array) {
  const n = Math.sqrt(a.length);
  const vectors = a.slice();
  const values = new Float64Array(n);
  symmetricEigen(vectors, values);
  return { n, vectors, values };
}

/** Largest entry of A V - V D, relative to the largest eigenvalue, and of V^T V - I. */
function errors(a: Float64Array) {
  const { n, vectors, values } = decompose(a);
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let residual = 0;
  let skew = 0;
  for (let k = 0; k < n; k++) {
    const v = vectors.subarray(k * n, (k + 1) * n);
    for (let i = 0; i < n; i++) {
      const row = a.subarray(i * n, (i + 1) * n);
      const other = vectors.subarray(i * n, (i + 1) * n);
      const image = row.reduce((sum, entry, j) => sum + entry * v[j]!, 0);
      const product = other.reduce((sum, entry, j) => sum + entry * v[j]!, 0);
      residual = Math.max(residual, Math.abs(image - values[k]! * v[i]!));
      skew = Math.max(skew, Math.abs(product - (i === k ? 1 : 0)));
    }
  }
  return { residual: size === 0 ? residual : residual / size, skew, values };
}

function expectSound(a: Float64Array): Float64Array {
  const { residual, skew, values } = errors(a);
  expect(residual).toBeLessThan(1e-12);
  expect(skew).toBeLessThan(1e-12);
  for (let k = 1; k < values.length; k++) expect(values[k]!).toBeGreaterThanOrEqual(values[k - 1]!);
  return values;
}

describe('symmetricEigen', () => {
  it('decomposes random matrices of 1 to 60 rows', () => {
    for (let n = 1; n <= 60; n++) expectSound(randomSymmetric(n, `size ${n}`));
  });

  it('agrees with ml-matrix', () => {
    for (const n of [2, 3, 7, 20, 41]) {
      const a = randomSymmetric(n, `oracle ${n}`);
      const { values, vectors } = decompose(a);
      const oracle = new EigenvalueDecomposition(new Matrix(rowsOf(a, n)), { assumeSymmetric: true });
      oracle.realEigenvalues.forEach((value, k) => {
        expect(Math.abs(values[k]! - value)).toBeLessThan(1e-12 * n);
        const ours = vectors.subarray(k * n, (k + 1) * n);
        const along = ours.reduce((sum, entry, i) => sum + entry * oracle.eigenvectorMatrix.get(i, k), 0);
        // The same axis, whichever way it points.
        expect(Math.abs(Math.abs(along) - 1)).toBeLessThan(1e-9);
      });
    }
  });

  it.each([1e-14, 1e-7, 1e3, 1e9, 1e16])('finds a spectrum from 1 to %d', (last) => {
    const n = 25;
    const spectrum = Array.from({ length: n }, (_, i) => last ** (i / (n - 1))).sort((a, b) => a - b);
    const values = expectSound(withSpectrum(spectrum, `spectrum ${last}`));
    const size = Math.max(1, last);
    const worst = Math.max(...values.map((value, k) => Math.abs(value - spectrum[k]!)));
    expect(worst).toBeLessThan(1e-13 * size);
  });

  it('separates repeated eigenvalues into orthogonal vectors', () => {
    const values = expectSound(withSpectrum([1, 1, 1, 1, 5, 5, 5, -2, -2, 0], 'repeated'));
    const expected = [-2, -2, 0, 1, 1, 1, 1, 5, 5, 5];
    expect(Math.max(...values.map((value, k) => Math.abs(value - expected[k]!)))).toBeLessThan(1e-13);
  });

  it('sorts a diagonal matrix and leaves its axes exact', () => {
    const a = new Float64Array(16);
    [3, -1, 3, 0].forEach((value, i) => {
      a[i * 4 + i] = value;
    });
    const { values, vectors } = decompose(a);
    expect([...values]).toEqual([-1, 0, 3, 3]);
    for (const entry of vectors) expect([0, 1]).toContain(Math.abs(entry));
    expectSound(a);
  });

  it('takes one row, none, and nothing but zeros', () => {
    const { vectors, values } = decompose(Float64Array.of(-7));
    expect([...vectors, ...values]).toEqual([1, -7]);
    expect([...decompose(new Float64Array(0)).values]).toEqual([]);
    expect([...expectSound(new Float64Array(25))]).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([1e-300, 1e-160, 1e160, 1e300])('neither overflows nor vanishes at %d', (size) => {
    const a = randomSymmetric(12, 'scale');
    const plain = expectSound(a);
    const scaled = expectSound(a.map((entry) => entry * size));
    expect(Math.max(...scaled.map((value, k) => Math.abs(value / size - plain[k]!)))).toBeLessThan(1e-12);
  });

  it('decomposes matrices of any small whole numbers', () => {
    const matrix = fc
      .integer({ min: 1, max: 7 })
      .chain((n) => fc.array(fc.integer({ min: -3, max: 3 }), { minLength: n * n, maxLength: n * n }));
    fc.assert(
      fc.property(matrix, (entries) => {
        const n = Math.sqrt(entries.length);
        const a = Float64Array.from(entries, (_, at) => {
          const [i, j] = [Math.floor(at / n), at % n];
          return entries[Math.max(i, j) * n + Math.min(i, j)]!;
        });
        expectSound(a);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the lower triangle only', () => {
    const a = randomSymmetric(9, 'lower');
    const lower = a.map((entry, at) => (at % 9 > Math.floor(at / 9) ? Number.NaN : entry));
    expect(decompose(lower)).toEqual(decompose(a));
  });

  it('gives the same bits for the same matrix', () => {
    expect(decompose(randomSymmetric(30, 'bits'))).toEqual(decompose(randomSymmetric(30, 'bits')));
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d', (entry) => {
    expect(() => decompose(Float64Array.of(1, 0, entry, 1))).toThrow('entry (1, 0) is not finite');
  });

  it('refuses what is no square', () => {
    expect(() => symmetricEigen(new Float64Array(5), new Float64Array(2))).toThrow(RangeError);
  });
});
