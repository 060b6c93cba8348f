import { exp } from '../../math/exponential.js';
import { log } from '../../math/logarithm.js';
import { pow } from '../../math/power.js';
import type { RandomStream } from '../../math/random.js';
import { sin } from '../../math/trigonometric.js';

export type Point = Readonly<Float64Array>;

/** The share of the way from the first gene to the last. */
export const along = (i: number, genes: number) => (genes > 1 ? i / (genes - 1) : 0);

/** A vector whose component i is `of(i)`. */
export const vector = (genes: number, of: (i: number) => number) =>
  Float64Array.from({ length: genes }, (_, i) => of(i));

export const sumOver = (genes: number, of: (i: number) => number) => {
  let sum = 0;
  for (let i = 0; i < genes; i++) sum += of(i);
  return sum;
};

const bumpy = (x: number) => {
  if (x === 0) return 0;
  const size = log(Math.abs(x));
  const [fast, slow] = x > 0 ? [10, 7.9] : [5.5, 3.1];
  return Math.sign(x) * exp(size + 0.049 * (sin(fast * size) + sin(slow * size)));
};

/** T_osz of a number, and of every component: small and smooth irregularities. */
export const oscillated = bumpy;
export const oscillating = (x: Point) => x.map(bumpy);

/** T_asy^beta: breaks the symmetry of positive and negative components. */
export const asymmetric = (x: Point, beta: number) =>
  x.map((value, i) => (value > 0 ? pow(value, 1 + beta * along(i, x.length) * Math.sqrt(value)) : value));

/** Lambda^alpha x: axes from 1 to sqrt(alpha). */
export const stretched = (x: Point, alpha: number) =>
  x.map((value, i) => value * pow(alpha, along(i, x.length) / 2));

/** Sum of squares of what lies beyond 5 of every component. */
export const penalty = (x: Point) =>
  sumOver(x.length, (i) => {
    const beyond = Math.max(0, Math.abs(x[i]!) - 5);
    return beyond * beyond;
  });

export const less = (x: Point, other: Point) => x.map((value, i) => value - other[i]!);

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
