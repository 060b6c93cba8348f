import { describe, expect, it } from 'vitest';
import { derivativeIn } from '../../src/expression/derivative.js';
import { parseExpression } from '../../src/expression/parse.js';
import { printExpression } from '../../src/expression/print.js';

const slope = (text: string) => printExpression(derivativeIn(parseExpression(text), 'v')!);

describe('the slope of a power', () => {
  it.each([
    ['0.04*v^2 + 5*v + 140 - u', '0.04 * (2 * v) + 5'],
    ['v^3', '3 * v^2'],
    ['a*v^1', 'a'],
    ['v^-1', '-v^-2'],
    ['v^2.5', '2.5 * v^1.5'],
  ])('of %s is %s, without a call', (text, expected) => {
    expect(slope(text)).toBe(expected);
  });
});
