import type { GraphSpec } from './graph-spec.js';
import { type OperatorName, operatorNamed } from './operators.js';

/** What a node is: an operator, a number, or a constant of its own. */
export type NodeKind = { operator: OperatorName } | { constant: number } | { gene: true };

/** A graph's genes by what they say: positions within the hole's own genes, -1 where there is no choice. */
export interface GraphLayout {
  inputs: readonly string[];
  kinds: readonly NodeKind[];
  /** By node: places that it may read, inputs first, then nodes (counted after the inputs). */
  sources: readonly (readonly number[])[];
  /** Places that the formula may be. */
  outputs: readonly number[];
  nodes: readonly { kind: number; reads: readonly number[]; constant: number }[];
  output: number;
}

export const arityOf = (kind: NodeKind): number =>
  'operator' in kind ? operatorNamed(kind.operator).arity : 0;

/** Which genes a graph has. */
export function layoutOf(spec: GraphSpec, inputs: readonly string[]): GraphLayout {
  const { columns, levelsBack = columns, constants, constantGenes } = spec;
  const kinds: NodeKind[] = [
    ...spec.operators.map((operator) => ({ operator })),
    ...constants.map((constant) => ({ constant })),
    ...(constantGenes ? [{ gene: true as const }] : []),
  ];
  const mostReads = Math.max(0, ...kinds.map(arityOf));
  let next = 0;
  const gene = (choices: number) => (choices > 1 ? next++ : -1);
  const places = (before: number, back: number) => [
    ...inputs.keys(),
    ...Array.from(
      { length: Math.min(before, back) },
      (_, i) => inputs.length + Math.max(0, before - back) + i,
    ),
  ];
  const sources = Array.from({ length: columns }, (_, node) => places(node, levelsBack));
  const nodes = sources.map(({ length }) => ({
    kind: gene(kinds.length),
    reads: Array.from({ length: mostReads }, () => gene(length)),
    constant: constantGenes ? next++ : -1,
  }));
  const outputs = places(columns, columns);
  return { inputs, kinds, sources, outputs, nodes, output: gene(outputs.length) };
}
