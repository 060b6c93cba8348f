import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latex, latexEquation } from '../../src/expression/latex.js';
import { parseEquation, parseExpression, parseStatement } from '../../src/expression/parse.js';
import { printEquation, printExpression, printStatement } from '../../src/expression/print.js';
import { trees, withoutColumns } from './trees.js';

describe('printing', () => {
  const { value, condition } = trees({ draws: true, units: true });

  it('gives text that parses back to the same tree', () => {
    fc.assert(
      fc.property(value, (e) => {
        expect(withoutColumns(parseExpression(printExpression(e)))).toEqual(e);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(condition, (e) => {
        expect(withoutColumns(parseExpression(printExpression(e), 'condition'))).toEqual(e);
      }),
      { numRuns: 1000 },
    );
  });

  it('has no parentheses that could be left out', () => {
    fc.assert(
      fc.property(value, (e) => {
        const text = printExpression(e);
        for (const { index } of text.matchAll(/\(/g)) {
          if (/\w$/.test(text.slice(0, index)) || /\[[^\]]*$/.test(text.slice(0, index))) continue;
          const close = closing(text, index);
          const without = `${text.slice(0, index)} ${text.slice(index + 1, close)} ${text.slice(close + 1)}`;
          const reparsed = parsedOrNothing(without);
          expect(reparsed && withoutColumns(reparsed), text).not.toEqual(e);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a-(b-c)', 'a - (b - c)'],
    ['((a+b))*(c)', '(a + b) * c'],
    ['-(x^2)', '-x^2'],
    ['(-x)^2', '(-x)^2'],
    ['x^(-2)', 'x^-2'],
    ['1e21*1E-7', '1e+21 * 1e-7'],
    ['4 [ mV ]', '4[mV]'],
    ['if(not(a<b),1,exp((x)))', 'if(not a < b, 1, exp(x))'],
  ])('%s', (text, printed) => {
    expect(printExpression(parseExpression(text))).toBe(printed);
  });

  it('writes statements and equations', () => {
    expect(printStatement(parseStatement('v+=(d) # jump'))).toBe('v += d');
    expect(printEquation(parseEquation('dv/dt=(-v)/tau'))).toBe('dv/dt = -v / tau');
    expect(printEquation(parseEquation('a=b'))).toBe('a = b');
  });
});

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; ; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
}

function parsedOrNothing(text: string) {
  try {
    return parseExpression(text);
  } catch {
    return undefined;
  }
}

describe('LaTeX', () => {
  it.each([
    ['a / b', '\\frac{a}{b}'],
    ['-a / b * c', '\\frac{-a}{b} \\, c'],
    ['a * (b + c)', 'a \\, \\left(b + c\\right)'],
    ['a * (b / c)', 'a \\, \\frac{b}{c}'],
    ['if(a < -b, 1, 2)', '\\begin{cases} 1 & \\text{if } a < -b \\\\ 2 & \\text{otherwise} \\end{cases}'],
    ['a * -b', 'a \\, \\left(-b\\right)'],
    ['a - -b * c', 'a - \\left(-b \\, c\\right)'],
    ['--a', '-\\left(-a\\right)'],
    ['2 * 3 * x', '2 \\cdot 3 \\, x'],
    ['x^2', 'x^{2}'],
    ['(a + b)^(1/2)', '\\left(a + b\\right)^{\\frac{1}{2}}'],
    ['pow(x, y)', 'x^{y}'],
    ['(1e-9)^2', '\\left(10^{-9}\\right)^{2}'],
    ['2.5e-9[mV]', '2.5 \\cdot 10^{-9}'],
    ['tau', '\\tau'],
    ['Delta + mu', '\\Delta + \\mu'],
    ['tau_m', '\\tau_{\\mathrm{m}}'],
    ['tauMembrane', '\\tau_{\\mathrm{membrane}}'],
    ['gNa + VT + EL', 'g_{\\mathrm{Na}} + V_{\\mathrm{T}} + E_{\\mathrm{L}}'],
    ['w2 + w_10', 'w_{2} + w_{10}'],
    ['rate + GABA', '\\mathrm{rate} + \\mathrm{GABA}'],
    ['m.DA', 'm_{\\mathrm{DA}}'],
    ['tau_m_fast', '\\tau_{\\mathrm{m}, \\mathrm{fast}}'],
    ['exp(-x) + log(y)', '\\exp\\left(-x\\right) + \\ln\\left(y\\right)'],
    ['sqrt(abs(x))', '\\sqrt{\\left|x\\right|}'],
    ['min(a, b)', '\\min\\left(a, b\\right)'],
    ['sin(x)^2', '\\left(\\sin\\left(x\\right)\\right)^{2}'],
    ['gaussian()', '\\mathcal{N}(0, 1)'],
    [
      'if(a <= b and not c != d, 1, 0)',
      '\\begin{cases} 1 & \\text{if } a \\le b \\land \\lnot c \\ne d \\\\ 0 & \\text{otherwise} \\end{cases}',
    ],
    [
      '2 * if(a < b, 1, 0)',
      '2 \\, \\left(\\begin{cases} 1 & \\text{if } a < b \\\\ 0 & \\text{otherwise} \\end{cases}\\right)',
    ],
  ])('%s', (text, expected) => {
    expect(latex(parseExpression(text))).toBe(expected);
  });

  it('writes equations', () => {
    expect(latexEquation(parseEquation('dv_s/dt = -v_s / tau'))).toBe(
      '\\frac{\\mathrm{d}v_{\\mathrm{s}}}{\\mathrm{d}t} = \\frac{-v_{\\mathrm{s}}}{\\tau}',
    );
    expect(latexEquation(parseEquation('alpha_m = 2'))).toBe('\\alpha_{\\mathrm{m}} = 2');
  });

  it('closes what it opens, and knows every function', () => {
    const { value } = trees({ draws: true });
    fc.assert(
      fc.property(value, (e) => {
        const text = latex(e);
        expect(text).not.toMatch(/#|undefined/);
        expect(text.split('{').length).toBe(text.split('}').length);
        expect(text.split('\\left').length).toBe(text.split('\\right').length);
      }),
    );
  });
});
