import { constantOf, type Expression } from '../../expression/ast.js';
import { printExpression } from '../../expression/print.js';
import { suggest } from '../../spec/errors.js';
import type { Refuse } from './form-coding.js';
import { arityOf, type GraphLayout } from './graph-layout.js';
import type { OperatorName } from './operators.js';

const isCall = (e: Expression, name: string): e is Expression & { kind: 'call' } =>
  e.kind === 'call' && e.function === name;

/** What stands within a guard, where a formula has been written with it. */
function unguarded(e: Expression, guards: readonly string[]): Expression {
  const [guard, ...others] = guards;
  if (guard === undefined) return e;
  return unguarded(isCall(e, guard) ? e.arguments[0]! : e, others);
}

/** The operator that a node of a formula is, and its operands; undefined where there is none such. */
function operationOf(e: Expression): { name: OperatorName; operands: Expression[] } | undefined {
  if (e.kind === 'unary' && e.operator === '-') return { name: 'negate', operands: [e.operand] };
  if (e.kind === 'binary') {
    const { operator: name, left, right } = e;
    if (name === '^') return { name, operands: [unguarded(left, ['abs']), right] };
    return name === '+' || name === '-' || name === '*' || name === '/'
      ? { name, operands: [left, right] }
      : undefined;
  }
  if (e.kind !== 'call') return undefined;
  const [a, b] = e.arguments as [Expression, Expression];
  switch (e.function) {
    case 'quotient':
      return { name: '/', operands: [a, b] };
    case 'pow':
      return { name: '^', operands: [unguarded(a, ['abs']), b] };
    case 'sqrt':
      return { name: 'sqrt', operands: [unguarded(a, ['abs'])] };
    case 'exp':
      return { name: 'exp', operands: [unguarded(a, ['min'])] };
    case 'log':
      return { name: 'log', operands: [unguarded(a, ['max', 'abs'])] };
    case 'min':
    case 'max':
      return { name: e.function, operands: [a, b] };
    case 'abs':
    case 'sign':
    case 'tanh':
    case 'sigmoid':
      return { name: e.function, operands: [a] };
    default:
      return undefined;
  }
}

/** Writes a formula into a graph's genes, node after node. */
class GraphWriter {
  /** Places of what has been written, by its text. */
  private readonly places = new Map<string, number>();
  private next = 0;

  constructor(
    private readonly layout: GraphLayout,
    private readonly genes: Float64Array,
    private readonly refuse: Refuse,
  ) {}

  private node(kind: number, reads: readonly number[]): number {
    const { nodes, sources, inputs } = this.layout;
    const node = this.next++;
    const genes = nodes[node] ?? this.refuse(`it needs more than the ${nodes.length} nodes of "columns"`);
    if (genes.kind >= 0) this.genes[genes.kind] = kind;
    reads.forEach((place, k) => {
      const level = sources[node]!.indexOf(place);
      if (level < 0) this.refuse('a node would read one that lies further before it than "levelsBack"');
      if (genes.reads[k]! >= 0) this.genes[genes.reads[k]!] = level;
    });
    return inputs.length + node;
  }

  private constant(value: number): number {
    const { kinds, nodes } = this.layout;
    const fixed = kinds.findIndex((kind) => 'constant' in kind && kind.constant === value);
    if (fixed >= 0) return this.node(fixed, []);
    const own = kinds.findIndex((kind) => 'gene' in kind);
    if (own < 0) {
      const among = kinds.flatMap((kind) => ('constant' in kind ? [kind.constant] : []));
      this.refuse(`the number ${value} is none of its constants (${among.join(', ') || 'there are none'})`);
    }
    const place = this.node(own, []);
    this.genes[nodes[this.next - 1]!.constant] = value;
    return place;
  }

  place(e: Expression): number {
    const text = printExpression(e);
    const known = this.places.get(text);
    if (known !== undefined) return known;
    const place = this.written(e);
    this.places.set(text, place);
    return place;
  }

  private written(e: Expression): number {
    const { inputs, kinds } = this.layout;
    const value = constantOf(e);
    if (value !== undefined) return this.constant(value);
    if (e.kind === 'name') {
      const input = inputs.indexOf(e.name);
      return input >= 0
        ? input
        : this.refuse(`"${e.name}" is no input of the hole. ${suggest(e.name, [...inputs])}`);
    }
    const operation = operationOf(e);
    if (!operation) return this.refuse(`"${printExpression(e)}" is made by no operator of graphs`);
    const kind = kinds.findIndex((each) => 'operator' in each && each.operator === operation.name);
    if (kind < 0) {
      const among = kinds.flatMap((each) => ('operator' in each ? [each.operator] : []));
      this.refuse(`"${operation.name}" is none of its operators (${among.join(', ')})`);
    }
    const reads = operation.operands.map((operand) => this.place(operand));
    return this.node(kind, reads.slice(0, arityOf(kinds[kind]!)));
  }
}

/**
 * Writes the genes of a graph that say a formula. Those of other nodes stay as they are.
 * @param genes `[genes]` the graph's, which are written
 * @param refuse told why the graph cannot say it
 */
export function writeFormula(
  value: Expression,
  layout: GraphLayout,
  genes: Float64Array,
  refuse: Refuse,
): void {
  const writer = new GraphWriter(layout, genes, refuse);
  const place = writer.place(value);
  if (layout.output >= 0) genes[layout.output] = layout.outputs.indexOf(place);
}
