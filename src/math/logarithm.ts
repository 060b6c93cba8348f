import { highWord, powerOfTwo } from './binary64.js';
import { LN2_HIGH, LN2_LOW } from './exponential.js';
import { leading, logarithmOfRatio, toNumber } from './series.js';

/** High word of sqrt(1/2): subtracting it before the exponent is read puts the mantissa in [sqrt(1/2), sqrt(2)). */
const HIGH_WORD_OF_ROOT_HALF = 0x3fe6a09e;
const TWO_TO_54 = powerOfTwo(54);

/** Table of -log(j/256) for j = FIRST .. LAST, which covers every round(256/m) with m in [sqrt(1/2), sqrt(2)). */
const FIRST = 181;
const LAST = 363;
const TABLE_HIGH = new Float64Array(LAST - FIRST + 1);
const TABLE_LOW = new Float64Array(LAST - FIRST + 1);

/** The leading part is a multiple of 2^-42 like LN2_HIGH, so that its sum with a multiple of LN2_HIGH is exact. */
function setEntry(j: number, entry: bigint): void {
  TABLE_HIGH[j - FIRST] = toNumber(leading(entry, 42));
  TABLE_LOW[j - FIRST] = toNumber(entry - leading(entry, 42));
}

// Ratios of neighbours are near 1, where the series of the logarithm is short.
for (let j = 255, entry = 0n; j >= FIRST; j--) {
  entry += logarithmOfRatio(j + 1, j);
  setEntry(j, entry);
}
for (let j = 257, entry = 0n; j <= LAST; j++) {
  entry -= logarithmOfRatio(j, j - 1);
  setEntry(j, entry);
}

/**
 * log(x) of a finite x > 0 as a sum of two numbers: returns their rounded sum and leaves the rest in low[0]. The pair
 * is within 2^-68 of log(x), relatively, which is what pow needs.
 *
 * x = 2^k m; with r = round(256/m)/256, m r = 1 + f is exact in two parts and |f| < 2^-8.4. Then
 * log(x) = k ln 2 - log(r) + log(1 + f) (table-driven, after Tang 1990, doi:10.1145/98267.98294), where f - f^2/2 is
 * kept in two parts and only the rest of the series, a 2^-18th of f, in one.
 */
export function logInParts(x: number, low: Float64Array): number {
  let normal = x;
  let k = 0;
  let high = highWord(x);
  if (high < 0x00100000) {
    normal = x * TWO_TO_54;
    k = -54;
    high = highWord(normal);
  }
  const steps = (high - HIGH_WORD_OF_ROOT_HALF) >> 20;
  k += steps;
  const m = normal * powerOfTwo(-steps);

  const j = (256 / m + 0.5) | 0;
  const reciprocal = j * (1 / 256);
  const mHigh = Math.fround(m);
  const fromHigh = mHigh * reciprocal - 1;
  const fromLow = (m - mHigh) * reciprocal;
  const f = fromHigh + fromLow;
  const fromLowRounded = f - fromHigh;
  const fLow = fromHigh - (f - fromLowRounded) + (fromLow - fromLowRounded);

  const fHigh = Math.fround(f);
  const halfSquareHigh = 0.5 * fHigh * fHigh;
  const halfSquareLow = 0.5 * (f - fHigh) * (f + fHigh);
  const z = f * f;
  // f^3/3 - f^4/4 + ... + f^9/9.
  const rest =
    z * f * (1 / 3 + z * (1 / 5 + z * (1 / 7 + (1 / 9) * z)) + f * (-1 / 4 + z * (-1 / 6 + (-1 / 8) * z)));

  const base = k * LN2_HIGH + TABLE_HIGH[j - FIRST]!;
  const sum = base + f;
  const lead = sum - halfSquareHigh;
  const tail =
    base -
    sum +
    f +
    (sum - lead - halfSquareHigh) +
    (k * LN2_LOW + TABLE_LOW[j - FIRST]! + (fLow - f * fLow) - halfSquareLow + rest);
  const result = lead + tail;
  low[0] = lead - result + tail;
  return result;
}

const discarded = new Float64Array(1);

/** Natural logarithm. Error below 0.51 ulp. Special cases as Math.log. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  return logInParts(x, discarded);
}
