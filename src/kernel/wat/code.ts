import { leastMagnitude } from '../flush.js';
import type { Node } from '../graph.js';
import { lanes, type Precision, vectorBytes } from '../layout.js';
import { drawCode, weylOffsets } from './draws.js';
import { type Places, scalarDialect, vectorDialect, wideOperation } from './values.js';

const conditions = new Set(['<', '<=', '>', '>=', '==', '!=', 'and', 'or', 'not']);
export const isCondition = ({ operation }: Node) => conditions.has(operation);

/** Whole vectors of cells, or one cell at a time. Either way the local `$i` is the byte offset of the cells. */
type Mode = 'vector' | 'scalar';

/** Text of a graph's values: what is used more than once, and every constant, is kept in a local. */
export class Code {
  readonly locals: string[] = [];
  /** Before the loop over the cells. */
  readonly before: string[] = [];
  readonly body: string[] = [];
  private readonly named = new Map<Node, string>();
  private readonly uses = new Map<Node, number>();

  constructor(
    private readonly mode: Mode,
    private readonly precision: Precision,
    private readonly places: Places,
    /** Index of the population's first cell, for its random numbers. */
    private readonly first: number,
    roots: readonly Node[],
  ) {
    const visit = (node: Node): void => {
      const uses = (this.uses.get(node) ?? 0) + 1;
      this.uses.set(node, uses);
      if (uses === 1 && node.pace === 'cell') node.of.forEach(visit);
    };
    roots.forEach(visit);
  }

  /** Which of the vectors that the loop takes at once is under way. */
  private unit = 0;

  /** Goes on to the next vector of the same turn of the loop: what is the same for all cells is kept. */
  nextVector(): void {
    this.unit += 1;
    for (const node of [...this.named.keys()]) {
      if (node.pace === 'cell' || node.pace === 'constantPerCell') this.named.delete(node);
    }
  }

  /** Number of operations on cells in a turn. */
  get work(): number {
    return [...this.uses.keys()].filter(({ pace, of }) => pace === 'cell' && of.length > 0).length;
  }

  private get type(): string {
    return this.mode === 'vector' ? 'v128' : lanes[this.precision].scalar;
  }

  private local(node: Node, text: string, into: string[]): string {
    const condition = this.mode === 'scalar' && isCondition(node);
    const name = `$v${node.id}_${into === this.before ? 'all' : this.unit}`;
    this.locals.push(`(local ${name} ${condition ? 'i32' : this.type})`);
    into.push(`(local.set ${name} ${text})`);
    this.named.set(node, `(local.get ${name})`);
    return `(local.get ${name})`;
  }

  /** One number for all cells, from memory. */
  private constant(at: number, node: Node): string {
    if (this.mode === 'vector') return `(${lanes[this.precision].splat} offset=${at} (i32.const 0))`;
    const type = isCondition(node) ? 'i32' : lanes[this.precision].scalar;
    return `(${type}.load offset=${at} (i32.const 0))`;
  }

  private perCell(at: number, node: Node): string {
    if (this.mode === 'vector') return `(v128.load offset=${at + this.unit * vectorBytes} (local.get $i))`;
    const type = isCondition(node) ? 'i32' : lanes[this.precision].scalar;
    return `(${type}.load offset=${at} (local.get $i))`;
  }

  /** A local that holds the noise sequence of a place that draws; it is to be moved on after each vector. */
  readonly sequences: string[] = [];

  private sequence(site: number): string {
    const name = `$z${site}_${this.unit}`;
    const first = this.first + this.unit * lanes[this.precision].count;
    const offsets = weylOffsets.map((offset) => (Math.imul(first, weylOffsets[1]!) + offset) | 0);
    this.locals.push(`(local ${name} v128)`);
    this.before.push(
      `(local.set ${name} (i32x4.add (v128.const i32x4 ${offsets.join(' ')})
        (i32x4.splat (call $mixWord (i32.add (global.get $hash) (i32.const ${Math.imul(site, weylOffsets[1]!)}))))))`,
    );
    this.sequences.push(name);
    return `(local.get ${name})`;
  }

  value(node: Node): string {
    const known = this.named.get(node);
    if (known !== undefined) return known;
    if (node.pace === 'constant')
      return this.local(node, this.constant(this.places.constant(node), node), this.before);
    if (node.pace === 'step')
      return this.local(node, this.constant(this.places.step(node), node), this.before);
    const text = this.text(node);
    return this.uses.get(node)! > 1 ? this.local(node, text, this.body) : text;
  }

  private text(node: Node): string {
    const { operation, name, pace } = node;
    if (pace === 'constantPerCell') return this.perCell(this.places.cellConstant(node), node);
    if (operation === 'state') return this.perCell(this.places.stateAt.get(name!)!, node);
    if (operation === 'driven') return this.perCell(this.places.drivenAt.get(name!)!, node);
    if (operation === 'draw') {
      if (this.mode === 'scalar') throw new Error('random numbers are drawn in updates only');
      const fresh = () => {
        const name = `$h${this.locals.length}`;
        this.locals.push(`(local ${name} v128)`);
        return name;
      };
      const sequence = this.sequence(node.site!);
      return drawCode(node.draw, sequence, this.precision, this.body, fresh, (text) => this.keep(text));
    }
    const of = node.of.map((argument) => this.value(argument));
    if (operation === 'flush') return this.flush(of[0]!, node);
    return (this.mode === 'vector' ? vectorDialect : scalarDialect)(this.precision).operation(operation, of);
  }

  private flush(value: string, node: Node): string {
    const { vector, scalar } = lanes[this.precision];
    const name = `$f${node.id}_${this.unit}`;
    this.locals.push(`(local ${name} ${this.type})`);
    this.body.push(`(local.set ${name} ${value})`);
    const kept = `(local.get ${name})`;
    if (this.mode === 'scalar') {
      return `(select ${kept} (${scalar}.const 0) (${scalar}.ge (${scalar}.abs ${kept}) (${scalar}.const ${leastMagnitude})))`;
    }
    const least = this.keep(`(${vector}.splat (${scalar}.const ${leastMagnitude}))`);
    return `(v128.and ${kept} (${vector}.ge (${vector}.abs ${kept}) ${least}))`;
  }

  private readonly kept = new Map<string, string>();

  /** A vector that stays the same through the loop. */
  private keep(text: string): string {
    const known = this.kept.get(text);
    if (known) return known;
    const name = `$k${this.kept.size}`;
    this.locals.push(`(local ${name} v128)`);
    this.before.push(`(local.set ${name} ${text})`);
    this.kept.set(text, `(local.get ${name})`);
    return `(local.get ${name})`;
  }

  /** Computes values now, so that what is stored later does not change them. */
  settle(nodes: readonly Node[]): string[] {
    return nodes.map((node) => {
      const text = this.value(node);
      return this.named.get(node) ?? this.local(node, text, this.body);
    });
  }
}

/** Values that are computed once a step, in float64, stored where the cells' code finds them. */
export function stepCode(places: Places, precision: Precision): string[] {
  const dialect = scalarDialect('f64');
  const text = (node: Node): string => {
    const { operation, name, pace } = node;
    if (operation === 'literal') return dialect.number(node.value!);
    if (pace === 'constant') {
      const at = places.stepConstant(node);
      // Conditions are kept as masks, and are 1 or 0 here.
      return isCondition(node)
        ? `(i32.and (i32.load offset=${at} (i32.const 0)) (i32.const 1))`
        : `(f64.load offset=${at} (i32.const 0))`;
    }
    if (operation === 'time') return '(global.get $t)';
    if (operation === 'modulator') return `(f64.load offset=${places.modulatorAt.get(name!)} (i32.const 0))`;
    return wideOperation(operation, node.of.map(text), precision);
  };
  return [...places.steps].map(([node, at]) => {
    if (isCondition(node)) {
      const wide = precision === 'f64' ? `(i64.extend_i32_s (i32.sub (i32.const 0) ${text(node)}))` : '';
      return wide
        ? `(i64.store offset=${at} (i32.const 0) ${wide})`
        : `(i32.store offset=${at} (i32.const 0) (i32.sub (i32.const 0) ${text(node)}))`;
    }
    const value = precision === 'f64' ? text(node) : `(f32.demote_f64 ${text(node)})`;
    return `(${precision}.store offset=${at} (i32.const 0) ${value})`;
  });
}
