import { z } from 'zod';
import { parseExpression } from '../../expression/parse.js';
import { printExpression } from '../../expression/print.js';
import { namesIn } from '../../expression/tree.js';
import { suggest, UsageError } from '../../spec/errors.js';
import type { Part } from '../part.js';
import type { FormCoding, HoleContext } from './form-coding.js';

export const givenSchema = z.strictObject({
  coding: z.literal('expression').describe('a formula given by hand, which does not evolve'),
  expression: z.string().min(1).describe('over the inputs of the hole'),
});

const none: Part = {
  names: [],
  unit: '1',
  low: new Float64Array(0),
  high: new Float64Array(0),
  start: new Float64Array(0),
  step: new Float64Array(0),
  priorLow: new Float64Array(0),
  priorHigh: new Float64Array(0),
  levels: new Int32Array(0),
  groups: [],
  toValue: (coordinate) => coordinate,
  toCoordinate: (value) => value,
};

/** @throws UsageError for names that are no inputs */
export function formulaOver(text: string, { inputs }: HoleContext, field: string) {
  const value = parseExpression(text);
  const unknown = [...namesIn(value)].find((name) => !inputs.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${field}: "${unknown}" is no input of the hole. ${suggest(unknown, [...inputs])}`);
  }
  return value;
}

/** A formula that no gene changes. */
export function givenCoding({ expression }: z.output<typeof givenSchema>, context: HoleContext): FormCoding {
  const value = formulaOver(expression, context, `${context.field}.expression`);
  return {
    part: none,
    formula: () => ({ value, constants: {} }),
    markActive: () => {},
    write(written, _genes, refuse) {
      const [own, found] = [value, written].map(printExpression);
      if (own !== found) refuse(`it is given as "${own}", which does not evolve`);
    },
  };
}
