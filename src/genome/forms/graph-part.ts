import { parseExpression } from '../../expression/parse.js';
import { UsageError } from '../../spec/errors.js';
import type { Part } from '../part.js';
import { type HoleContext, sentence } from './form-coding.js';
import type { GraphLayout } from './graph-layout.js';
import { writeFormula } from './graph-of.js';
import type { GraphSpec } from './graph-spec.js';

interface Gene {
  name: string;
  /** 0 for a real gene. */
  levels: number;
}

function genesOf({ kinds, sources, outputs, nodes, output }: GraphLayout, name: string): Gene[] {
  const genes: Gene[] = [];
  nodes.forEach(({ kind, reads, constant }, node) => {
    const own = `${name} node ${node + 1}`;
    if (kind >= 0) genes[kind] = { name: `${own} is`, levels: kinds.length };
    reads.forEach((gene, k) => {
      if (gene >= 0) genes[gene] = { name: `${own} reads ${k + 1}`, levels: sources[node]!.length };
    });
    if (constant >= 0) genes[constant] = { name: `${own} constant`, levels: 0 };
  });
  if (output >= 0) genes[output] = { name: `${name} output`, levels: outputs.length };
  return genes;
}

/**
 * The genes of a graph, in one group.
 * @throws UsageError for a start that is no formula of the graph
 */
export function graphPart(spec: GraphSpec, layout: GraphLayout, context: HoleContext): Part {
  const { constantGenes } = spec;
  const { name, inputs } = context;
  const genes = genesOf(layout, name);
  const each = (ofInteger: (levels: number) => number, ofReal: number | undefined) =>
    Float64Array.from(genes, ({ levels }) => (levels > 0 ? ofInteger(levels) : ofReal!));
  const start = each(
    () => 0,
    constantGenes && Math.min(Math.max(1, constantGenes.prior[0]), constantGenes.prior[1]),
  );
  const first = spec.start ?? inputs[0]!;
  writeFormula(parseExpression(first), layout, start, (reason) => {
    throw new UsageError(
      `${context.field}.start: the graph cannot say "${first}": ${sentence(reason)} Change the formula, or what the graph may use.`,
    );
  });
  return {
    names: genes.map((gene) => gene.name),
    unit: '1',
    low: each(() => 0, constantGenes?.range[0]),
    high: each((levels) => levels - 1, constantGenes?.range[1]),
    start,
    step: each(() => 1, constantGenes?.step),
    priorLow: each(() => 0, constantGenes?.prior[0]),
    priorHigh: each((levels) => levels - 1, constantGenes?.prior[1]),
    levels: Int32Array.from(genes, ({ levels }) => levels),
    groups: genes.map(() => name),
    toValue: (coordinate) => coordinate,
    toCoordinate: (value) => value,
  };
}
