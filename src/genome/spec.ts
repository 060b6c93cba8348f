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

/** A spec with the rules that it names by the paths of files taken in, so that it holds all that it needs. */
function withRuleFiles(spec: unknown): unknown {
  const groups = (spec as { genes?: unknown } | null)?.genes;
  if (!Array.isArray(groups)) return spec;
  const genes = groups.map((group: { quantity?: unknown; rule?: unknown } | null) =>
    group?.quantity === 'rule-form' && typeof group.rule === 'string' && group.rule.endsWith('.json')
      ? { ...group, rule: readJsonFile(group.rule, 'plasticity rule') }
      : group,
  );
  return { ...(spec as object), genes };
}

/** A genome spec by name (from `genomes/spec`), by path, or given inline. */
export function loadGenomeSpec(nameOrPathOrSpec: unknown, source: string): GenomeSpec {
  if (typeof nameOrPathOrSpec !== 'string') {
    return validate(genomeSpecSchema, withRuleFiles(nameOrPathOrSpec), { source }, 'genome spec');
  }
  const file = libraryFile(library, nameOrPathOrSpec);
  const spec = withRuleFiles(readJsonFile(file, 'genome spec'));
  return validate(genomeSpecSchema, spec, { source: file }, 'genome spec');
}
