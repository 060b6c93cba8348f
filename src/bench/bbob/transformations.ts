import { exp } from '../../math/exponential.js';
import { log } from '../../math/logarithm.js';
import { pow } from '../../math/power.js';
import { sin } from '../../math/trigonometric.js';
import { along, type Point } from '../vectors.js';

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
