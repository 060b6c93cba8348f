import { z } from 'zod';
import type { Connectome } from '../connectome/connectome.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import type { GenomeSpace } from '../genome/space.js';
import { suggest, UsageError } from '../spec/errors.js';

/** Genomes from outside, each as what of it differs from where the run starts. */
export const injectedSchema = z
  .array(z.array(z.tuple([z.string(), z.number()])))
  .describe(
    'genomes from outside, each as [gene, coordinate] of what differs from the start: the first steps live them in place of ' +
      'candidates, at most half of each step, and the strategy learns from them',
  );

type InjectedField = z.output<typeof injectedSchema>;

/** What a run says of genome files of the same space. */
export const injectedFrom = (
  paths: readonly string[],
  space: GenomeSpace,
  connectome: Connectome,
): InjectedField =>
  paths.map((path) => {
    const genome = genomeOf(readGenomeFile(path), space, connectome, path);
    return [...genome.keys()]
      .filter((gene) => genome[gene] !== space.start[gene])
      .map((gene): [string, number] => [space.nameOf(gene), genome[gene]!]);
  });

/**
 * The genomes that a run says.
 * @throws UsageError where one names a gene that there is not
 */
export function injectedGenomes(field: InjectedField, space: GenomeSpace, source: string): Float64Array[] {
  const genes = new Map(Array.from({ length: space.genes }, (_, gene) => [space.nameOf(gene), gene]));
  return field.map((changes, index) => {
    const genome = Float64Array.from(space.start);
    changes.forEach(([name, value], i) => {
      const gene = genes.get(name);
      if (gene === undefined) {
        throw new UsageError(
          `${source}: injected[${index}][${i}]: unknown gene "${name}". ${suggest(name, [...genes.keys()])}`,
        );
      }
      genome[gene] = value;
    });
    return genome;
  });
}
