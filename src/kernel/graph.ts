import type { BinaryOperator, Expression, FunctionName } from '../expression/ast.js';
import { drawKindOf } from '../expression/ast.js';
import { applyBinary } from '../expression/evaluate.js';
import { functionEntry } from '../expression/functions.js';
import { expandPower, integerExponent } from '../expression/power.js';
import type { Assignment } from '../network/model/terms.js';
import { flush } from './flush.js';
import type { Draw } from './noise.js';

/**
 * What a value depends on, and so how often it is computed: `constant` (parameters with one value for a population:
 * once a lifetime), `constantPerCell` (those with a value for each cell: once a lifetime and cell), `step` (time and
 * modulators: once a step), `cell` (states and random draws: for every cell in every step).
 */
export type Pace = 'constant' | 'constantPerCell' | 'step' | 'cell';

type Operation =
  | 'literal'
  | 'parameter'
  | 'cellParameter'
  | 'driven'
  | 'time'
  | 'modulator'
  | 'state'
  | 'draw'
  | 'negate'
  | 'not'
  | 'flush'
  | Exclude<BinaryOperator, '^'>
  | Exclude<FunctionName, 'uniform' | 'triangular' | 'gaussian'>;

/** A value of the graph. Equal values are one node. */
export interface Node {
  id: number;
  operation: Operation;
  of: readonly Node[];
  pace: Pace;
  value?: number;
  name?: string;
  draw?: Draw;
  site?: number;
}

/** What a name stands for at the start of a step. */
export interface Scope {
  /** Parameters: whether they have a value for each cell. */
  parameters: ReadonlyMap<string, { perCell: boolean; driven: boolean }>;
  states: ReadonlySet<string>;
  /** Parameters that will never have another value: those that are 0 or 1 save the operations that they do nothing in. */
  fixed?: ReadonlyMap<string, number>;
  /** Whether x + 0 may be x: not where -0 + 0 is to be 0. */
  looseZero?: boolean;
}

function paceOf(of: readonly Node[]): Pace {
  const paces = new Set(of.map(({ pace }) => pace));
  if (paces.has('cell') || (paces.has('step') && paces.has('constantPerCell'))) return 'cell';
  if (paces.has('step')) return 'step';
  return paces.has('constantPerCell') ? 'constantPerCell' : 'constant';
}

/** Expressions as one graph of values in which nothing is computed twice. No operation is reordered or replaced. */
export class Graph {
  private readonly nodes = new Map<string, Node>();
  private sites: number;

  /** @param firstSite number of the first place that draws, counted as the reference simulator does */
  constructor(
    private readonly scope: Scope,
    firstSite = 0,
  ) {
    this.sites = firstSite;
  }

  private node(key: string, make: () => Omit<Node, 'id'>): Node {
    const known = this.nodes.get(key);
    if (known) return known;
    const node = { ...make(), id: this.nodes.size };
    this.nodes.set(key, node);
    return node;
  }

  operation(operation: Operation, of: readonly Node[]): Node {
    const same = this.unchanged(operation, of);
    if (same) return same;
    const key = `${operation} ${of.map(({ id }) => id).join(' ')}`;
    return this.node(key, () => ({ operation, of, pace: paceOf(of) }));
  }

  /** The operand that an operation leaves as it is. */
  private unchanged(operation: Operation, [left, right]: readonly Node[]): Node | undefined {
    const is = (node: Node | undefined, value: number) =>
      node?.operation === 'literal' && Object.is(node.value, value);
    if ((operation === '*' || operation === '/') && is(right, 1)) return left;
    if (operation === '*' && is(left, 1)) return right;
    if (operation === '-' && is(right, 0)) return left;
    if (operation === '+' && this.scope.looseZero) {
      if (is(right, 0)) return left;
      if (is(left, 0)) return right;
    }
    return undefined;
  }

  literal(value: number): Node {
    const key = `literal ${Object.is(value, -0) ? '-0' : value}`;
    return this.node(key, () => ({ operation: 'literal', of: [], pace: 'constant', value }));
  }

  state(name: string): Node {
    return this.node(`state ${name}`, () => ({ operation: 'state', of: [], pace: 'cell', name }));
  }

  private name(name: string): Node {
    if (this.scope.states.has(name)) return this.state(name);
    const leaf = (operation: Operation, pace: Pace) =>
      this.node(`${operation} ${name}`, () => ({ operation, of: [], pace, name }));
    const fixed = this.scope.fixed?.get(name);
    if (fixed === 0 || fixed === 1) return this.literal(fixed);
    if (name === 't') return leaf('time', 'step');
    if (name === 'dt') return leaf('parameter', 'constant');
    if (name.startsWith('m.')) return leaf('modulator', 'step');
    const parameter = this.scope.parameters.get(name);
    if (!parameter) throw new Error(`"${name}" is neither a state nor a parameter`);
    if (parameter.driven) return leaf('driven', 'cell');
    return parameter.perCell ? leaf('cellParameter', 'constantPerCell') : leaf('parameter', 'constant');
  }

  /** The node of an expression, where names have the values of `names` before those of the scope. */
  lower(e: Expression, names: ReadonlyMap<string, Node>): Node {
    switch (e.kind) {
      case 'number':
        return this.literal(e.value);
      case 'name':
        return names.get(e.name) ?? this.name(e.name);
      case 'unary':
        return this.operation(e.operator === '-' ? 'negate' : 'not', [this.lower(e.operand, names)]);
      case 'binary':
        return this.binary(e, names);
      case 'call':
        return this.call(e, names);
    }
  }

  private binary(e: Expression & { kind: 'binary' }, names: ReadonlyMap<string, Node>): Node {
    const left = this.lower(e.left, names);
    if (e.operator !== '^') return this.operation(e.operator, [left, this.lower(e.right, names)]);
    const exponent = integerExponent(e.right);
    if (exponent === undefined) return this.operation('pow', [left, this.lower(e.right, names)]);
    const base: Expression = { kind: 'name', name: '$base', at: e.at };
    return this.lower(expandPower(base, exponent), new Map([['$base', left]]));
  }

  private call(e: Expression & { kind: 'call' }, names: ReadonlyMap<string, Node>): Node {
    const draw = drawKindOf(e);
    if (!draw)
      return this.operation(
        e.function as Operation,
        e.arguments.map((of) => this.lower(of, names)),
      );
    const site = this.sites++;
    return this.node(`draw ${site}`, () => ({ operation: 'draw', of: [], pace: 'cell', draw, site }));
  }

  /** Carries out assignments in order; returns what each name stands for afterwards. */
  carryOut(assignments: readonly Assignment[]): Map<string, Node> {
    const names = new Map<string, Node>();
    for (const { target, value, flush } of assignments) {
      const node = this.lower(value, names);
      names.set(target, flush ? this.operation('flush', [node]) : node);
    }
    return names;
  }
}

/** The value of a node of constants, in float64, by the functions that the reference simulator uses. */
export function valueOfNode(node: Node, leaf: (node: Node) => number): number {
  const known = new Map<Node, number>();
  const visit = (at: Node): number => {
    const before = known.get(at);
    if (before !== undefined) return before;
    const value = compute(at);
    known.set(at, value);
    return value;
  };
  const compute = (at: Node): number => {
    const { operation, of } = at;
    if (operation === 'literal') return at.value!;
    if (of.length === 0) return leaf(at);
    const values = of.map(visit);
    const [a, b] = values;
    if (operation === 'negate') return -a!;
    if (operation === 'not') return a !== 0 ? 0 : 1;
    if (operation === 'flush') return flush(a!);
    if (/^[a-z]/.test(operation) && operation !== 'and' && operation !== 'or') {
      // No more than there are: of a missing one, the least would be no number.
      return functionEntry(operation as FunctionName).evaluate!(...values);
    }
    const empty: Expression = { kind: 'number', value: 0, at: -1 };
    return applyBinary(
      { kind: 'binary', operator: operation as BinaryOperator, left: empty, right: empty, at: -1 },
      a!,
      b!,
    );
  };
  return visit(node);
}
