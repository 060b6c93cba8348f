import { roundToInteger, scale } from './binary64.js';
import { halfPi, inTwoParts } from './series.js';

/** pi/2 as the nearest float64 and the float64 nearest to what that leaves out. */
export const [HALF_PI_HIGH, HALF_PI_LOW] = inTwoParts(halfPi());

/** The remainder that reduceAngle left, in radians, as a sum of two numbers. */
export const remainder = new Float64Array(2);

/**
 * Writes finite x = n pi/2 + remainder[0] + remainder[1], in radians, |remainder| <= pi/4 but for rounding, and
 * returns n mod 4. The remainder is within 2^-60 of itself, even next to a multiple of pi/2.
 *
 * Up to 800000 rad, Cody and Waite's method (Software Manual for the Elementary Functions, 1980): subtract n times
 * each part of pi/2 in turn, and keep the rounding error.
 */
export function reduceAngle(x: number): number {
  if (!(x > -800000 && x < 800000)) return reduceLargeAngle(x);
  // pi/2 in parts of 33, 33, 33 and 53 bits, so that n < 2^19 times any of the first three is exact. They are cut from
  // the digits that halfPi sums, and literal because that is quicker (see the series in trigonometric.ts).
  const part1 = 1.5707963267341256;
  const part2 = 6.077100506303966e-11;
  const part3 = 2.0222662487111665e-21;
  const part4 = 8.4784276603689e-32;
  const parts3And4 = 2.0222662487959506e-21;
  const perHalfPi = 0.6366197723675814;
  const n = roundToInteger(x * perHalfPi);
  const first = x - n * part1; // Exact: both are multiples of 2^-53 and the difference is below 1.
  const product = n * part2;
  const second = first - product;
  const productRounded = first - second;
  const secondLow = first - (second + productRounded) + (productRounded - product);
  if (second > 0.001 || second < -0.001) {
    const low = secondLow - n * parts3And4;
    const high = second + low;
    remainder[0] = high;
    remainder[1] = second - high + low;
  } else {
    // The leading bits have cancelled, so that the rounding of n * parts3And4 would show.
    const third = second - n * part3;
    const thirdRounded = second - third;
    const low = second - (third + thirdRounded) + (thirdRounded - n * part3) + (secondLow - n * part4);
    const high = third + low;
    remainder[0] = high;
    remainder[1] = third - high + low;
  }
  return n & 3;
}

/**
 * Fraction bits of pi/2 for the largest arguments: 1024 for the quotient, about 64 that can cancel next to a multiple
 * of pi/2, 106 of the result, and some to spare.
 */
const LARGE_BITS = 1240;
/** Fraction bits of the remainder that are kept: again 64 + 106 and some to spare. */
const KEPT_BITS = 200;
let largeHalfPi: bigint | undefined;

/**
 * The same for any magnitude, a few microseconds per call. As with Payne & Hanek (1983, doi:10.1145/1057600.1057602),
 * pi is taken to as many bits as the argument needs, but in integer arithmetic.
 */
function reduceLargeAngle(x: number): number {
  largeHalfPi ??= halfPi(LARGE_BITS);
  const a = Math.abs(x);
  // A float64 of at least 2^19 is a multiple of 2^-33.
  const units = a < 0x1000000000000000 ? BigInt(a * 0x200000000) : BigInt(a) << 33n;
  const fixed = units << BigInt(LARGE_BITS - 33);
  const n = (2n * fixed + largeHalfPi) / (2n * largeHalfPi);
  const rest = (fixed - n * largeHalfPi) >> BigInt(LARGE_BITS - KEPT_BITS);
  const high = Number(rest);
  const sign = x < 0 ? -1 : 1;
  remainder[0] = sign * scale(high, -KEPT_BITS);
  remainder[1] = sign * scale(Number(rest - BigInt(high)), -KEPT_BITS);
  return (sign * Number(n & 3n)) & 3;
}
