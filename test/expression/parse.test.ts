import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/expression/ast.js';
import { ExpressionError } from '../../src/expression/error.js';
import { parseEquation, parseExpression, parseStatement } from '../../src/expression/parse.js';
import { UsageError } from '../../src/spec/errors.js';

/** Fully parenthesized, so that the grouping shows. */
function grouped(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return e.unit === undefined ? `${e.value}` : `${e.value}[${e.unit}]`;
    case 'name':
      return e.name;
    case 'unary':
      return `(${e.operator} ${grouped(e.operand)})`;
    case 'binary':
      return `(${grouped(e.left)} ${e.operator} ${grouped(e.right)})`;
    case 'call':
      return `${e.function}(${e.arguments.map(grouped).join(', ')})`;
  }
}

function errorOf(run: () => unknown): ExpressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('grouping', () => {
  it.each([
    ['a - b - c', '((a - b) - c)'],
    ['a / b * c', '((a / b) * c)'],
    ['a + b * c', '(a + (b * c))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['-x^2', '(- (x ^ 2))'],
    ['x^-2', '(x ^ (- 2))'],
    ['a^-b^c', '(a ^ (- (b ^ c)))'],
    ['-x * y', '((- x) * y)'],
    ['a * -b', '(a * (- b))'],
    ['--x', '(- (- x))'],
    ['a - -b', '(a - (- b))'],
    ['if(a + 1 < b * 2, 1, 2)', 'if(((a + 1) < (b * 2)), 1, 2)'],
    ['max(a, min(b, c))', 'max(a, min(b, c))'],
    ['gaussian() * s', '(gaussian() * s)'],
    ['1 + .5 + 1.5 + 1e-3 + 2E+1', '((((1 + 0.5) + 1.5) + 0.001) + 20)'],
    ['4[mV] + 0.04 [1/(mV ms)]', '(4[mV] + 0.04[1/(mV ms)])'],
    ['m.DA * tau_1', '(m.DA * tau_1)'],
    ['m.5HT - m.2a.3b', '(m.5HT - m.2a.3b)'],
    [' a # b + c', 'a'],
  ])('%s', (text, expected) => {
    expect(grouped(parseExpression(text))).toBe(expected);
  });

  it.each([
    ['not a < b and c > d or e == f', '(((not (a < b)) and (c > d)) or (e == f))'],
    ['a < b or c < d and e != f', '((a < b) or ((c < d) and (e != f)))'],
    ['not not a >= b', '(not (not (a >= b)))'],
    ['a <= b and (c < d or e < f)', '((a <= b) and ((c < d) or (e < f)))'],
    ['a<-b', '(a < (- b))'],
  ])('%s', (text, expected) => {
    expect(grouped(parseExpression(text, 'condition'))).toBe(expected);
  });

  it('points a binary at its operator and all else at its first character', () => {
    expect(parseExpression(' -ab + exp(1)')).toMatchObject({
      at: 5,
      left: { at: 1, operand: { at: 2 } },
      right: { at: 7, arguments: [{ at: 11 }] },
    });
  });
});

describe('statements and equations', () => {
  it.each(['=', '+=', '-=', '*='])('reads %s', (operator) => {
    const text = `v ${operator} -w # reset`;
    const { value, ...rest } = parseStatement(text);
    expect(rest).toEqual({ target: 'v', operator, text });
    expect(grouped(value)).toBe('(- w)');
  });

  it('tells derivatives from what is computed on the way', () => {
    expect(parseEquation('dv/dt = -v / tau')).toMatchObject({ name: 'v', derivative: true });
    expect(parseEquation('alpha_m = 2 * v')).toMatchObject({ name: 'alpha_m', derivative: false });
    expect(parseEquation('d = 2')).toMatchObject({ name: 'd', derivative: false });
    expect(parseEquation('dm.DA/dt=1').name).toBe('m.DA');
  });

  it('takes t and dt for names like others', () => {
    expect(grouped(parseExpression('t / dt'))).toBe('(t / dt)');
  });
});

/** Text, column counted from 0, a part of the reason. */
type Case = [string, number, string];

describe('errors in expressions', () => {
  const cases: Case[] = [
    ['', 0, 'empty'],
    ['  # nothing', 0, 'empty'],
    ['1 + epx(2)', 4, 'no function "epx". Did you mean "exp"'],
    ['a * (b + c', 4, 'never closed'],
    ['exp(a + (b', 8, 'never closed'],
    ['a + b)', 5, 'Nothing opens'],
    ['a +  # c', 3, 'missing after "+"'],
    ['a + * b', 4, 'missing after "+" before "*"'],
    ['+a', 0, 'missing before "+"'],
    ['exp()', 0, '1 argument, not 0'],
    ['2 * min(a)', 4, '2 arguments, not 1'],
    ['uniform(1)', 0, 'no arguments, not 1'],
    ['min(a,)', 6, 'missing after ","'],
    ['a, b', 1, 'comma'],
    ['if(a = b, 1, 2)', 5, 'write "=="'],
    ['a = b', 2, 'write "=="'],
    ['a += b', 2, '"+=" assigns'],
    ['2 x', 2, 'operator is missing before "x"'],
    ['2x', 1, 'operator is missing before "x"'],
    ['(a)(b)', 3, 'operator is missing before "("'],
    ['exp + 1', 0, '"exp" is a function'],
    ['a ** 2', 2, '"^"'],
    ['a < b && c', 6, 'write "and"'],
    ['a ? 1', 2, 'if(condition, a, b)'],
    ['1 + τ', 4, 'so "tau"'],
    ['Δ', 0, 'so "Delta"'],
    ['\u00b5', 0, 'so "mu"'],
    ['é', 0, 'letters a to z'],
    ['a $ b', 2, 'means nothing'],
    ['1e999', 0, 'too large'],
    ['a[mV]', 1, 'follows a number'],
    ['1[mV', 1, 'never closed'],
    ['1 + 2[mv]', 6, 'no unit "mv". Did you mean "mV"'],
    ['2[1/mV ms]', 7, '1/(mV ms)'],
    ['a < b < c', 6, 'do not chain'],
    ['a + (b < c)', 7, '"+" takes numbers'],
    ['-(a < b)', 4, '"-" takes numbers'],
    ['exp(a < b)', 6, 'exp takes numbers'],
    ['if(a, b, c)', 3, 'if, as its first argument, takes conditions'],
    ['if(a < b, c < d, c)', 12, 'if takes numbers'],
    ['a < b', 2, 'A number is needed'],
    ['1 + not a < b', 4, '"not" binds weaker'],
    ['a and b < c', 0, '"and" takes conditions'],
    [`${'('.repeat(250)}1`, 200, 'nested'],
  ];
  it.each(cases)('%s', (text, column, reason) => {
    const error = errorOf(() => parseExpression(text));
    expect({ text: error.text, column: error.column }).toEqual({ text, column });
    expect(error.reason).toContain(reason);
  });

  const conditions: Case[] = [
    ['a', 0, 'A condition is needed'],
    ['a + b', 2, 'A condition is needed'],
    ['not a', 4, '"not" takes conditions'],
    ['a < b not c < d', 6, 'missing before "not"'],
    ['a < b = c', 6, 'write "=="'],
    ['', 0, 'The condition is empty'],
  ];
  it.each(conditions)('condition %s', (text, column, reason) => {
    const error = errorOf(() => parseExpression(text, 'condition'));
    expect(error.column).toBe(column);
    expect(error.reason).toContain(reason);
  });

  it('shows the column from 1, the text, and a caret under it', () => {
    const error = errorOf(() => parseExpression('a +\t* b'));
    expect(error.message.split('\n')).toEqual([`${error.reason} (column 5)`, 'a + * b', '    ^']);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.exitCode).toBe(2);
  });

  it('reads what is deep but not too deep', () => {
    expect(() => parseExpression(`${'('.repeat(150)}1${')'.repeat(150)}`)).not.toThrow();
    expect(() => parseExpression(Array(300).fill('(1)').join(' + '))).not.toThrow();
  });
});

describe('errors in statements', () => {
  const cases: Case[] = [
    ['', 0, 'The statement is empty'],
    ['3 = v', 0, 'A number cannot be given a value'],
    ['(v) = 3', 0, 'starts with the name'],
    ['exp = 3', 0, '"exp" is a function'],
    ['v == 3', 2, 'to assign, write "="'],
    ['v', 1, 'one of = += -= *='],
    ['v + 1 = 3', 2, 'one of = += -= *='],
    ['v /= 3', 2, 'divide by writing'],
    ['v =', 3, 'missing after "="'],
    ['v = a = b', 6, '"=" assigns'],
    ['v = a < b', 6, 'A number is needed'],
  ];
  it.each(cases)('%s', (text, column, reason) => {
    const error = errorOf(() => parseStatement(text));
    expect(error.column).toBe(column);
    expect(error.reason).toContain(reason);
  });
});

describe('errors in equations', () => {
  const cases: Case[] = [
    ['', 0, 'The equation is empty'],
    ['3 = v', 0, 'A number cannot be given a value'],
    ['= v', 0, 'A name is missing'],
    ['v/dt = 3', 0, '"v" is no "d" and a name'],
    ['d/dt = 3', 0, '"d" is no "d" and a name'],
    ['dv/dx = 3', 3, '"dt" is needed'],
    ['dv/ = 3', 4, '"dt" is needed'],
    ['dv/dt 3', 6, '"=" is needed'],
    ['dv/dt', 5, '"=" is needed'],
    ['dv/dt == 3', 6, '"==" compares'],
    ['dv/dt += 3', 6, '"=" is needed'],
    ['v + 3', 2, '"=" is needed'],
    ['sign = 3', 0, '"sign" is a function'],
    ['dv/dt = ', 7, 'missing after "="'],
    ['dv/dt = 1 < 2', 10, 'A number is needed'],
  ];
  it.each(cases)('%s', (text, column, reason) => {
    const error = errorOf(() => parseEquation(text));
    expect(error.column).toBe(column);
    expect(error.reason).toContain(reason);
  });
});
