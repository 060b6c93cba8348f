import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atan2 } from '../../src/math/arctangent.js';
import { exp, tanh } from '../../src/math/exponential.js';
import { log } from '../../src/math/logarithm.js';
import { cbrt, hypot, pow } from '../../src/math/power.js';
import { cos, sin, tan } from '../../src/math/trigonometric.js';

const { MAX_VALUE, MIN_VALUE } = Number;

// ECMAScript fixes Math.* on the arguments used here, so that the engine's own functions can serve as reference.
const SPECIAL = [NaN, 0, -0, Infinity, -Infinity];
const unary = { exp, log, sin, cos, tan, tanh, cbrt };
for (const [name, f] of Object.entries(unary)) {
  test.each(SPECIAL)(`${name}(%d)`, (x) => {
    expect(f(x)).toBe(Math[name as keyof typeof unary](x));
  });
}

test.each([-1, -MIN_VALUE, -MAX_VALUE])('log(%d) is NaN', (x) => {
  expect(log(x)).toBeNaN();
});

test('values that are exact', () => {
  expect(log(1)).toBe(0);
  expect(exp(1)).toBe(Math.E);
  expect(exp(-MIN_VALUE)).toBe(1);
  expect(cos(MIN_VALUE)).toBe(1);
  expect(sin(-MIN_VALUE)).toBe(-MIN_VALUE);
  expect(cbrt(-27)).toBe(-3);
  expect(hypot(3, -4)).toBe(5);
  expect(hypot(3e-320, 4e-320)).toBeCloseTo(5e-320, 323);
  expect(hypot(MAX_VALUE, MAX_VALUE)).toBe(Infinity);
  expect(hypot(MAX_VALUE, 1)).toBe(MAX_VALUE);
  expect(exp(709.782712893384)).toBeLessThan(Infinity);
  expect(exp(709.7827128933841)).toBe(Infinity);
  expect(exp(-745.1332191019411)).toBe(MIN_VALUE);
  expect(exp(-745.1332191019412)).toBe(0);
});

const EDGES = [...SPECIAL, 1, -1, 3, -3, 0.5, -0.5, MIN_VALUE, -MIN_VALUE, MAX_VALUE, -MAX_VALUE];

describe.each(EDGES)('with first argument %d', (a) => {
  test.each(EDGES)('and second %d: atan2 and hypot', (b) => {
    // The engine's results are exact or rounded pi fractions at every pair whose ratio is 0, 1 or infinite.
    const ratio = Math.abs(a / b);
    if (ratio < 1e-300 || ratio > 1e300 || ratio === 1 || Number.isNaN(ratio)) {
      expect(atan2(a, b)).toBe(Math.atan2(a, b));
      if (Math.abs(a) !== Math.abs(b)) expect(hypot(a, b)).toBe(Math.hypot(a, b));
    } else {
      expect(atan2(a, b)).toBeCloseTo(Math.atan2(a, b), 15);
      expect(hypot(a, b)).toBeCloseTo(Math.hypot(a, b), 15);
    }
  });

  const exponents = [...EDGES, 2, -2, 2.5, 2 ** 53, 2 ** 53 - 1, -(2 ** 53 - 1), 1e300, 2 ** 63, 2 ** 65];
  test.each(exponents)('and second %d: pow', (b) => {
    const engine = a ** b;
    // Elsewhere the engine rounds as it likes: V8 misses the last bit of 0.5 ** -0.5, the square root of 2.
    if (engine === 0 || !Number.isFinite(engine) || Number.isInteger(b)) expect(pow(a, b)).toBe(engine);
    else expect(Math.abs(pow(a, b) / engine - 1)).toBeLessThan(4e-16);
  });
});

test('integer powers that fit a float64 are exact', () => {
  for (let base = 2n; base <= 30n; base++) {
    for (let exponent = 0, power = 1n; power < 2n ** 53n; exponent++, power *= base) {
      expect(pow(Number(base), exponent)).toBe(Number(power));
      expect(pow(-Number(base), exponent)).toBe(exponent % 2 === 0 ? Number(power) : -Number(power));
    }
  }
  expect(pow(10, 22)).toBe(1e22);
  for (let n = -1074; n <= 1023; n++) expect(pow(2, n)).toBe(2 ** n);
});

test('symmetries hold to the bit', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, (x, y) => {
      for (const odd of [sin, tan, tanh, cbrt]) expect(odd(-x)).toBe(-odd(x));
      expect(cos(-x)).toBe(cos(x));
      expect(atan2(-y, x)).toBe(-atan2(y, x));
      expect(hypot(x, y)).toBe(hypot(-y, x));
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('results stay in range', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      for (const f of [sin, cos, tanh]) expect(Math.abs(f(x))).toBeLessThanOrEqual(1);
      expect(exp(x)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 2000, seed: 2 },
  );
});
