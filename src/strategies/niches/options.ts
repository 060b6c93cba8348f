import { z } from 'zod';
import { archiveOptions } from '../quality-diversity/archive-options.js';

const share = z.number().min(0).max(1);

export const options = z.strictObject({
  evaluations: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'evaluations that the search is planned for: the population shrinks until then; null: those of the run’s budget, ' +
        'and where that names none the population stays as large as it is',
    ),
  population: z
    .int()
    .min(2)
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      'genomes that are kept at first, one a niche; null: more the more evaluations are planned, 100 without a plan',
    ),
  lastPopulation: z
    .int()
    .min(2)
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      'genomes that are kept in the end of what is planned; null: a fifteenth of the population, 5 or more',
    ),
  niche: z
    .strictObject({
      measures: archiveOptions.measures.describe(
        'measures of behaviour in whose cells niches are told apart, and the better genome of a cell stays; null: the first two that the task ' +
          'declares. Without any of these fields genomes of one score are of one niche',
      ),
      ranges: archiveOptions.ranges,
      bins: archiveOptions.bins,
    })
    .optional()
    .describe(
      'genomes are of one niche where they behave alike: their measures lie in one cell of a grid, and the better one stays. For scores of which ' +
        'hardly two are the same; where left out, those of one score are of one niche',
    ),
  batch: z
    .int()
    .min(1)
    .max(100_000)
    .default(16)
    .describe('genomes a step, all bred from the same population'),
  firstGenes: z
    .int()
    .min(1)
    .default(30)
    .describe('genes of the start that are drawn anew in each of the first genomes'),
  exchange: share.default(0.7).describe('probability that a child takes genes from a second parent'),
  decades: z
    .number()
    .min(0)
    .max(10)
    .default(2)
    .describe(
      'an exchange takes each gene in which the parents differ with a probability between 10^-decades and 1, drawn evenly ' +
        'on a logarithmic scale, and one gene at least',
    ),
  alsoMutate: share.default(0.5).describe('probability that a child mutates after it took genes'),
  largest: z.int().min(1).max(1_000_000).default(8).describe('most genes that one mutation draws anew'),
  tail: z
    .number()
    .min(0)
    .max(100)
    .default(1.5)
    .describe('a mutation draws k genes anew with a probability in proportion to k^-tail'),
  contestants: z
    .int()
    .min(1)
    .max(100_000)
    .default(2)
    .describe('a parent is the best of so many members, drawn with replacement'),
});

export type Options = z.output<typeof options>;
