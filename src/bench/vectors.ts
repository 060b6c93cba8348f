import type { RandomStream } from '../math/random.js';

export type Point = Readonly<Float64Array>;

/** The share of the way from the first gene to the last. */
export const along = (i: number, genes: number) => (genes > 1 ? i / (genes - 1) : 0);

/** An orthogonal matrix, `[genes, genes]` row-major: Gram-Schmidt, twice for accuracy, of rows of normal deviates. */
export function orthogonal(genes: number, stream: RandomStream): Float64Array {
  const matrix = new Float64Array(genes * genes);
  stream.normals(matrix);
  const row = (i: number) => matrix.subarray(i * genes, (i + 1) * genes);
  for (let i = 0; i < genes; i++) {
    const current = row(i);
    for (let earlier = 0; earlier < 2 * i; earlier++) {
      const other = row(earlier % i);
      const share = dot(current, other);
      for (let j = 0; j < genes; j++) current[j]! -= share * other[j]!;
    }
    const length = Math.sqrt(dot(current, current));
    for (let j = 0; j < genes; j++) current[j]! /= length;
  }
  return matrix;
}

export function dot(a: Point, b: Point): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** M x, and M^T x. */
export const turned = (matrix: Point, x: Point): Float64Array =>
  x.map((_, i) => dot(matrix.subarray(i * x.length, (i + 1) * x.length), x));

export function turnedBack(matrix: Point, x: Point): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) out[j]! += matrix[i * x.length + j]! * x[i]!;
  }
  return out;
}
