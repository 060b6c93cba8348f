import { describe, expect, it } from 'vitest';
import { functions } from '../../src/expression/functions.js';
import { latex } from '../../src/expression/latex.js';
import { mathml } from '../../src/expression/mathml.js';
import { parseExpression } from '../../src/expression/parse.js';
import { linesOf } from '../../src/inspect/rule-card.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';

const of = (text: string) => mathml(latex(parseExpression(text)));

describe('MathML', () => {
  it.each([
    ['x - 1', '<mrow><mi>x</mi><mo>−</mo><mn>1</mn></mrow>'],
    ['a/2.5', '<mfrac><mi>a</mi><mn>2.5</mn></mfrac>'],
    ['tauM^2', '<msubsup><mi>τ</mi><mi mathvariant="normal">M</mi><mn>2</mn></msubsup>'],
    ['Delta', '<mi>Δ</mi>'],
    ['abs(x)', '<mrow><mo>|</mo><mi>x</mi><mo>|</mo></mrow>'],
    ['sqrt(m.DA)', '<msqrt><msub><mi>m</mi><mi>DA</mi></msub></msqrt>'],
  ])('of %s', (text, expected) => {
    expect(of(text)).toBe(`<math>${expected}</math>`);
  });

  it('is there for every function, and escapes what a page reads otherwise', () => {
    for (const [name, { arity }] of Object.entries(functions)) {
      const given = ['x < 1', 'y', 'z'].slice(name === 'if' ? 0 : 1).slice(0, arity);
      expect(of(`${name}(${given.join(', ')})`), name).toMatch(/^<math>.*<\/math>$/);
    }
    expect(of('if(x < 1, y, z)')).toContain('<mo>&lt;</mo>');
  });

  it('is there for every line of every rule, and refuses what formulas do not have', () => {
    for (const rule of Object.values(plasticityRules))
      for (const { latex: typeset } of linesOf(rule)) expect(mathml(typeset)).toMatch(/^<math>/);
    expect(() => mathml('\\int x')).toThrow(/a command that formulas have/);
  });
});
