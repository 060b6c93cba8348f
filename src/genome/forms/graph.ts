import type { Expression } from '../../expression/ast.js';
import { named, number } from '../../expression/build.js';
import type { RandomStream } from '../../math/random.js';
import { UsageError } from '../../spec/errors.js';
import { inOrder } from './commuting.js';
import type { FormCoding, HoleContext, SaidFormula } from './form-coding.js';
import { arityOf, type GraphLayout, layoutOf, type NodeKind } from './graph-layout.js';
import { writeFormula } from './graph-of.js';
import { graphPart } from './graph-part.js';
import type { GraphSpec } from './graph-spec.js';

/** A formula beyond this many terms and operators is refused: nobody could read it, and it would be slow. */
const largestFormula = 1000;

/** What a genome says of a graph. */
export class SaidGraph {
  constructor(
    readonly layout: GraphLayout,
    readonly genome: Readonly<Float64Array>,
    readonly first: number,
  ) {}

  private level(gene: number): number {
    return gene < 0 ? 0 : this.genome[this.first + gene]!;
  }

  kind(node: number): NodeKind {
    return this.layout.kinds[this.level(this.layout.nodes[node]!.kind)]!;
  }

  /** The places that a node reads: as many as its operator takes. */
  reads(node: number): number[] {
    const { nodes, sources } = this.layout;
    const reads = nodes[node]!.reads.slice(0, arityOf(this.kind(node)));
    return reads.map((gene) => sources[node]![this.level(gene)]!);
  }

  constant(node: number): number {
    return this.level(this.layout.nodes[node]!.constant);
  }

  output(): number {
    return this.layout.outputs[this.level(this.layout.output)]!;
  }

  /** Nodes that the formula depends on, ascending. */
  activeNodes(): number[] {
    const inputs = this.layout.inputs.length;
    const active = new Set<number>();
    const visit = (place: number): void => {
      const node = place - inputs;
      if (node < 0 || active.has(node)) return;
      active.add(node);
      this.reads(node).forEach(visit);
    };
    visit(this.output());
    return [...active].toSorted((a, b) => a - b);
  }
}

function formulaOf(graph: SaidGraph, hole: string): SaidFormula {
  const { inputs } = graph.layout;
  const constants: Record<string, number> = {};
  const made = new Map<number, { value: Expression; size: number }>();
  for (const node of graph.activeNodes()) {
    const kind = graph.kind(node);
    const [a, b] = graph.reads(node).map((place) => {
      const input = inputs[place];
      return input === undefined ? made.get(place)! : { value: named(input), size: 1 };
    });
    const size = 1 + (a?.size ?? 0) + (b?.size ?? 0);
    if (size > largestFormula) throw new RangeError(`a formula of more than ${largestFormula} parts`);
    let value: Expression;
    if ('operator' in kind) value = inOrder(kind.operator, a!.value, b?.value ?? a!.value);
    else if ('constant' in kind) value = number(kind.constant);
    else {
      const name = `${hole}_k${Object.keys(constants).length + 1}`;
      constants[name] = graph.constant(node);
      value = named(name);
    }
    made.set(inputs.length + node, { value, size });
  }
  const output = graph.output();
  const input = inputs[output];
  return { value: input === undefined ? made.get(output)!.value : named(input), constants };
}

/** Moves active nodes to other columns that keep their order, so that idle ones lie elsewhere between them. */
function reorder(graph: SaidGraph, genome: Float64Array, stream: RandomStream): void {
  const { layout, first } = graph;
  const { nodes, sources, outputs, output, inputs } = layout;
  const active = graph.activeNodes();
  const drawn = new Set<number>();
  while (drawn.size < active.length) drawn.add(stream.integer(nodes.length));
  const moved = [...drawn].toSorted((a, b) => a - b);
  const placeOf = new Map(active.map((node, i) => [inputs.length + node, inputs.length + moved[i]!]));
  const placed = (place: number) => placeOf.get(place) ?? place;
  const changes: [gene: number, value: number][] = [];
  for (const [i, node] of active.entries()) {
    const to = moved[i]!;
    const [from, into] = [nodes[node]!, nodes[to]!];
    if (into.kind >= 0) changes.push([into.kind, genome[first + from.kind]!]);
    if (into.constant >= 0) changes.push([into.constant, genome[first + from.constant]!]);
    for (const [k, place] of graph.reads(node).entries()) {
      const level = sources[to]!.indexOf(placed(place));
      // Fewer levels back than the new columns are apart: the graph stays as it is.
      if (level < 0) return;
      if (into.reads[k]! >= 0) changes.push([into.reads[k]!, level]);
    }
  }
  if (output >= 0) changes.push([output, outputs.indexOf(placed(graph.output()))]);
  for (const [gene, value] of changes) genome[first + gene] = value;
}

/**
 * Cartesian genetic programming (Miller and Thomson 2000, doi:10.1007/978-3-540-46239-2_9) with one row: an integer gene
 * for what each node is, one for each place it reads, one for the place that is the formula. Nodes that the formula does
 * not depend on are idle: their genes drift without an effect.
 * @throws UsageError for a start that is no formula of the graph
 */
export function graphCoding(spec: GraphSpec, context: HoleContext): FormCoding {
  const layout = layoutOf(spec, context.inputs);
  if (layout.output < 0) {
    throw new UsageError(`${context.field}: a graph of one input and no node has nothing to evolve.`);
  }
  return {
    part: graphPart(spec, layout, context),
    formula: (genome, first) => formulaOf(new SaidGraph(layout, genome, first), context.hole),
    markActive: (genome, first, active) => {
      const graph = new SaidGraph(layout, genome, first);
      const mark = (gene: number) => {
        if (gene >= 0) active[first + gene] = 1;
      };
      mark(layout.output);
      for (const node of graph.activeNodes()) {
        const { kind, reads, constant } = layout.nodes[node]!;
        mark(kind);
        reads.slice(0, arityOf(graph.kind(node))).forEach(mark);
        if ('gene' in graph.kind(node)) mark(constant);
      }
    },
    write: (value, genes, refuse) => writeFormula(value, layout, genes, refuse),
    reorder: (genome, first, stream) =>
      reorder(new SaidGraph(layout, Float64Array.from(genome), first), genome, stream),
  };
}
