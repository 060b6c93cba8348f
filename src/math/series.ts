import { scale } from './binary64.js';

/**
 * Constants and tables of src/math, summed at start-up from their series in integer arithmetic: no digit is copied
 * from anywhere, and BigInt arithmetic leaves an engine no freedom. A number in fixed point is a bigint that counts
 * units of 2^-FRACTION_BITS; it takes well under a millisecond to build every table at this width.
 */
const FRACTION_BITS = 160;
/** Extra bits carried while summing, so that one unit lost per division never reaches the bits that are kept. */
const GUARD_BITS = 24;

/** Sum of (n/d)^(2i+1) / (2i+1): atan(n/d) with alternating signs, atanh(n/d) without; units of 2^-bits. */
function oddPowerSeries(n: bigint, d: bigint, bits: number, alternating: boolean): bigint {
  const numeratorSquared = n * n;
  const denominatorSquared = d * d;
  let power = (n << BigInt(bits + GUARD_BITS)) / d;
  let sum = power;
  for (let i = 3n, sign = -1n; power !== 0n; i += 2n, sign = -sign) {
    power = (power * numeratorSquared) / denominatorSquared;
    const term = power / i;
    sum += alternating ? sign * term : term;
  }
  return sum >> BigInt(GUARD_BITS);
}

/** atan(n/d) for |n/d| < 1, in fixed point. */
export function arctangentOfRatio(n: number, d: number): bigint {
  return oddPowerSeries(BigInt(n), BigInt(d), FRACTION_BITS, true);
}

/** log(n/d) = 2 atanh((n-d)/(n+d)) for positive n and d, in fixed point. */
export function logarithmOfRatio(n: number, d: number): bigint {
  return 2n * oddPowerSeries(BigInt(n - d), BigInt(n + d), FRACTION_BITS, false);
}

/** pi/2 in units of 2^-bits, by Machin's formula of 1706, pi/4 = 4 atan(1/5) - atan(1/239). */
export function halfPi(bits: number = FRACTION_BITS): bigint {
  return 8n * oddPowerSeries(1n, 5n, bits, true) - 2n * oddPowerSeries(1n, 239n, bits, true);
}

/** The float64 nearest to a fixed-point number. */
export function toNumber(fixed: bigint): number {
  return scale(Number(fixed), -FRACTION_BITS);
}

/** The float64 nearest to a fixed-point number, and the float64 nearest to what that leaves out. */
export function inTwoParts(fixed: bigint): [high: number, low: number] {
  const high = Number(fixed);
  return [scale(high, -FRACTION_BITS), toNumber(fixed - BigInt(high))];
}

/** The multiple of 2^-bits at or below a fixed-point number, in fixed point: a leading part with few bits. */
export function leading(fixed: bigint, bits: number): bigint {
  const dropped = BigInt(FRACTION_BITS - bits);
  return (fixed >> dropped) << dropped;
}
