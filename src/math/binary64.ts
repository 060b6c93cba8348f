/**
 * Exact manipulation of IEEE 754 binary64 numbers: the exponent field, powers of two, and the rounding errors of
 * sums and products. Everything else in src/math is built on these and on + - * / and Math.sqrt, which ECMAScript
 * requires to be correctly rounded, so that no result depends on the machine or the JavaScript engine.
 */

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
/** Index of the word that holds sign and exponent: 1 on little-endian machines, 0 on big-endian ones. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Sign (1 bit), biased exponent (11 bits) and top 20 fraction bits of `x`, as a signed 32-bit integer. */
export function highWord(x: number): number {
  value[0] = x;
  return words[HIGH]!;
}

/** 2^n for n = -1074 .. 1023: a look-up is quicker than assembling a number from words and loading it back. */
const POWERS_OF_TWO = new Float64Array(2098);
for (let n = 0, power = 1; n <= 1074; n++, power /= 2) POWERS_OF_TWO[1074 - n] = power;
for (let n = 0, power = 1; n <= 1023; n++, power *= 2) POWERS_OF_TWO[1074 + n] = power;

/** 2^n, exactly, for integer n in [-1074, 1023]. */
export function powerOfTwo(n: number): number {
  return POWERS_OF_TWO[n + 1074]!;
}

/** floor(log2 |x|) of a finite non-zero `x`, subnormals included. */
export function exponentOf(x: number): number {
  const field = (highWord(x) >>> 20) & 0x7ff;
  return field === 0 ? exponentOf(x * powerOfTwo(54)) - 54 : field - 1023;
}

/**
 * x * 2^n for integer n in [-1991, 2046]. Exact, or rounded once where the result is subnormal; overflows to
 * infinity. Where n < -1022, |x| must be at least 2^-53, so that the first of the two steps stays exact.
 */
export function scale(x: number, n: number): number {
  if (n > 1023) return x * powerOfTwo(1023) * powerOfTwo(n - 1023);
  if (n < -1022) return x * powerOfTwo(-969) * powerOfTwo(n + 969);
  return x * powerOfTwo(n);
}

/** The integer nearest to `x`, ties to even, for |x| < 2^51: next to 1.5 * 2^52 no fraction bits are left. */
export function roundToInteger(x: number): number {
  return x + 0x18000000000000 - 0x18000000000000;
}

/** (a + b) - sum exactly, where `sum` is the rounded a + b (Knuth, TAOCP vol. 2, 4.2.2; Moller 1965). */
export function sumError(a: number, b: number, sum: number): number {
  const bRounded = sum - a;
  return a - (sum - bRounded) + (b - bRounded);
}

/**
 * a * b - product to 2^-75 |a b|, where `product` is the rounded a * b. A fused multiply-add does not exist in
 * ECMAScript, so the factors are split (Dekker 1971, doi:10.1007/BF01397083), here by Math.fround, which leaves
 * 24 + 29 bits. |a| and |b| must lie in [2^-100, 2^100] or be 0: the range of float32 less what the split needs.
 */
export function productError(a: number, b: number, product: number): number {
  const aHigh = Math.fround(a);
  const bHigh = Math.fround(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/**
 * What `quotient`, an approximation of (nHigh + nLow) / (dHigh + dLow) to float64 precision, leaves out. The
 * bounds of productError apply to `quotient` and `dHigh`.
 */
export function quotientError(
  quotient: number,
  nHigh: number,
  nLow: number,
  dHigh: number,
  dLow: number,
): number {
  const product = quotient * dHigh;
  const remainder = nHigh - product - productError(quotient, dHigh, product);
  return (remainder + (nLow - quotient * dLow)) / dHigh;
}
