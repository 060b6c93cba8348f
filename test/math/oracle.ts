/**
 * Reference values of the elementary functions, to far more bits than a float64 has, in BigInt arithmetic. The ways
 * differ from those of src/math on purpose (pi by the arithmetic-geometric mean, logarithms and angles by Newton's
 * method, no tables), so that an error in one does not hide in the other. Where Math.* appears it only starts an
 * iteration that corrects it.
 */

/** The number m * 2^e. */
export interface Exact {
  m: bigint;
  e: number;
}

/** Fixed-point numbers below are integers in units of 2^-BITS. */
const BITS = 320;
const SHIFT = BigInt(BITS);
const ONE = 1n << SHIFT;

const absolute = (a: bigint): bigint => (a < 0n ? -a : a);
const bitLength = (a: bigint): number => (a === 0n ? 0 : absolute(a).toString(2).length);
const shift = (a: bigint, n: number): bigint => (n >= 0 ? a << BigInt(n) : a >> BigInt(-n));
const multiply = (a: bigint, b: bigint): bigint => (a * b) >> SHIFT;
const divide = (a: bigint, b: bigint): bigint => (a << SHIFT) / b;
const toFixed = (x: Exact): bigint => shift(x.m, x.e + BITS);
const fixed = (a: bigint): Exact => ({ m: a, e: -BITS });

/** The float64 `x`, exactly. */
function decode(x: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: bits >> 63n ? -m : m, e: Math.max(field, 1) - 1075 };
}

/** |actual - exact| in ulps: spacings of float64 numbers in the binade of `exact`, 2^-1074 at least. */
export function errorInUlps(actual: number, exact: Exact): number {
  if (exact.m === 0n) return actual === 0 ? 0 : Infinity;
  if (Number.isNaN(actual)) return Infinity;
  const spacing = Math.max(bitLength(exact.m) + exact.e - 1, -1022) - 52;
  const sign = exact.m < 0n ? -1n : 1n;
  // Infinity stands for 2^1024, to which any result of at least 2^1024 - 2^970 is rounded.
  const a = Number.isFinite(actual) ? decode(actual) : { m: actual > 0 ? 1n : -1n, e: 1024 };
  if (!Number.isFinite(actual) && spacing > 971) return sign === a.m ? 0 : Infinity;
  const resolution = 40;
  const difference = shift(a.m, a.e - spacing + resolution) - shift(exact.m, exact.e - spacing + resolution);
  return Number(absolute(difference)) / 2 ** resolution;
}

function squareRoot(a: bigint): bigint {
  if (a < 2n) return a;
  let root = 1n << BigInt((bitLength(a) + 1) >> 1);
  for (;;) {
    const next = (root + a / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Pi in units of 2^-bits, by the arithmetic-geometric mean (Salamin 1976, doi:10.1090/S0025-5718-1976-0404124-9). */
function computePi(bits: number): bigint {
  const width = BigInt(bits + 40);
  const one = 1n << width;
  let a = one;
  let b = squareRoot((one * one) >> 1n);
  let t = one >> 2n;
  for (let i = 0n; absolute(a - b) > 2n; i++) {
    const mean = (a + b) >> 1n;
    t -= (((a - mean) * (a - mean)) >> width) << i;
    b = squareRoot(a * b);
    a = mean;
  }
  return (((a + b) * (a + b)) / (4n * t)) >> 40n;
}

const PI_BITS = 1500;
const PI_WIDE = computePi(PI_BITS);

/** e^r by its series, after r has been halved ten times; then squared as often. */
function expFixed(r: bigint): bigint {
  const x = r >> 10n;
  let sum = ONE;
  let term = ONE;
  for (let i = 1n; term !== 0n && term !== -1n; i++) {
    term = multiply(term, x) / i;
    sum += term;
  }
  for (let i = 0; i < 10; i++) sum = multiply(sum, sum);
  return sum;
}

/** log m of a fixed-point m in [1/2, 4), by Newton-Halley steps on e^y = m. */
function logFixed(m: bigint): bigint {
  let y = toFixed(decode(Math.log(Number(m >> (SHIFT - 80n)) / 2 ** 80)));
  for (let step = 0; step < 2; step++) {
    const power = expFixed(y);
    y += divide(2n * (m - power), m + power);
  }
  return y;
}

const LN2 = logFixed(2n * ONE);

function expOfFixed(x: bigint): Exact {
  const k = x / LN2;
  return { m: expFixed(x - k * LN2), e: Number(k) - BITS };
}

function logOf({ m, e }: Exact): bigint {
  const excess = bitLength(m) - 1;
  return logFixed(shift(m, BITS - excess)) + BigInt(excess + e) * LN2;
}

/** Sine and cosine of a fixed-point angle below 2 in magnitude. */
function sineAndCosine(x: bigint): [sine: bigint, cosine: bigint] {
  const minusSquare = -multiply(x, x);
  const sum = (first: bigint, start: bigint): bigint => {
    let total = first;
    let term = first;
    for (let i = start; absolute(term) > 1n; i += 2n) {
      term = multiply(term, minusSquare) / (i * (i + 1n));
      total += term;
    }
    return total;
  };
  return [sum(x, 2n), sum(ONE, 1n)];
}

/** Sine and cosine of any angle: a multiple of pi/2 is taken off at full width. */
function sineAndCosineOf(x: Exact): [sine: bigint, cosine: bigint] {
  const wide = shift(x.m, x.e + PI_BITS);
  const turns = (2n * wide) / PI_WIDE;
  const [s, c] = sineAndCosine((2n * wide - turns * PI_WIDE) >> BigInt(PI_BITS - BITS + 1));
  switch (turns & 3n) {
    case 0n:
      return [s, c];
    case 1n:
      return [c, -s];
    case 2n:
      return [-s, -c];
    default:
      return [-c, s];
  }
}

/** a / b with at least 200 bits. */
function quotient(a: Exact, b: Exact): Exact {
  const extra = 200 + Math.max(0, bitLength(b.m) - bitLength(a.m));
  return { m: (a.m << BigInt(extra)) / b.m, e: a.e - b.e - extra };
}

function add(a: Exact, b: Exact): Exact {
  const e = Math.min(a.e, b.e);
  return { m: shift(a.m, a.e - e) + shift(b.m, b.e - e), e };
}

const isBelow = (x: Exact, exponent: number): boolean => bitLength(x.m) + x.e < exponent;

/** x - x^3/d for |x| < 2^-60, where the next term of an odd series is below 2^-240 x. */
function twoTerms(x: Exact, d: bigint): Exact {
  const cubeOverD = { m: -((x.m ** 3n) << 300n) / d, e: 3 * x.e - 300 };
  return add(x, cubeOverD);
}

export function exp(x: number): Exact {
  return expOfFixed(toFixed(decode(x)));
}

export function log(x: number): Exact {
  return fixed(logOf(decode(x)));
}

/** x^y for x > 0. */
export function pow(x: number, y: number): Exact {
  const exponent = decode(y);
  return expOfFixed(shift(logOf(decode(x)) * exponent.m, exponent.e));
}

export function sin(x: number): Exact {
  const exact = decode(x);
  return isBelow(exact, -60) ? twoTerms(exact, 6n) : fixed(sineAndCosineOf(exact)[0]);
}

export function cos(x: number): Exact {
  return fixed(sineAndCosineOf(decode(x))[1]);
}

export function tan(x: number): Exact {
  const exact = decode(x);
  if (isBelow(exact, -60)) return twoTerms(exact, -3n);
  const [s, c] = sineAndCosineOf(exact);
  return quotient(fixed(s), fixed(c));
}

export function tanh(x: number): Exact {
  const exact = decode(x);
  if (isBelow(exact, -60)) return twoTerms(exact, 3n);
  const power = toFixed(expOfFixed(toFixed({ m: -absolute(exact.m), e: exact.e + 1 })));
  const magnitude = divide(ONE - power, ONE + power);
  return fixed(exact.m < 0n ? -magnitude : magnitude);
}

/** The angle of (x, y) by one correction of an approximate angle: tan(exact - start) is then below 2^-50. */
export function atan2(y: number, x: number): Exact {
  const [exactY, exactX] = [decode(y), decode(x)];
  const start = Math.atan2(y, x);
  if (Math.abs(start) < 2 ** -60) return twoTerms(quotient(exactY, exactX), 3n);
  const [s, c] = sineAndCosineOf(decode(start));
  const across = add({ m: exactY.m * c, e: exactY.e }, { m: -exactX.m * s, e: exactX.e });
  const along = add({ m: exactX.m * c, e: exactX.e }, { m: exactY.m * s, e: exactY.e });
  if (across.m === 0n) return decode(start);
  const t = toFixed(quotient(across, along));
  const cube = multiply(t, multiply(t, t));
  return fixed(toFixed(decode(start)) + t - cube / 3n + multiply(cube, multiply(t, t)) / 5n);
}

export function hypot(x: number, y: number): Exact {
  const [a, b] = [decode(x), decode(y)];
  const square = add({ m: a.m * a.m, e: 2 * a.e }, { m: b.m * b.m, e: 2 * b.e });
  return { m: squareRoot(square.m << 400n), e: square.e / 2 - 200 };
}

export function cbrt(x: number): Exact {
  const { m, e } = decode(x);
  const down = 600 + (((e % 3) + 3) % 3);
  const target = absolute(m) << BigInt(down);
  let root = 1n << BigInt(Math.ceil(bitLength(target) / 3));
  for (;;) {
    const next = (2n * root + target / (root * root)) / 3n;
    if (next >= root) break;
    root = next;
  }
  return { m: m < 0n ? -root : root, e: (e - down) / 3 };
}
