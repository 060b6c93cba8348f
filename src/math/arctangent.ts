import { HALF_PI_HIGH, HALF_PI_LOW } from './angle.js';
import { exponentOf, productError, quotientError, scale, sumError } from './binary64.js';
import { arctangentOfRatio, inTwoParts } from './series.js';

/** atan(j/16), j = 0 .. 16, in two parts, summed from atan(j/16) - atan((j-1)/16) = atan(16 / (256 + j (j-1))). */
const TABLE_HIGH = new Float64Array(17);
const TABLE_LOW = new Float64Array(17);
for (let j = 1, angle = 0n; j <= 16; j++) {
  angle += arctangentOfRatio(16, 256 + j * (j - 1));
  [TABLE_HIGH[j], TABLE_LOW[j]] = inTwoParts(angle);
}

const low = new Float64Array(1);

/**
 * atan(a/b) for 0 < 2^-60 b <= a <= b, b in [1e-9, 1e9], as a rounded sum and, in low[0], the rest.
 * With c = j/16 near a/b: atan(a/b) = atan(c) + atan((a - c b) / (b + c a)), whose last argument u is at most 1/32 in
 * magnitude and kept in two parts. The term after u^11/11 is below 2^-63 u.
 */
function arctangentInParts(a: number, b: number): number {
  const j = ((16 * a) / b + 0.5) | 0;
  const c = j / 16;
  const cb = c * b;
  const ca = c * a;
  const n = a - cb;
  const d = b + ca;
  const nLow = sumError(a, -cb, n) - productError(c, b, cb);
  const dLow = b - d + ca + productError(c, a, ca);
  const u = n / d;
  const z = u * u;
  const rest =
    u * z * (-1 / 3 + z * (1 / 5 + z * (-1 / 7 + z * (1 / 9 + (-1 / 11) * z)))) +
    quotientError(u, n, nLow, d, dLow);
  const angle = TABLE_HIGH[j]!;
  const sum = angle + u;
  const tail = angle - sum + u + TABLE_LOW[j]! + rest;
  const result = sum + tail;
  low[0] = sum - result + tail;
  return result;
}

/**
 * Angle of the point (x, y) in rad, in [-pi, pi], counter-clockwise from the positive x axis. Error below 0.51 ulp,
 * 0.8 ulp where the result is subnormal. Special cases as Math.atan2, signed zeros and infinities included.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const sign = y < 0 || Object.is(y, -0) ? -1 : 1;
  const backward = x < 0 || Object.is(x, -0);
  let a = Math.abs(y);
  let b = Math.abs(x);
  const steep = a > b;
  if (steep) [a, b] = [b, a];

  let high = 0;
  low[0] = 0;
  if (a === Infinity) high = arctangentInParts(1, 1);
  else if (b === Infinity || a === 0) high = 0;
  else if (a / b < 1e-18) high = a / b;
  else if (b > 1e-9 && b < 1e9) high = arctangentInParts(a, b);
  else {
    const k = exponentOf(b);
    high = arctangentInParts(scale(a, -k), scale(b, -k));
  }

  // Reflect into the octant the point lies in: first at the diagonal, then at the y axis.
  let rest = low[0]!;
  if (steep) {
    const reflected = HALF_PI_HIGH - high;
    rest = HALF_PI_HIGH - reflected - high + (HALF_PI_LOW - rest);
    high = reflected;
  }
  if (backward) {
    const reflected = 2 * HALF_PI_HIGH - high;
    rest = 2 * HALF_PI_HIGH - reflected - high + (2 * HALF_PI_LOW - rest);
    high = reflected;
  }
  return sign * (high + rest);
}
