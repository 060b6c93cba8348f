import { z } from 'zod';
import { constantOf, type Expression } from '../../expression/ast.js';
import { binary, named, number, product, sum } from '../../expression/build.js';
import { canonical } from '../../expression/canonical.js';
import { printExpression } from '../../expression/print.js';
import { UsageError } from '../../spec/errors.js';
import { type Part, realPart } from '../part.js';
import { ranged } from '../quantities/ranged.js';
import type { FormCoding, HoleContext, Refuse } from './form-coding.js';
import { formulaOver } from './given.js';

export const termsSchema = z.strictObject({
  coding: z.literal('terms').describe('a sum of terms, each with a coefficient that is a gene'),
  terms: z.array(z.string().min(1)).min(1).describe('formulas over the inputs'),
  ...ranged,
  scale: z.literal('linear').default('linear'),
  start: z
    .union([z.number(), z.array(z.number())])
    .default(0)
    .describe('coefficients at the start: one for all, or one for each'),
  negligible: z
    .number()
    .min(0)
    .default(0)
    .describe('a coefficient of at most this magnitude takes its term out, so that formulas stay short'),
});

interface Addend {
  sign: number;
  value: Expression;
}

/** What is added up in a sum. */
function addendsOf(e: Expression, sign = 1): Addend[] {
  if (e.kind === 'unary' && e.operator === '-') return addendsOf(e.operand, -sign);
  if (e.kind !== 'binary' || (e.operator !== '+' && e.operator !== '-')) return [{ sign, value: e }];
  return [...addendsOf(e.left, sign), ...addendsOf(e.right, e.operator === '+' ? sign : -sign)];
}

/** The number by which an addend is more than a term; undefined where that is no number. */
function coefficientOf(addend: Expression, term: Expression): number | undefined {
  const text = printExpression(term);
  // Without algebra first, so that no bit is lost of a number that evolved.
  if (addend.kind === 'binary' && addend.operator === '*' && printExpression(addend.right) === text) {
    const own = constantOf(addend.left);
    if (own !== undefined) return own;
  }
  return constantOf(canonical(binary('/', addend, term)));
}

/** Writes the coefficients by which terms add up to a formula; those of the other terms are 0. */
function writeCoefficients(
  value: Expression,
  terms: readonly Expression[],
  genes: Float64Array,
  refuse: Refuse,
): void {
  genes.fill(0);
  if (constantOf(value) === 0) return;
  for (const { sign, value: addend } of addendsOf(value)) {
    const coefficients = terms.map((term) => coefficientOf(addend, term));
    const term = coefficients.findIndex((coefficient) => coefficient !== undefined);
    if (term < 0) {
      refuse(
        `"${printExpression(addend)}" is no number times one of its terms (${terms.map(printExpression).join(', ')})`,
      );
    }
    genes[term] = genes[term]! + sign * coefficients[term]!;
  }
}

/**
 * A sum over a pool of terms (as Shervani-Tabar and Rosenbaum 2023, Nature Communications). The objective
 * "complexity" presses towards few of them.
 */
export function termsCoding(spec: z.output<typeof termsSchema>, context: HoleContext): FormCoding {
  const { field, name, hole } = context;
  const terms = spec.terms.map((text, i) => formulaOver(text, context, `${field}.terms[${i}]`));
  if (typeof spec.start !== 'number' && spec.start.length !== terms.length) {
    throw new UsageError(
      `${field}.start: expected one number, or one for each of the ${terms.length} terms, found ${spec.start.length}.`,
    );
  }
  const values = Float64Array.from(terms, (_, i) =>
    typeof spec.start === 'number' ? spec.start : spec.start[i]!,
  );
  const part: Part = realPart(
    { ...spec, unit: '1' },
    { names: spec.terms.map((text) => `${name} ${text}`), groups: spec.terms.map(() => name), values },
    field,
  );
  const counts = (coefficient: number) => Math.abs(coefficient) > spec.negligible;
  return {
    part,
    formula: (genome, first) => {
      const constants: Record<string, number> = {};
      let value: Expression | undefined;
      terms.forEach((term, i) => {
        const coefficient = genome[first + i]!;
        if (!counts(coefficient)) return;
        const constant = `${hole}_k${i + 1}`;
        constants[constant] = coefficient;
        const weighted = product(named(constant), term);
        value = value ? sum(value, weighted) : weighted;
      });
      return { value: value ?? number(0), constants };
    },
    write: (value, genes, refuse) => writeCoefficients(value, terms, genes, refuse),
    markActive: (_, first, active) => active.fill(1, first, first + terms.length),
  };
}
