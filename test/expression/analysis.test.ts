import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawsIn,
  findUndefined,
  isLinearDecay,
  linearIn,
  namesIn,
  substitute,
} from '../../src/expression/analysis.js';
import { constant, type Expression } from '../../src/expression/ast.js';
import { evaluate } from '../../src/expression/evaluate.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';
import { assignments, everyNode, trees } from './trees.js';

const parse = (text: string) => parseExpression(text);

describe('names and draws', () => {
  it('finds every name once, functions and units aside', () => {
    const e = parse('exp(a) + if(b < m.DA, -a^c, 2[mV]) / t');
    expect([...namesIn(e)].sort()).toEqual(['a', 'b', 'c', 'm.DA', 't']);
  });

  it('counts draws in the text', () => {
    expect(drawsIn(parse('uniform() + if(gaussian() < 0, 1, -triangular()^2) * exp(x)'))).toBe(3);
    expect(drawsIn(parse('x + 1'))).toBe(0);
  });
});

describe('substitute', () => {
  const replaced = (text: string, by: Record<string, string>) =>
    printExpression(substitute(parse(text), new Map(Object.entries(by).map(([n, e]) => [n, parse(e)]))));

  it.each([
    ['a * b + exp(a)', { a: 'x + y' }, '(x + y) * b + exp(x + y)'],
    ['a - b', { a: 'b', b: 'a' }, 'b - a'],
    ['if(a < 1, -a, c)', { a: '2' }, 'if(2 < 1, -2, c)'],
    ['x^n', { n: '2' }, 'pow(x, 2)'],
    ['x^n', { n: '2.5' }, 'x^2.5'],
    ['x^2', { x: 'y' }, 'y^2'],
  ] as [string, Record<string, string>, string][])('%s %j', (text, by, expected) => {
    expect(replaced(text, by)).toBe(expected);
  });

  it('gives the value that the names would have given', () => {
    fc.assert(
      fc.property(trees().value, assignments, (e, values) => {
        const constants = new Map([...values].map(([n, v]) => [n, constant(v, 0)]));
        expect(evaluate(substitute(e, constants), values)).toBe(evaluate(e, values));
      }),
      { numRuns: 500 },
    );
  });

  it('draws anew in every place', () => {
    const e = substitute(parse('x * x'), new Map([['x', parse('gaussian()')]]));
    expect(e.kind === 'binary' && e.left !== e.right).toBe(true);
  });
});

describe('linearIn', () => {
  it.each([
    ['x', '1', '0'],
    ['-x', '-1', '0'],
    ['a', '0', 'a'],
    ['(E - x) / tau', '-1 / tau', 'E / tau'],
    ['-x / tau', '-1 / tau', '0'],
    ['a * x * b + c', 'a * b', 'c'],
    ['2 * (x + 3) - x', '1', '6'],
    ['g * (E - x) + I', '-g', 'g * E + I'],
    ['if(a < b, -x / tau, c)', 'if(a < b, -1 / tau, 0)', 'if(a < b, 0, c)'],
    ['if(a < b, -x, c - x)', '-1', 'if(a < b, 0, c)'],
    ['x^1', '1', '0'],
    ['-x + gaussian()', '-1', 'gaussian()'],
    ['a * exp(b) + x', '1', 'a * exp(b)'],
  ])('%s', (text, slope, offset) => {
    const found = linearIn(parse(text), 'x');
    expect(found && [printExpression(found.slope), printExpression(found.offset)]).toEqual([slope, offset]);
  });

  it.each([
    'x * x',
    'x^2',
    '2^x',
    'a / x',
    'exp(x)',
    'abs(x)',
    'if(x < 1, x, 2)',
    'if(a < 1, x * x, x)',
    'gaussian() * x',
    'gaussian() * (x + 1)',
    'if(uniform() < a, x, 1)',
    'x / uniform()',
    'gaussian() * (x - x)',
    '(x - x) / gaussian()',
    'if(uniform() < a, x, x)',
  ])('%s is not linear', (text) => {
    expect(linearIn(parse(text), 'x')).toBeUndefined();
  });

  it('sums to the value, to rounding', () => {
    const at = 0;
    const node = (operator: '+' | '-' | '*' | '/', left: Expression, right: Expression): Expression => ({
      kind: 'binary',
      operator,
      left,
      right,
      at,
    });
    const free = fc.constantFrom('a', 'b', '3', '0', '1', 'exp(a)', '(a - 5)').map(parse);
    const nonzero = fc.constantFrom('a', 'b', '3', '1', '(a + b)').map(parse);
    const { linear } = fc.letrec<{ linear: Expression }>((tie) => ({
      linear: fc.oneof(
        { maxDepth: 6, depthSize: 'medium' },
        fc.constant(parse('x')),
        free,
        fc
          .tuple(fc.constantFrom('+' as const, '-' as const), tie('linear'), tie('linear'))
          .map(([o, l, r]) => node(o, l, r)),
        fc.tuple(free, tie('linear')).map(([l, r]) => node('*', l, r)),
        fc.tuple(tie('linear'), free).map(([l, r]) => node('*', l, r)),
        fc.tuple(tie('linear'), nonzero).map(([l, r]) => node('/', l, r)),
        tie('linear').map((operand): Expression => ({ kind: 'unary', operator: '-', operand, at })),
        fc.tuple(tie('linear'), tie('linear')).map(
          ([l, r]): Expression => ({
            kind: 'call',
            function: 'if',
            arguments: [parseExpression('a < b', 'condition'), l, r],
            at,
          }),
        ),
      ),
    }));
    const size = fc.double({ min: 0.5, max: 3, noNaN: true });
    fc.assert(
      fc.property(linear, size, size, fc.double({ min: -9, max: 9, noNaN: true }), (e, a, b, x) => {
        const values = new Map(Object.entries({ a, b, x }));
        const found = linearIn(e, 'x')!;
        expect(namesIn(found.slope)).not.toContain('x');
        expect(namesIn(found.offset)).not.toContain('x');
        const largest = Math.max(...everyNode(e).map((part) => Math.abs(evaluate(part, values))));
        const sum = evaluate(found.slope, values) * x + evaluate(found.offset, values);
        expect(Math.abs(sum - evaluate(e, values))).toBeLessThanOrEqual(1e-9 * (1 + largest));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isLinearDecay', () => {
  it.each([
    '-x / tau',
    '-(x / tau)',
    '-k * x',
    '(0 - x) / tau',
    '-x * (1 / a + 1 / b)',
    '-x / tau^2',
    '-x',
    '-x * exp(a)',
  ])('%s is', (text) => {
    expect(isLinearDecay(parse(text), 'x')).toBe(true);
  });

  it.each([
    'x / tau',
    '(E - x) / tau',
    '-x / tau + I',
    '-x^2 / tau',
    '-y / tau',
    '-x / (tau + t)',
    '-x * dt',
    '(a - b) * x',
    '-x * log(a)',
    '0',
    '-x + gaussian()',
  ])('%s is not', (text) => {
    expect(isLinearDecay(parse(text), 'x')).toBe(false);
  });
});

describe('findUndefined', () => {
  const found = (text: string, values: Record<string, number>) =>
    findUndefined(parse(text), new Map(Object.entries(values)));

  it.each([
    ['1 + a / (x - 1)', { a: 2, x: 1 }, 6, 'division by zero: "x - 1" is 0'],
    ['0 / x', { x: 0 }, 2, 'division by zero'],
    ['2 * log(x)', { x: 0 }, 4, 'logarithm'],
    ['log(x)', { x: -1 }, 0, '"x" is -1'],
    ['sqrt(x - 1)', { x: 0 }, 0, 'square root of a negative number: "x - 1" is -1'],
    ['x^-2', { x: 0 }, 1, 'division by zero: "x" is 0'],
    ['pow(x, 0.5)', { x: -2 }, 0, 'broken power'],
    ['1 / x + log(x)', { x: 0 }, 2, 'division by zero'],
    ['if(x > 0, 1, log(x))', { x: 0 }, 13, 'logarithm'],
    ['if(y > 0, 1, log(x))', { x: 0 }, 13, 'logarithm'],
    ['if(uniform() < 0.5 or y > 0, 1 / x, 1)', { x: 0 }, 31, 'division'],
    ['if(not (y > 0 and x == 0), 1 / x, 1)', { x: 0 }, 29, 'division'],
  ] as [string, Record<string, number>, number, string][])('%s %j', (text, values, at, reason) => {
    const place = found(text, values);
    expect(place?.at).toBe(at);
    expect(place?.reason).toContain(reason);
  });

  it.each([
    ['1 / x + log(x) + sqrt(x) + x^-1', { x: 1 }],
    ['sqrt(x)', { x: 0 }],
    ['if(x == 0, 1, 1 / x)', { x: 0 }],
    ['if(x == 0 or y > 0, 1, 1 / x)', { x: 0 }],
    ['1 / y', { x: 0 }],
    ['1 / gaussian() + log(uniform())', {}],
    ['x^3 + x^2.5', { x: 0 }],
    ['x^3', { x: -1 }],
  ] as [string, Record<string, number>][])('%s %j is defined', (text, values) => {
    expect(found(text, values)).toBeUndefined();
  });
});
