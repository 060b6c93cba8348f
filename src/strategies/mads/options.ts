import { z } from 'zod';

const modelVariables = z
  .int()
  .min(0)
  .max(200)
  .describe(
    'quadratic models up to this many genes; an evaluation then takes some milliseconds with 50 genes, some tens with 100',
  );

const eagerModels = z
  .boolean()
  .describe(
    'models that foretold the last step well go on in finer steps without a poll, where polls give too few points for models, points are made for them, and a point of round values is tried where it promises nearly as much',
  );

/** What a mesh adaptive direct search can be told, as a part of `enomad`. */
export const searchOptions = z.strictObject({
  initialFrame: z
    .number()
    .positive()
    .default(1)
    .describe('how far the first poll reaches, in steps of each gene'),
  directions: z
    .enum(['ortho-n+1', 'ortho-2n'])
    .default('ortho-n+1')
    .describe('poll directions: an orthogonal basis and the opposite of its sum, or the basis both ways'),
  block: z
    .int()
    .min(1)
    .max(10_000)
    .default(4)
    .describe(
      'points evaluated at once; a success ends the poll after its block. A block that is begun is finished, also beyond the budget',
    ),
  speculative: z
    .boolean()
    .default(true)
    .describe('after a success, try four times as far the same way; where there is no model'),
  nelderMead: z
    .boolean()
    .default(false)
    .describe('Nelder-Mead steps from the points known so far; where there is no model'),
  // ENOMAD's searches of 49 genes are many and short: models would be most of what they cost.
  modelVariables: modelVariables.default(30),
  // Absent where it is off, so that what ENOMAD's runs say they are stays the same.
  eagerModels: eagerModels.optional(),
});

/** The same of `mads`, whose one search is long. */
export const madsOptions = searchOptions.extend({
  modelVariables: modelVariables.default(100),
  eagerModels: eagerModels.default(true),
});

export type SearchOptions = z.output<typeof searchOptions>;
