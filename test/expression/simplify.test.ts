import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsIn } from '../../src/expression/analysis.js';
import type { Expression } from '../../src/expression/ast.js';
import { compileToFunction, evaluate } from '../../src/expression/evaluate.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';
import { simplify } from '../../src/expression/simplify.js';
import { assignments, everyNode, names, trees, withoutColumns } from './trees.js';

describe('simplify', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['2 - 5', '-3'],
    ['0 * -2', '-0'],
    ['sqrt(16) + x', '4 + x'],
    ['exp(0) * x', 'x'],
    ['2^3', '8'],
    ['x * 1', 'x'],
    ['1 * x', 'x'],
    ['x + 0', 'x'],
    ['0 + x', 'x'],
    ['x - 0', 'x'],
    ['0 - x', '-x'],
    ['x * 0', '0'],
    ['0 * x', '0'],
    ['x / 1', 'x'],
    ['x^1', 'x'],
    ['x * -1', '-x'],
    ['-1 * x', '-x'],
    ['-(-x)', 'x'],
    ['-(-(-x))', '-x'],
    ['if(1 < 2, x, y)', 'x'],
    ['if(not (1 < 2), x, y)', 'y'],
    ['if(1 < 2 and x < y, x, y)', 'if(x < y, x, y)'],
    ['if(x < y or 1 < 2, x, y)', 'x'],
    ['if(x < y and 2 < 1, x, y)', 'y'],
    ['if(not not x < y, x, y)', 'if(x < y, x, y)'],
    // Nothing is reordered or cancelled.
    ['x + 1 + 2', 'x + 1 + 2'],
    ['2 * x * 3', '2 * x * 3'],
    ['x - x', 'x - x'],
    ['x / x', 'x / x'],
    ['0 / x', '0 / x'],
    // What is undefined stays, for its place.
    ['1 / 0', '1 / 0'],
    ['log(0 - 1) + x', 'log(-1) + x'],
    ['pow(10, 400)', 'pow(10, 400)'],
    // An exponent that was computed stays one of pow.
    ['x^(1 + 1)', 'pow(x, 2)'],
    ['x^-2', 'x^-2'],
    ['x^(y + 0)', 'x^y'],
    // Draws are never left out.
    ['gaussian() * 0', 'gaussian() * 0'],
    ['if(1 < 2, x, gaussian())', 'if(1 < 2, x, gaussian())'],
    ['if(1 < 2, gaussian(), x)', 'gaussian()'],
    ['if(2 < 1 and uniform() < x, 1, x)', 'if(2 < 1 and uniform() < x, 1, x)'],
  ])('%s', (text, expected) => {
    expect(printExpression(simplify(parseExpression(text)))).toBe(expected);
  });

  const { value, condition } = trees({ draws: true });
  const draw = (_: string, site: number) => [0.3, 0.9, -1.2, 0.01, 2][site % 5]!;

  /** Whether all parts are finite, and so the value must stay. */
  function compute(e: Expression, values: ReadonlyMap<string, number>): { result: number; finite: boolean } {
    const array = Float64Array.from(names.map((n) => values.get(n)!));
    const slotOf = (name: string) => names.indexOf(name);
    const finite = everyNode(e).every((part) =>
      Number.isFinite(compileToFunction(part, slotOf, draw)(array)),
    );
    return { result: compileToFunction(e, slotOf, draw)(array), finite };
  }

  it('keeps values to the bit, but for the sign of zero, and draws with their sites', () => {
    let judged = 0;
    fc.assert(
      fc.property(fc.oneof(value, condition), assignments, (e, values) => {
        const simple = simplify(e);
        expect(drawsIn(simple)).toBe(drawsIn(e));
        const { result, finite } = compute(e, values);
        if (!finite) return;
        judged++;
        expect(compute(simple, values).result === result, printExpression(e)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(judged).toBeGreaterThan(1000);
  });

  it('gives what it gives again, and what parses back', () => {
    fc.assert(
      fc.property(value, (e) => {
        const simple = simplify(e);
        expect(simplify(simple)).toEqual(simple);
        expect(withoutColumns(parseExpression(printExpression(simple)))).toEqual(withoutColumns(simple));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves its argument as it was', () => {
    const e = parseExpression('-(-x) * 1 + if(1 < 2, 2^2, y)');
    const before = structuredClone(e);
    expect(evaluate(simplify(e), new Map([['x', 5]]))).toBe(9);
    expect(e).toEqual(before);
  });
});
