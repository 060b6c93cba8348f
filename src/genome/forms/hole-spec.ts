import { z } from 'zod';
import type { FormCoding, HoleContext } from './form-coding.js';
import { givenCoding, givenSchema } from './given.js';
import { graphCoding } from './graph.js';
import { graphSchema } from './graph-spec.js';
import { termsCoding, termsSchema } from './terms.js';

const common = {
  inputs: z
    .array(z.string().regex(/^[A-Za-z_]\w*(\.\w+)*$/, 'expected a name'))
    .optional()
    .describe('names of what the hole is given, in its order; what stands in its parentheses where left out'),
  waiveUnits: z
    .string()
    .min(10)
    .optional()
    .describe(
      'why units need not fit, in words: the formula then takes and gives plain numbers. Units are checked where left out',
    ),
};

/** What fills a hole of a rule. */
export const holeSchema = z.discriminatedUnion('coding', [
  graphSchema.extend(common),
  termsSchema.extend(common),
  givenSchema.extend(common),
]);

export type HoleSpec = z.output<typeof holeSchema>;

/** How genes say the formula of a hole. @throws UsageError where its own fields do not fit together */
export function codingOf(spec: HoleSpec, context: HoleContext): FormCoding {
  switch (spec.coding) {
    case 'graph':
      return graphCoding(spec, context);
    case 'terms':
      return termsCoding(spec, context);
    case 'expression':
      return givenCoding(spec, context);
  }
}
