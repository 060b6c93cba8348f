import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/expression/canonical.js';
import { evaluate } from '../../src/expression/evaluate.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';

const of = (text: string) => printExpression(canonical(parseExpression(text)));

describe('the canonical form', () => {
  it.each([
    ['E*R - E', 'E * (R - 1)'],
    ['E*(R - 1)', 'E * (R - 1)'],
    ['-(E - R*E)', 'E * (R - 1)'],
    ['quotient(E*(R - 1), R*R)', 'E * (R - 1) / R^2'],
    ['R - 1 + E/R', '(R^2 + E - R) / R'],
    ['0.1*10*E - E + R', 'R'],
    ['2*E/(4*R)', '0.5 * E / R'],
    ['(a*b + a)/(b + 1)', 'a'],
    ['(a - b)/(b - a)', '-1'],
    ['(x + 1)^3', 'x^3 + 3 * x^2 + 3 * x + 1'],
    ['x^-2*x', '1 / x'],
    ['max(b + a, c) + max(c, a + b)', '2 * max(a + b, c)'],
    ['tanh(x*y)*tanh(y*x)', 'tanh(x * y)^2'],
    ['w - w', '0'],
    ['c*(m.DA - m.NA)', 'c * (m.DA - m.NA)'],
    ['0.1 + 0.2', '0.3'],
  ])('of %s is %s', (text, expected) => {
    expect(of(text)).toBe(expected);
  });

  it('leaves alone what has no value', () => {
    expect(of('E/(R - R)')).toBe('E / (R - R)');
    expect(of('(a - a)^-1')).toBe('0^-1');
  });

  it('gives up on what would be longer written out', () => {
    const sum = Array.from({ length: 8 }, (_, i) => `x${i}`).join(' + ');
    expect(of(`(${sum})^8`)).toBe(`(${sum})^8`);
  });

  const leaf = fc.oneof(
    fc.constantFrom('x', 'y', 'z'),
    fc.integer({ min: -3, max: 3 }).map((n) => `(${n})`),
  );
  const formula: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
    e: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc
        .tuple(tie('e'), fc.constantFrom('+', '-', '*', '/'), tie('e'))
        .map(([a, o, b]) => `(${a} ${o} ${b})`),
      tie('e').map((a) => `tanh(${a})`),
    ),
  })).e;

  it('has the value of the formula wherever that has one, and is its own canonical form', () => {
    fc.assert(
      fc.property(
        formula,
        fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
        (text, [a, b]) => {
          const values = new Map([
            ['x', 0.37 * a],
            ['y', -0.21 * b],
            ['z', 1.7],
          ]);
          const before = evaluate(parseExpression(text), values);
          const form = canonical(parseExpression(text));
          const after = evaluate(form, values);
          fc.pre(Number.isFinite(before) && Math.abs(before) < 1e6 && Math.abs(before) > 1e-6);
          fc.pre(Number.isFinite(after));
          expect(after / before).toBeCloseTo(1, 5);
          expect(printExpression(canonical(form))).toBe(printExpression(form));
        },
      ),
      { numRuns: 300 },
    );
  });
});
