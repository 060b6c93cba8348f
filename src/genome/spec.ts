import { z } from 'zod';
import { readJsonFile } from '../spec/json-file.js';
import { type Library, libraryFile, libraryNames } from '../spec/library.js';
import { validate } from '../spec/validate.js';
import { type Genes, genesSchema, quantityOf } from './quantities/table.js';

/** What two groups of genes would set. */
function claimedTwice(genes: readonly Genes[]): string | undefined {
  const claims = genes.flatMap((group) => quantityOf(group).claims(group));
  return claims.find((claim, i) => claims.indexOf(claim) !== i);
}

export const genomeSpecSchema = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('genome-spec/1'),
    name: z.string().min(1),
    about: z.string(),
    genes: z
      .array(genesSchema)
      .min(1)
      .refine((genes) => claimedTwice(genes) === undefined, {
        error: ({ input }) =>
          `expected each quantity in one group, found more than one group of ${claimedTwice(input as Genes[])}`,
      })
      .describe('which quantities evolve'),
  })
  .meta({ title: 'Baldwin genome spec', description: 'Which quantities of a network evolve' });

export type GenomeSpec = z.output<typeof genomeSpecSchema>;

const library: Library = { folder: 'genomes/spec', item: 'genome spec' };

export const genomeSpecNames = () => libraryNames(library);

/** A genome spec by name (from `genomes/spec`), by path, or given inline. */
export function loadGenomeSpec(nameOrPathOrSpec: unknown, source: string): GenomeSpec {
  if (typeof nameOrPathOrSpec !== 'string') {
    return validate(genomeSpecSchema, nameOrPathOrSpec, { source }, 'genome spec');
  }
  const file = libraryFile(library, nameOrPathOrSpec);
  return validate(genomeSpecSchema, readJsonFile(file, 'genome spec'), { source: file }, 'genome spec');
}
