import { z } from 'zod';

export const interval = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, { message: 'expected [low, high] with low below high' });

/** What every group of real genes says of its values. */
export const ranged = {
  range: interval.describe('lowest and highest value a gene may take'),
  scale: z
    .enum(['linear', 'log'])
    .default('linear')
    .describe('log: strategies search the logarithm of the value; the range must be positive'),
  step: z
    .number()
    .positive()
    .default(1)
    .describe('a change that matters, in the unit (in e-folds for log): what first steps are measured in'),
  prior: interval.describe('a mutation that resets a gene draws uniformly from here, within the range'),
};
