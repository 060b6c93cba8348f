import type { Ground } from './ground.js';
import type { LaidGenes, Quantity } from './quantities/quantity.js';
import { type Genes, quantityOf } from './quantities/table.js';
import type { GenomeSpec } from './spec.js';

function eachGroup<T>(
  { name, genes }: GenomeSpec,
  act: (quantity: Quantity, group: Genes, field: string) => T,
): T[] {
  return genes.map((group, i) => act(quantityOf(group), group, `genome spec "${name}": genes[${i}]`));
}

/** What a network lacks of what a genome spec evolves, a message each. */
export const lackingIn = (spec: GenomeSpec, ground: Ground): string[] =>
  eachGroup(spec, (quantity, group, field) => quantity.lacking(group, ground, field)).flat();

/** Where units and ranges of a genome spec are not those of a network that lacks nothing, a message each. */
export const misfitsIn = (spec: GenomeSpec, ground: Ground): string[] =>
  eachGroup(spec, (quantity, group, field) => quantity.misfits(group, ground, field)).flat();

/** The groups of a genome spec laid over a network that lacks nothing. @throws UsageError for starts out of range */
export const layGenes = (spec: GenomeSpec, ground: Ground): LaidGenes[] =>
  eachGroup(spec, (quantity, group, field) => quantity.lay(group, ground, field));
