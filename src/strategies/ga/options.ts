import { z } from 'zod';
import { crossoverOptions } from './crossover.js';
import { mutationOptions } from './mutation.js';
import { selectionOptions } from './selection.js';

const replacement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('generation').describe('children take the place of the whole generation'),
  }),
  z.strictObject({
    kind: z
      .literal('ageing')
      .describe(
        'the oldest die, however good they are: of noisy scores, luck is not kept (regularised evolution)',
      ),
    children: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(8)
      .describe('children a step, of one population; as many of the oldest die. 1 as published'),
  }),
]);

export const gaOptions = z
  .strictObject({
    population: z.int().min(2).max(1_000_000).default(64).describe('genomes a generation'),
    elites: z
      .int()
      .min(0)
      .default(1)
      .describe(
        'best genomes carried over unchanged (and evaluated again); with ageing, best genomes that do not die (0 as published)',
      ),
    initial: z
      .enum(['start', 'prior'])
      .default('prior')
      .describe('the first generation beside the start itself: copies of it, or draws from the prior'),
    selection: selectionOptions.prefault({ kind: 'proportional' }),
    crossover: crossoverOptions.prefault({ kind: 'biased' }),
    mutation: mutationOptions.prefault({ kind: 'reset' }),
    // Absent where it is a generation, so that runs made before there was a choice keep their hash.
    replacement: replacement.optional().describe('who makes room for children; a generation where left out'),
  })
  .refine(({ elites, population }) => elites < population, {
    path: ['elites'],
    message: 'there must be fewer elites than genomes in the population',
  });

export type GaOptions = z.output<typeof gaOptions>;
