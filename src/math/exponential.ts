import { powerOfTwo, quotientError, roundToInteger, scale } from './binary64.js';
import { leading, logarithmOfRatio, toNumber } from './series.js';

const LN2 = logarithmOfRatio(2, 1);
/** ln 2 in two parts: the first has 42 bits, so that its product with any exponent (11 bits) is exact. */
export const LN2_HIGH = toNumber(leading(LN2, 42));
export const LN2_LOW = toNumber(LN2 - leading(LN2, 42));
const PER_LN2 = 1 / toNumber(LN2);

/**
 * e^(r + c) - 1 - r for |r| <= ln(2)/2 + 2^-20 and |c| < 2^-30. The series stops at r^14/14!: what is left out is
 * below 2^-62. Even and odd terms are summed apart because two short chains of operations run side by side.
 */
function exponentialTail(r: number, c: number): number {
  const x = r + c;
  const z = x * x;
  const highEven = 1 / 40320 + z * (1 / 3628800 + z * (1 / 479001600 + (1 / 87178291200) * z));
  const even = 1 / 2 + z * (1 / 24 + z * (1 / 720 + z * highEven));
  const highOdd = 1 / 362880 + z * (1 / 39916800 + (1 / 6227020800) * z);
  const odd = 1 / 6 + z * (1 / 120 + z * (1 / 5040 + z * highOdd));
  return c + z * (even + x * odd);
}

/**
 * e^(x + c) for |x| < 750 and |c| < 2^-40: x = k ln 2 + r with |r| <= ln(2)/2, and e^x = 2^k e^r (Cody & Waite,
 * Software Manual for the Elementary Functions, 1980). The subtraction of k * LN2_HIGH is exact.
 */
export function expOfSum(x: number, c: number): number {
  const k = roundToInteger(x * PER_LN2);
  const r = x - k * LN2_HIGH;
  const tail = exponentialTail(r, c - k * LN2_LOW);
  const sum = 1 + r;
  return scale(sum + (1 - sum + r + tail), k);
}

/** e^x. Error below 0.75 ulp, 0.9 ulp where the result is subnormal. Special cases as Math.exp. */
export function exp(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  return expOfSum(x, 0);
}

/**
 * Hyperbolic tangent, (E - 1) / (E + 1) with E = e^2x = 2^k (1 + r + tail); numerator and denominator are divided by
 * 2^k and kept in two parts. Error below 1 ulp. Special cases as Math.tanh.
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 3e-9) return x; // The next term of the series, x^3/3, is below 0.05 ulp; this also keeps -0.
  if (a > 4) {
    const complement = 2 / (exp(2 * a) + 1); // Below 0.001, as is what its error adds, in ulp of the result.
    return x < 0 ? complement - 1 : 1 - complement;
  }
  if (Number.isNaN(x)) return x;
  const k = roundToInteger(2 * a * PER_LN2);
  const r = 2 * a - k * LN2_HIGH;
  const tail = exponentialTail(r, -k * LN2_LOW);
  const perScale = powerOfTwo(-k);
  const nSum = 1 - perScale + r;
  const nTail = 1 - perScale - nSum + r + tail;
  const dSum = 1 + perScale + r;
  const dTail = 1 + perScale - dSum + r + tail;
  // At k = 0 the numerator is r + tail, where the tail is no mere rounding error: normalize before dividing.
  const n = nSum + nTail;
  const d = dSum + dTail;
  const quotient = n / d;
  const result = quotient + quotientError(quotient, n, nSum - n + nTail, d, dSum - d + dTail);
  return x < 0 ? -result : result;
}
