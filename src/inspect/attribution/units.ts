import type { Habitat } from '../../evaluate/habitat.js';
import { UsageError } from '../../spec/errors.js';

/** What goes back to its start as one: a table that options and reports read. */
export const unitKinds = {
  gene: 'each gene that changed; of weights, each synapse',
  group:
    'genes that belong together: of weights, those that one cell sends; otherwise those of one rule or population',
  class: 'of weights, those that the cells of one class send; otherwise as group',
  'class-pair': 'of weights, those between two classes of cells; otherwise as group',
} as const;
export type UnitKind = keyof typeof unitKinds;
export const unitKindNames = Object.keys(unitKinds) as UnitKind[];

/** Genes that go back to their start, or are moved, together. */
export interface GeneUnit {
  name: string;
  genes: Int32Array;
}

/** Genes of a genome that differ from the start. */
export const changedGenes = (genome: Readonly<Float64Array>, start: Readonly<Float64Array>): number[] =>
  [...genome.keys()].filter((gene) => genome[gene] !== start[gene]);

/** `[genes]` the name of each gene's group. */
function groupNames({ space }: Habitat): string[] {
  const names = Array<string>(space.genes).fill('');
  for (const { name, genes } of space.groups) for (const gene of genes) names[gene] = name;
  return names;
}

/** Names by cell class: of genes of weights on a connectome by the cells that the weights join, of others the group's. */
function classNames(habitat: Habitat, isPair: boolean): string[] {
  const names = groupNames(habitat);
  const { space, ground } = habitat;
  const { cells, chemical } = ground.connectome!;
  for (let synapse = 0; synapse < chemical.count; synapse++) {
    const gene = space.geneOf(synapse);
    if (gene === undefined) continue;
    const [pre, post] = [cells.classes[chemical.pre[synapse]!]!, cells.classes[chemical.post[synapse]!]!];
    names[gene] = isPair ? `${pre}->${post}` : pre;
  }
  return names;
}

/** `[genes]` the name of the unit that each gene belongs to. */
function unitNames(habitat: Habitat, by: UnitKind): string[] {
  const { space, ground } = habitat;
  if (by === 'gene') return Array.from({ length: space.genes }, (_, gene) => space.nameOf(gene));
  if (by === 'group') return groupNames(habitat);
  if (!ground.connectome || space.geneOf(0) === undefined) {
    throw new UsageError(
      `--by ${by}: expected a genome of the weights of a connectome, as other genes belong to no cell class. Use gene or group.`,
    );
  }
  return classNames(habitat, by === 'class-pair');
}

/**
 * Genes unit by unit, in the order of the units' first genes.
 * @throws UsageError for cell classes where genes are of none
 */
export function unitsOf(habitat: Habitat, genes: readonly number[], by: UnitKind): GeneUnit[] {
  const names = unitNames(habitat, by);
  const members = new Map<string, number[]>();
  for (const gene of genes) {
    const others = members.get(names[gene]!);
    if (others) others.push(gene);
    else members.set(names[gene]!, [gene]);
  }
  return Array.from(members, ([name, of]) => ({ name, genes: Int32Array.from(of) }));
}

/** What changed between the start of the search and a genome, unit by unit. */
export const changedUnits = (habitat: Habitat, genome: Readonly<Float64Array>, by: UnitKind): GeneUnit[] =>
  unitsOf(habitat, changedGenes(genome, habitat.space.start), by);

/** The genome with some units back at the start. */
export function reverted(
  genome: Readonly<Float64Array>,
  start: Readonly<Float64Array>,
  units: readonly GeneUnit[],
): Float64Array {
  const changed = Float64Array.from(genome);
  for (const { genes } of units) for (const gene of genes) changed[gene] = start[gene]!;
  return changed;
}
