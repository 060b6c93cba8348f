import { exponentOf, productError, scale } from './binary64.js';
import { expOfSum } from './exponential.js';
import { logInParts } from './logarithm.js';

const logLow = new Float64Array(1);
const TWO_TO_64 = 0x10000000000000000;

function isInteger(y: number): boolean {
  return Math.floor(y) === y;
}

/**
 * x^y = e^(y log x), with log x and its product by y in two parts. Error below 0.75 ulp, 0.9 ulp where the result is
 * subnormal; a result that is a float64 exactly (3^4, 10^22) is returned exactly. Special cases as Math.pow: x^0 is
 * 1 for every x, (+-1)^+-Infinity is NaN.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const a = Math.abs(x);
  const sign = (x < 0 || Object.is(x, -0)) && isInteger(y) && !isInteger(y / 2) ? -1 : 1;
  if (a === 0 || a === Infinity) return sign * ((a === 0) === y > 0 ? 0 : Infinity);
  if (Math.abs(y) === Infinity && a === 1) return NaN;
  if (x < 0 && !isInteger(y)) return NaN;
  if (a === 1) return sign;
  // |log a| >= 2^-53 for a != 1, so such a y overflows or underflows whatever a is.
  if (Math.abs(y) >= TWO_TO_64) return a > 1 === y > 0 ? Infinity : 0;
  // |log a| < 2^10, so that a^y is within 2^-54 of 1.
  if (Math.abs(y) < 1 / TWO_TO_64) return 1;
  const logarithm = logInParts(a, logLow);
  const exponent = y * logarithm;
  if (exponent > 710) return sign * Infinity;
  if (exponent < -746) return sign * 0;
  return sign * expOfSum(exponent, productError(y, logarithm, exponent) + y * logLow[0]!);
}

/**
 * Cube root. Error below 0.501 ulp. Special cases as Math.cbrt.
 *
 * |x| = 8^k m with m in [1, 8). Two Halley steps from a parabola give a root t of 24 bits, whose cube is exact in two
 * products; the last step solves (t + d)^3 = m for d to third order.
 */
export function cbrt(x: number): number {
  if (x === 0 || x - x !== 0) return x;
  const k = Math.floor(exponentOf(x) / 3);
  const m = scale(Math.abs(x), -3 * k);
  // The parabola through (1, 1), (27/8, 3/2) and (8, 2) in Newton's form: slopes 4/19 and 4/37 of its chords.
  let t = 1 + (m - 1) * (4 / 19 + ((4 / 37 - 4 / 19) / 7) * (m - 27 / 8));
  for (let step = 0; step < 2; step++) {
    const cube = t * t * t;
    t *= (cube + 2 * m) / (2 * cube + m);
  }
  t = Math.fround(t);
  const square = t * t;
  const squareHigh = Math.fround(square);
  const residue = m - squareHigh * t - (square - squareHigh) * t;
  const newton = residue / (3 * square);
  const root = scale(t + residue / (3 * t * (t + newton)), k);
  return x < 0 ? -root : root;
}

/**
 * sqrt(x^2 + y^2) without needless overflow or underflow; the squares are kept in two parts. Error below 0.51 ulp,
 * 0.8 ulp where the result is subnormal. Special cases as Math.hypot: infinite if either argument is, even when the
 * other is NaN.
 */
export function hypot(x: number, y: number): number {
  const a = Math.max(Math.abs(x), Math.abs(y));
  const b = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  // Also where a is 0 or NaN. Below this ratio b adds less than 2^-61 to a relatively.
  if (!(b > a * (1 / 0x40000000))) return a;
  if (a > 1e-15 && a < 1e15) return rootOfSquares(a, b);
  const k = exponentOf(a);
  return scale(rootOfSquares(scale(a, -k), scale(b, -k)), k);
}

function rootOfSquares(a: number, b: number): number {
  const aSquare = a * a;
  const bSquare = b * b;
  const sum = aSquare + bSquare;
  const low = aSquare - sum + bSquare + productError(a, a, aSquare) + productError(b, b, bSquare);
  const root = Math.sqrt(sum);
  const rootSquare = root * root;
  return root + (sum - rootSquare - productError(root, root, rootSquare) + low) / (2 * root);
}
