import { reduceAngle, remainder } from './angle.js';
import { quotientError } from './binary64.js';

/** Arguments up to this, just below pi/4, need no reduction. */
const QUARTER_PI = 0.785;
/** Below this in magnitude sin x, tan x and x agree to 0.05 ulp; returning x also keeps -0. */
const TINY = 3e-9;

/**
 * sin(r + low) - r for |r| < 0.786 and |low| below an ulp of r. The term after r^17/17! is below 2^-62 r. The terms
 * are summed in two interleaved chains, which run side by side. Coefficients stand in place, here and in the other
 * series, because the compiler folds a literal 1 / 6 but not a module-level const that a bundler has made a var:
 * that halves the time of a call.
 */
function sineTail(r: number, low: number): number {
  const z = r * r;
  const w = z * z;
  const terms =
    -1 / 6 +
    w * (-1 / 5040 + w * (-1 / 39916800 + (-1 / 1307674368000) * w)) +
    z * (1 / 120 + w * (1 / 362880 + w * (1 / 6227020800 + (1 / 355687428096000) * w)));
  return r * z * terms + (low - 0.5 * z * low);
}

/** cos(r + low), under the same conditions. 1 - r^2/2 is kept in two parts, the square split exactly. */
function cosineLead(r: number): number {
  const high = Math.fround(r);
  return 1 - 0.5 * high * high;
}

function cosineTail(r: number, low: number, lead: number): number {
  const high = Math.fround(r);
  const z = r * r;
  const w = z * z;
  const terms =
    1 / 24 +
    w * (1 / 40320 + w * (1 / 479001600 + (1 / 20922789888000) * w)) +
    z * (-1 / 720 + w * (-1 / 3628800 + w * (-1 / 87178291200 + (-1 / 6402373705728000) * w)));
  const halfSquareLow = 0.5 * (r - high) * (r + high);
  return 1 - lead - 0.5 * high * high + (w * terms - halfSquareLow - low * r * (1 - (1 / 6) * z));
}

function cosineOf(r: number, low: number): number {
  const lead = cosineLead(r);
  return lead + cosineTail(r, low, lead);
}

/** Sine of x rad. Error below 0.9 ulp for every finite x. Special cases as Math.sin. */
export function sin(x: number): number {
  if (x < QUARTER_PI && x > -QUARTER_PI) return x < TINY && x > -TINY ? x : x + sineTail(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduceAngle(x);
  const r = remainder[0]!;
  const low = remainder[1]!;
  const magnitude = (quadrant & 1) === 0 ? r + sineTail(r, low) : cosineOf(r, low);
  return (quadrant & 2) === 0 ? magnitude : -magnitude;
}

/** Cosine of x rad. Error below 0.9 ulp for every finite x. Special cases as Math.cos. */
export function cos(x: number): number {
  if (x < QUARTER_PI && x > -QUARTER_PI) return cosineOf(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduceAngle(x);
  const r = remainder[0]!;
  const low = remainder[1]!;
  const magnitude = (quadrant & 1) === 0 ? cosineOf(r, low) : r + sineTail(r, low);
  return ((quadrant + 1) & 2) === 0 ? magnitude : -magnitude;
}

/**
 * Tangent of x rad, the quotient of sine and cosine in two parts each. Error below 1.2 ulp for every finite x. Special
 * cases as Math.tan.
 */
export function tan(x: number): number {
  if (x < TINY && x > -TINY) return x;
  if (x - x !== 0) return NaN;
  const quadrant = reduceAngle(x);
  const r = remainder[0]!;
  const sTail = sineTail(r, remainder[1]!);
  const s = r + sTail;
  const sLow = r - s + sTail;
  const lead = cosineLead(r);
  const cTail = cosineTail(r, remainder[1]!, lead);
  const c = lead + cTail;
  const cLow = lead - c + cTail;
  if ((quadrant & 1) === 0) {
    const quotient = s / c;
    return quotient + quotientError(quotient, s, sLow, c, cLow);
  }
  const quotient = -c / s;
  return quotient + quotientError(quotient, -c, -cLow, s, sLow);
}
