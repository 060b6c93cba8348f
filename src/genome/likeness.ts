import { constant, type Expression } from '../expression/ast.js';
import { canonical } from '../expression/canonical.js';
import { compileToFunction } from '../expression/evaluate.js';
import { printExpression } from '../expression/print.js';
import { drawsIn, substitute } from '../expression/tree.js';
import { exp } from '../math/exponential.js';
import { RandomStream } from '../math/random.js';
import type { Formula, LaidGenes } from './quantities/quantity.js';

/** By what formulas that differ count as one: their canonical form, or their values on a fixed set of inputs. */
export const likenesses = ['algebra', 'probes'] as const;
export type Likeness = (typeof likenesses)[number];

const probes = 32;
/** Digits in which values on probe inputs are the same. */
const digits = 9;

const probesOf = new Map<number, Float64Array>();

/**
 * What an input of a formula is in each probe. A quarter of the values are -1, 0 or 1, the others of either sign, with
 * magnitudes from 0.001 to 10, evenly in their logarithm. They are the same in every run.
 */
function probesOfInput(input: number): Float64Array {
  const known = probesOf.get(input);
  if (known) return known;
  const stream = RandomStream.from(`probe input ${input}`);
  const values = Float64Array.from({ length: probes }, (_, probe) => {
    if (probe % 4 === 0) return stream.integer(3) - 1;
    const sign = stream.uniform() < 0.5 ? -1 : 1;
    return sign * exp(Math.LN10 * (4 * stream.uniform() - 3));
  });
  probesOf.set(input, values);
  return values;
}

function valuesOnProbes(value: Expression, inputs: readonly string[]): string {
  const evaluate = compileToFunction(value, (name) => inputs.indexOf(name));
  const given = new Float64Array(inputs.length);
  return Array.from({ length: probes }, (_, probe) => {
    inputs.forEach((_name, input) => {
      given[input] = probesOfInput(input)[probe]!;
    });
    return Number(evaluate(given).toPrecision(digits)) + 0;
  }).join(' ');
}

/** A text that two formulas share only where they are alike. */
function likenessOfFormula({ value, inputs, constants }: Formula, by: Likeness): string {
  const numbers = new Map(Object.entries(constants).map(([name, number]) => [name, constant(number, -1)]));
  const whole = substitute(value, numbers);
  if (by === 'algebra') return printExpression(canonical(whole));
  return drawsIn(whole) > 0 ? printExpression(whole) : valuesOnProbes(whole, inputs);
}

/** The bits of genes that are no formula; -0 counts as 0. */
const bitsOf = (genes: Readonly<Float64Array>): string =>
  Buffer.from(genes.map((value) => value + 0).buffer).toString('base64');

/** A text that two genomes share only where their formulas are alike, and their other genes the same. */
export function likenessOf(
  laid: readonly LaidGenes[],
  firsts: readonly number[],
  genome: Readonly<Float64Array>,
  by: Likeness,
): string {
  return laid
    .map(({ formulas, part }, i) => {
      const first = firsts[i]!;
      if (!formulas) return bitsOf(genome.subarray(first, first + part.names.length));
      return formulas(genome, first)
        .map((formula) => `${formula.name}: ${likenessOfFormula(formula, by)}`)
        .join('\n');
    })
    .join('\n');
}
