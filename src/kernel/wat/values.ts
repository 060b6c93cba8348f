import type { Node } from '../graph.js';
import { type Layout, lanes, type Precision } from '../layout.js';
import { literal } from './elementary.js';

/**
 * Places of the values of one population that are not states: constants (one number), constants with a value for each
 * cell, and values that are computed once a step. Filled in when a lifetime is loaded, or at the start of a step.
 */
export class Places {
  /** In the module's precision. */
  readonly constants = new Map<Node, number>();
  /** In float64, for what is computed once a step. */
  readonly stepConstants = new Map<Node, number>();
  /** `[padded cells]` each */
  readonly perCell = new Map<Node, number>();
  /** In the module's precision. */
  readonly steps = new Map<Node, number>();

  constructor(
    private readonly layout: Layout,
    private readonly precision: Precision,
    private readonly cells: number,
    /** Address of a state's values, by name. */
    readonly stateAt: ReadonlyMap<string, number>,
    /** Address of a driven parameter's values, by name. */
    readonly drivenAt: ReadonlyMap<string, number>,
    readonly modulatorAt: ReadonlyMap<string, number>,
  ) {}

  private place(map: Map<Node, number>, node: Node, bytes: number): number {
    const known = map.get(node);
    if (known !== undefined) return known;
    const at = this.layout.take(bytes);
    map.set(node, at);
    return at;
  }

  constant = (node: Node) => this.place(this.constants, node, 8);
  stepConstant = (node: Node) => this.place(this.stepConstants, node, 8);
  cellConstant = (node: Node) => this.place(this.perCell, node, this.cells * lanes[this.precision].bytes);
  step = (node: Node) => this.place(this.steps, node, 8);
}

/** Text of an operation on values that are text already. */
interface Dialect {
  number(value: number): string;
  operation(operation: string, of: readonly string[]): string;
}

const arithmetic: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
  negate: 'neg',
  sqrt: 'sqrt',
  abs: 'abs',
  floor: 'floor',
  min: 'min',
  max: 'max',
};

const called = new Set(['exp', 'log', 'sin', 'cos', 'tanh', 'pow', 'exprel']);

/** Whole vectors; conditions are masks. */
export function vectorDialect(precision: Precision): Dialect {
  const { vector } = lanes[precision];
  const number = (value: number) => `(${vector}.splat (${lanes[precision].scalar}.const ${literal(value)}))`;
  const operation = (name: string, of: readonly string[]): string => {
    const [a, b, c] = of;
    const plain = arithmetic[name];
    if (plain) return `(${vector}.${plain} ${of.join(' ')})`;
    if (called.has(name)) return `(call $${name} ${of.join(' ')})`;
    switch (name) {
      case 'and':
        return `(v128.and ${a} ${b})`;
      case 'or':
        return `(v128.or ${a} ${b})`;
      case 'not':
        return `(v128.not ${a})`;
      case 'if':
        return `(v128.bitselect ${b} ${c} ${a})`;
      case 'sigmoid':
        return `(${vector}.div ${number(1)} (${vector}.add ${number(1)} (call $exp (${vector}.neg ${a}))))`;
      case 'quotient':
        return `(v128.bitselect ${number(1)} (${vector}.div ${a} ${b}) (${vector}.eq ${b} ${number(0)}))`;
      case 'sign': {
        const one = number(1);
        const zero = number(0);
        return (
          `(${vector}.sub (v128.and ${one} (${vector}.gt ${a} ${zero})) ` +
          `(v128.and ${one} (${vector}.lt ${a} ${zero})))`
        );
      }
      default:
        throw new Error(`no code for "${name}"`);
    }
  };
  return { number, operation };
}

/** Single numbers of the precision; conditions are i32. */
export function scalarDialect(precision: Precision): Dialect {
  const { scalar, vector } = lanes[precision];
  const number = (value: number) => `(${scalar}.const ${literal(value)})`;
  const operation = (name: string, of: readonly string[]): string => {
    const [a, b, c] = of;
    const plain = arithmetic[name];
    if (plain) return `(${scalar}.${plain} ${of.join(' ')})`;
    if (called.has(name)) {
      if (precision === 'f64' && name !== 'exprel') return `(call $${name}Scalar ${of.join(' ')})`;
      const splat = of.map((value) => `(${vector}.splat ${value})`);
      return `(${vector}.extract_lane 0 (call $${name} ${splat.join(' ')}))`;
    }
    switch (name) {
      case 'and':
        return `(i32.and ${a} ${b})`;
      case 'or':
        return `(i32.or ${a} ${b})`;
      case 'not':
        return `(i32.eqz ${a})`;
      case 'if':
        return `(select ${b} ${c} ${a})`;
      case 'sigmoid':
        return `(${scalar}.div ${number(1)} (${scalar}.add ${number(1)} ${operation('exp', [`(${scalar}.neg ${a})`])}))`;
      case 'quotient':
        return `(select ${number(1)} (${scalar}.div ${a} ${b}) (${scalar}.eq ${b} ${number(0)}))`;
      case 'sign':
        return (
          `(${scalar}.sub (${scalar}.convert_i32_s (${scalar}.gt ${a} ${number(0)})) ` +
          `(${scalar}.convert_i32_s (${scalar}.lt ${a} ${number(0)})))`
        );
      default:
        throw new Error(`no code for "${name}"`);
    }
  };
  return { number, operation };
}

/**
 * An operation on float64 numbers in a module of any precision. Modules in float32 have the functions of float32 alone;
 * what is computed once a step is little beside them.
 */
export function wideOperation(operation: string, of: readonly string[], precision: Precision): string {
  const calls = called.has(operation) || operation === 'sigmoid';
  if (precision === 'f64' || !calls) return scalarDialect('f64').operation(operation, of);
  const narrow = of.map((value) => `(f32.demote_f64 ${value})`);
  return `(f64.promote_f32 ${scalarDialect('f32').operation(operation, narrow)})`;
}
