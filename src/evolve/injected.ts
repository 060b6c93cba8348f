import { z } from 'zod';
import type { Connectome } from '../connectome/connectome.js';
import { genomeOf, readGenomeFile } from '../genome/genome-file.js';
import { changesFrom, type GenomeSpace, genomesBeside } from '../genome/space.js';

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
  paths.map((path) => changesFrom(space, genomeOf(readGenomeFile(path), space, connectome, path)));

/**
 * The genomes that a run says.
 * @throws UsageError where one names a gene that there is not, or a value out of its range
 */
export const injectedGenomes = (field: InjectedField, space: GenomeSpace, source: string): Float64Array[] =>
  genomesBeside(
    space,
    field.map((changes, i) => ({ at: `${source}: injected[${i}]`, changes })),
  );
