import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileToFunction, evaluate } from '../../src/expression/evaluate.js';
import { type DrawKind, functions } from '../../src/expression/functions.js';
import { parseExpression } from '../../src/expression/parse.js';
import { expandPower, integerExponent } from '../../src/expression/power.js';
import { printExpression } from '../../src/expression/print.js';
import { exp, tanh } from '../../src/math/exponential.js';
import { log } from '../../src/math/logarithm.js';
import { pow } from '../../src/math/power.js';
import { cos, sin } from '../../src/math/trigonometric.js';
import { assignments, everyNode, trees } from './trees.js';

const none: ReadonlyMap<string, number> = new Map();
const value = (text: string, values = none) => evaluate(parseExpression(text), values);
const holds = (text: string, values = none) => evaluate(parseExpression(text, 'condition'), values);

describe('values', () => {
  it.each([
    ['1 + 2 * 3 - 8 / 4', 5],
    ['2 ^ 3 ^ 2', 512],
    ['-2^2', -4],
    ['exp(1.5)', exp(1.5)],
    ['log(7)', log(7)],
    ['sqrt(2)', Math.SQRT2],
    ['abs(-3) + floor(-1.5)', 1],
    ['min(2, -1) * max(2, -1)', -2],
    ['sin(2)', sin(2)],
    ['cos(2)', cos(2)],
    ['tanh(0.7)', tanh(0.7)],
    ['pow(3, 0.3)', pow(3, 0.3)],
    ['3 ^ 0.3', pow(3, 0.3)],
    ['sigmoid(0.3)', 1 / (1 + exp(-0.3))],
    ['exprel(0.3)', (exp(0.3) - 1) / 0.3],
    ['exprel(0)', 1],
    ['exprel(9.9e-6)', 1 + 9.9e-6 / 2],
    ['exprel(-9.9e-6)', 1 - 9.9e-6 / 2],
    ['exprel(1e-5)', (exp(1e-5) - 1) / 1e-5],
    ['exprel(-1e-5)', (exp(-1e-5) - 1) / -1e-5],
    ['sign(-2) + 10 * sign(0) + 100 * sign(3)', 99],
    ['if(1 < 2, 3, 4)', 3],
    ['if(1 > 2, 3, 4)', 4],
    ['4[mV] / 2[uV]', 2],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('takes sign of NaN for 0, and lets min and max pass NaN on', () => {
    expect(functions.sign.evaluate(NaN)).toBe(0);
    expect(functions.sign.evaluate(-0)).toBe(0);
    expect(functions.min.evaluate(NaN, 1)).toBe(NaN);
    expect(functions.max.evaluate(1, NaN)).toBe(NaN);
    expect(functions.min.evaluate(0, -0)).toBe(-0);
    expect(functions.max.evaluate(-0, 0)).toBe(0);
  });

  it('chooses without multiplying: what is not chosen may be undefined', () => {
    expect(value('if(x == 0, 1, 1 / x)', new Map([['x', 0]]))).toBe(1);
  });

  it.each([
    ['1 < 2 and 2 <= 2', 1],
    ['2 > 2 or 2 >= 3', 0],
    ['1 == 1 and 1 != 1', 0],
    ['not (1 == 2)', 1],
    ['x == x', 0],
    ['x != x', 1],
    ['x < 1 or x > 1', 0],
  ])('condition %s gives %i', (text, expected) => {
    expect(holds(text, new Map([['x', NaN]]))).toBe(expected);
  });

  it('names what has no value', () => {
    expect(() => value('tau_m', new Map([['tau', 1]]))).toThrow(/"tau_m" has no value.*"tau"/);
  });

  it('reads each name from its slot, again at every call', () => {
    const f = compileToFunction(parseExpression('a - 10 * m.DA'), (name) => (name === 'a' ? 2 : 0));
    expect(f(Float64Array.of(1, 7, 3))).toBe(-7);
    expect(f(Float64Array.of(0, 7, 3))).toBe(3);
  });
});

describe('random draws', () => {
  it('counts sites in order of text and makes every draw, chosen or not', () => {
    const e = parseExpression(
      'uniform() + if(gaussian() < 0 and triangular() < 0, uniform(), 2 * gaussian())^2',
    );
    const made: [DrawKind, number][] = [];
    const draw = (kind: DrawKind, site: number) => {
      made.push([kind, site]);
      return site;
    };
    const f = compileToFunction(e, () => 0, draw, 7);
    expect(f(new Float64Array(1))).toBe(7 + (2 * 11) ** 2);
    const kinds: DrawKind[] = ['uniform', 'gaussian', 'triangular', 'uniform', 'gaussian'];
    expect([...made].sort((a, b) => a[1] - b[1])).toEqual(kinds.map((kind, i) => [kind, 7 + i]));
    f(new Float64Array(1));
    expect(made.length).toBe(10);
    expect(compileToFunction(parseExpression('uniform()'), () => 0, draw)(new Float64Array(1))).toBe(0);
  });

  it('needs a source', () => {
    expect(() => value('gaussian()')).toThrow('gaussian() needs a source of random numbers');
  });
});

describe('integer powers', () => {
  const x = 1.1;
  it.each([
    ['x^1', x],
    ['x^2', x * x],
    ['x^3', x * x * x],
    ['x^4', x * x * (x * x)],
    ['x^5', x * x * (x * x) * x],
    ['x^6', x * x * x * (x * x * x)],
    ['x^7', x * x * x * (x * x * x) * x],
    ['x^-1', 1 / x],
    ['x^-3', 1 / (x * x * x)],
    ['x^17', pow(x, 17)],
    ['x^0', 1],
    ['x^2.5', pow(x, 2.5)],
    ['x^(1 + 1)', pow(x, 2)],
    ['pow(x, 3)', pow(x, 3)],
  ])('%s', (text, expected) => {
    expect(value(text, new Map([['x', x]]))).toBe(expected);
  });

  it('tells products from pow in some last bit, so that the cases above can fail', () => {
    expect(
      [...Array(50).keys()].some((i) => pow(1 + i / 7, 3) !== (1 + i / 7) * (1 + i / 7) * (1 + i / 7)),
    ).toBe(true);
  });

  it('are what expandPower writes out, with the base shared', () => {
    const exponents = fc.integer({ min: 1, max: 16 }).chain((n) => fc.constantFrom(n, -n));
    const base = parseExpression('x');
    fc.assert(
      fc.property(exponents, fc.double({ min: -9, max: 9, noNaN: true }), (n, at) => {
        const products = expandPower(base, n);
        const values = new Map([['x', at]]);
        expect(evaluate(products, values)).toBe(value(`x^${n}`, values));
        const leaves = everyNode(products).filter(({ kind }) => kind === 'name');
        expect(leaves.every((leaf) => leaf === base)).toBe(true);
        expect(leaves.length).toBe(Math.abs(n));
      }),
    );
  });

  it.each([
    [3, 'x * x * x'],
    [5, 'x * x * (x * x) * x'],
    [-2, '1 / (x * x)'],
  ])('expandPower of %i', (n, expected) => {
    expect(printExpression(expandPower(parseExpression('x'), n))).toBe(expected);
  });

  it.each([0, 17, -17, 1.5])('expandPower refuses %d', (n) => {
    expect(() => expandPower(parseExpression('x'), n)).toThrow(RangeError);
  });

  it.each([
    ['3', 3],
    ['-16', -16],
    ['0', undefined],
    ['17', undefined],
    ['2.5', undefined],
    ['1 + 1', undefined],
    ['n', undefined],
  ])('the exponent %s', (text, expected) => {
    expect(integerExponent(parseExpression(text))).toBe(expected);
  });
});

describe('any tree', () => {
  it('has the value that its operations have on the values of its parts', () => {
    fc.assert(
      fc.property(trees().value, assignments, (e, values) => {
        if (e.kind !== 'binary' || e.operator === '^') return;
        const [a, b] = [evaluate(e.left, values), evaluate(e.right, values)];
        const expected = { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[
          e.operator as '+' | '-' | '*' | '/'
        ];
        expect(evaluate(e, values)).toBe(expected);
      }),
    );
  });
});
