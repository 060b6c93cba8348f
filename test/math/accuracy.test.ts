import { describe, expect, test } from 'vitest';
import { atan2 } from '../../src/math/arctangent.js';
import { exp, tanh } from '../../src/math/exponential.js';
import { log } from '../../src/math/logarithm.js';
import { cbrt, hypot, pow } from '../../src/math/power.js';
import { RandomStream } from '../../src/math/random.js';
import { cos, sin, tan } from '../../src/math/trigonometric.js';
import * as oracle from './oracle.js';

// The bounds are those the doc comments state; each is asserted over SAMPLES arguments per row of the tables below.
const SAMPLES = 2000;
const random = RandomStream.from('accuracy');

const uniform = (low: number, high: number) => (): number => random.uniformIn(low, high);
const sign = (): number => (random.integer(2) === 0 ? -1 : 1);
/** Either sign, exponent uniform in [-e, e]. */
const spread = (e: number) => (): number => sign() * 2 ** random.uniformIn(-e, e);
/** Any finite number except 0, subnormals included: uniform in its bits. */
function anyNumber(): number {
  const view = new DataView(new ArrayBuffer(8));
  do {
    view.setUint32(0, random.integer(2 ** 32));
    view.setUint32(4, random.integer(2 ** 32));
  } while (!Number.isFinite(view.getFloat64(0)) || view.getFloat64(0) === 0);
  return view.getFloat64(0);
}
/** Within two spacings of a multiple of pi/2, where the argument reduction cancels most. */
const nearQuarterTurn = (): number =>
  (1 + random.integer(2 ** random.integer(31))) * (Math.PI / 2) * (1 + (random.integer(5) - 2) * 2 ** -52);
const nearOne = (): number => 1 + sign() * 2 ** -random.uniformIn(2, 52);
const subnormal = (): number => (1 + random.integer(2 ** 32)) * 2 ** -1074;
/** Two numbers of any magnitude, within 2^e of each other. */
const alike = (e: number) => (): [number, number] => {
  for (;;) {
    const scale = anyNumber();
    const pair: [number, number] = [scale * spread(e)(), scale * spread(e)()];
    if (pair.every((x) => Number.isFinite(x) && x !== 0)) return pair;
  }
};

type Unary = [range: string, bound: number, draw: () => number, edges?: number[]];
type Binary = [range: string, bound: number, draw: () => [number, number]];

function worst(errorOf: () => number, count: number): number {
  let max = 0;
  for (let i = 0; i < count; i++) max = Math.max(max, errorOf());
  return max;
}

function unary(
  name: string,
  f: (x: number) => number,
  exact: (x: number) => oracle.Exact,
  rows: Unary[],
): void {
  describe(name, () => {
    test.each(rows)('%s: below %f ulp', (_range, bound, draw, edges = []) => {
      for (const x of edges) expect(oracle.errorInUlps(f(x), exact(x)), `at ${x}`).toBeLessThan(bound);
      const errorOf = (): number => {
        const x = draw();
        return oracle.errorInUlps(f(x), exact(x));
      };
      expect(worst(errorOf, SAMPLES)).toBeLessThan(bound);
    });
  });
}

function binary(
  name: string,
  f: (x: number, y: number) => number,
  exact: (x: number, y: number) => oracle.Exact,
  rows: Binary[],
): void {
  describe(name, () => {
    test.each(rows)('%s: below %f ulp', (_range, bound, draw) => {
      const errorOf = (): number => {
        const [x, y] = draw();
        return oracle.errorInUlps(f(x, y), exact(x, y));
      };
      expect(worst(errorOf, SAMPLES)).toBeLessThan(bound);
    });
  });
}

const tiny = [2 ** -1074, 2 ** -1022, 2 ** -60, -(2 ** -53), 2.9e-9, 3.1e-9];

unary('exp', exp, oracle.exp, [
  ['near 0', 0.75, uniform(-1, 1), tiny],
  ['any exponent', 0.75, spread(9)],
  [
    'normal results',
    0.75,
    uniform(-708.39, 709.78),
    [709.782712893384, 709.7827128933841, -708.3964185322641],
  ],
  ['subnormal results', 0.9, uniform(-745.2, -708.4), [-745.1332191019411, -745.1332191019412]],
]);

unary('log', log, oracle.log, [
  [
    'any magnitude',
    0.51,
    () => Math.abs(anyNumber()),
    [2 ** -1074, Number.MAX_VALUE, Math.SQRT1_2, Math.SQRT2],
  ],
  ['around 1', 0.51, uniform(0.5, 2), [0.5, 2, Math.E]],
  ['next to 1', 0.51, nearOne, [1 + 2 ** -52, 1 - 2 ** -53]],
  ['subnormal', 0.51, subnormal],
]);

const angles: [string, () => number, number[]?][] = [
  ['small angles', uniform(-1, 1), [...tiny, 0.785, -0.785, Math.PI / 4]],
  ['angles of a world step', uniform(-10, 10), [Math.PI, Math.PI / 2, 2 * Math.PI, 3]],
  ['up to the limit of Cody-Waite', uniform(-8.1e5, 8.1e5), [8e5, -8e5, 799999.9999]],
  ['any magnitude', anyNumber, [2 ** 52, 2 ** 60, 1e22, Number.MAX_VALUE, -Number.MAX_VALUE]],
  // The float64 with the smallest remainder modulo pi/2 of all, about 2^-61 (Kahan 1983; Muller 2016, table 11.2).
  ['next to quarter turns', nearQuarterTurn, [6381956970095103 * 2 ** 797]],
];
for (const [name, bound, f, exact] of [
  ['sin', 0.9, sin, oracle.sin],
  ['cos', 0.9, cos, oracle.cos],
  ['tan', 1.2, tan, oracle.tan],
] as const) {
  unary(
    name,
    f,
    exact,
    angles.map(([range, draw, edges]) => [range, bound, draw, edges ?? []]),
  );
}

unary('tanh', tanh, oracle.tanh, [
  ['small', 1, uniform(-0.2, 0.2), tiny],
  ['medium', 1, uniform(-5, 5), [4, -4.000000000000001]],
  ['near saturation', 1, uniform(4, 25)],
  ['any exponent', 1, spread(40), [710, 1e300]],
]);

binary('atan2', atan2, oracle.atan2, [
  ['a plane', 0.51, () => [uniform(-10, 10)(), uniform(-10, 10)()]],
  ['uneven', 0.51, () => [spread(70)(), spread(70)()]],
  ['any magnitude', 0.51, alike(5)],
  ['subnormal', 0.51, () => [sign() * subnormal(), sign() * subnormal()]],
  ['subnormal results', 0.51, () => [subnormal(), 1 + random.uniform()]],
]);

binary('hypot', hypot, oracle.hypot, [
  ['a plane', 0.51, () => [uniform(-10, 10)(), uniform(-10, 10)()]],
  ['uneven', 0.51, () => [spread(40)(), spread(40)()]],
  ['any magnitude', 0.8, alike(20)],
  ['subnormal', 0.8, () => [subnormal(), subnormal()]],
]);

unary('cbrt', cbrt, oracle.cbrt, [
  ['one period', 0.501, uniform(1, 8), [1, 8, 27, -1000]],
  ['any magnitude', 0.501, anyNumber, [2 ** -1074, Number.MAX_VALUE]],
  ['subnormal', 0.501, subnormal],
]);

/** An exponent that takes `x` to a result between e^low and e^high. */
const exponentFor = (x: number, low: number, high: number): number => uniform(low, high)() / Math.log(x);
binary('pow', pow, oracle.pow, [
  ['ordinary', 0.75, () => [uniform(0, 10)(), uniform(-10, 10)()]],
  ['compound growth', 0.75, () => [uniform(0.99, 1.01)(), uniform(-1e4, 1e4)()]],
  [
    'whole range',
    0.75,
    () => {
      const x = Math.abs(anyNumber());
      return [x, exponentFor(x, -708, 709)];
    },
  ],
  [
    'base next to 1',
    0.75,
    () => {
      const x = nearOne();
      return x === 1 ? [2, 0.5] : [x, exponentFor(x, -708, 709)];
    },
  ],
  [
    'subnormal results',
    0.9,
    () => {
      const x = Math.abs(anyNumber());
      return [x, exponentFor(x, -745.2, -708.4)];
    },
  ],
]);

test('the oracle agrees with values known to many digits', () => {
  expect(oracle.errorInUlps(Math.PI, oracle.atan2(0.1, -1e300))).toBeLessThan(0.5);
  expect(oracle.errorInUlps(Math.E, oracle.exp(1))).toBeLessThan(0.5);
  expect(oracle.errorInUlps(Math.LN10, oracle.log(10))).toBeLessThan(0.5);
  expect(oracle.errorInUlps(Math.SQRT2, oracle.hypot(1, 1))).toBeLessThan(0.5);
  // What rounding pi to a float64 leaves out is sin of the rounded value: pi = 3.14159265358979323846264338327950288...
  expect(oracle.errorInUlps(1.2246467991473532e-16, oracle.sin(Math.PI))).toBeLessThan(0.5);
  expect(oracle.errorInUlps(1, oracle.exp(2 ** -52))).toBeGreaterThan(0.99);
});
