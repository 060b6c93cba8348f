import { namesIn } from '../../../expression/analysis.js';
import type { Expression } from '../../../expression/ast.js';
import type { Assignment } from '../../../network/model/terms.js';
import { leastMagnitude } from '../../flush.js';
import type { Graph, Node } from '../../graph.js';
import { lanes } from '../../layout.js';
import { isCondition } from '../code.js';
import { scalarDialect, vectorDialect, wideOperation } from '../values.js';
import { ruleGraph } from './rule-graph.js';
import type { RuleSurroundings } from './surroundings.js';

const dependsOn = (node: Node, on: Node): boolean => node === on || node.of.some((of) => dependsOn(of, on));

/**
 * The text of a rule's expressions and statements. At a synapse, these locals are set: `$at` (its byte offset), `$pre`
 * and `$post` (those of its cells in their populations), of traces that are used `$t_NAME`, and after `load` `$w`, and
 * of variables `$e_NAME`, scaled to the last rebase.
 */
export class RuleText {
  private readonly graph: Graph;
  private readonly dialect;
  private readonly T: 'f32' | 'f64';

  constructor(private readonly of: RuleSurroundings) {
    this.graph = ruleGraph(of.learning);
    this.dialect = scalarDialect(of.precision);
    this.T = lanes[of.precision].scalar;
  }

  private place(map: Map<Node, number>, node: Node, bytes: number): number {
    const at = map.get(node) ?? this.of.layout.take(bytes);
    map.set(node, at);
    return at;
  }

  private constantAt(node: Node): number {
    return this.place(this.of.plastic.constants, node, lanes[this.of.precision].bytes);
  }

  private variable(name: string) {
    return this.of.plastic.variables.find((of) => of.name === name);
  }

  demoted(value: string): string {
    return this.of.precision === 'f32' ? `(f32.demote_f64 ${value})` : value;
  }

  /** A table's entry of now. */
  entry(table: number): string {
    return `(${this.T}.load ${this.entryPlace(table)})`;
  }

  /** The same in every lane. */
  entryVector(table: number): string {
    return `(${lanes[this.of.precision].splat} ${this.entryPlace(table)})`;
  }

  private entryPlace(table: number): string {
    return `offset=${table} (i32.shl (global.get $r) (i32.const ${lanes[this.of.precision].shift}))`;
  }

  /** A value at one synapse, or of one cell. */
  private scalar(node: Node): string {
    const { T, of } = this;
    const { operation, pace, name } = node;
    if (operation === 'literal') return this.dialect.number(node.value!);
    if (operation === 'modulator')
      return this.demoted(`(f64.load offset=${of.modulatorAt.get(name!)} (i32.const 0))`);
    if (operation === 'state') return this.stateText(name!);
    if (!isCondition(node)) {
      if (pace === 'constant') return `(${T}.load offset=${this.constantAt(node)} (i32.const 0))`;
      if (pace === 'constantPerCell') {
        const at = this.place(of.plastic.perSynapse, node, of.plastic.synapses * lanes[of.precision].bytes);
        return `(${T}.load offset=${at} (local.get $at))`;
      }
    }
    return this.dialect.operation(
      operation,
      node.of.map((argument) => this.scalar(argument)),
    );
  }

  private stateText(name: string): string {
    const { T, of } = this;
    if (name === 'w') return '(local.get $w)';
    if (name === 'incoming.w') {
      const { sums, counts } = of.plastic.incoming!;
      return `(${T}.div (${T}.load offset=${sums} (local.get $post)) (${T}.load offset=${counts} (local.get $post)))`;
    }
    const side = /^(pre|post)\.(.*)$/.exec(name);
    if (side) {
      const [, which, state] = side;
      const at = of.cells[which as 'pre' | 'post'].stateAt.get(state!)!;
      return `(${T}.load offset=${at} (local.get $${which}))`;
    }
    const variable = this.variable(name);
    if (!variable) return `(local.get $t_${name})`;
    return variable.scaled
      ? `(${T}.mul (local.get $e_${name}) (local.get $down_${name}))`
      : `(local.get $e_${name})`;
  }

  /** The value of an expression at one synapse or, where only traces of a side and parameters occur, of one cell. */
  value(e: Expression): string {
    return this.scalar(this.graph.lower(e, new Map()));
  }

  /** The value of what a trace follows, for whole vectors of cells at the byte offset `$i`. */
  vector(e: Expression, side: 'pre' | 'post'): string {
    const { splat, vector } = lanes[this.of.precision];
    const dialect = vectorDialect(this.of.precision);
    const text = (node: Node): string => {
      const { operation, pace, name } = node;
      if (operation === 'literal') return dialect.number(node.value!);
      if (operation === 'modulator') return `(${vector}.splat ${this.scalar(node)})`;
      if (operation === 'state') {
        if (!name!.startsWith('cell.')) return this.traceVector(name!);
        const at = this.of.cells[side].stateAt.get(name!.slice('cell.'.length))!;
        return `(v128.load offset=${at} (local.get $i))`;
      }
      if (pace === 'constant' && !isCondition(node))
        return `(${splat} offset=${this.constantAt(node)} (i32.const 0))`;
      return dialect.operation(operation, node.of.map(text));
    };
    return text(this.graph.lower(e, new Map()));
  }

  /** The value now of a trace of the cells at the byte offset `$i`. */
  traceVector(name: string): string {
    const { at, down } = this.of.plastic.traces.find((of) => of.name === name)!;
    const { vector } = lanes[this.of.precision];
    const load = `(v128.load offset=${at} (local.get $i))`;
    return down === undefined ? load : `(${vector}.mul ${load} ${this.entryVector(down)})`;
  }

  /** A vector in which what is next to nothing is 0. */
  flushedVector(value: string): string {
    const { vector, scalar } = lanes[this.of.precision];
    return `(v128.and ${value} (${vector}.ge (${vector}.abs ${value}) (${vector}.splat (${scalar}.const ${leastMagnitude}))))`;
  }

  /** What turns a variable into weight, in float64, where a modulator has its mean level of the step. */
  drive(e: Expression, levels: ReadonlyMap<string, number>): string {
    const text = (node: Node): string => {
      if (node.operation === 'literal') return scalarDialect('f64').number(node.value!);
      if (node.operation === 'modulator') {
        const at = this.of.modulatorAt.get(node.name!)!;
        const [now, baseline] = [at, at + 8].map((place) => `(f64.load offset=${place} (i32.const 0))`);
        const share = `(f64.load offset=${levels.get(node.name!)} (i32.const 0))`;
        return `(f64.add ${baseline} (f64.mul (f64.sub ${now} ${baseline}) ${share}))`;
      }
      if (node.pace === 'constant' && !isCondition(node)) {
        const at = this.place(this.of.plastic.driveConstants, node, 8);
        return `(f64.load offset=${at} (i32.const 0))`;
      }
      return wideOperation(node.operation, node.of.map(text), this.of.precision);
    };
    return text(this.graph.lower(e, new Map()));
  }

  /** As vectors of which one lane counts: the scalar min and max of WebAssembly are branches for the sake of NaN and -0. */
  clip(value: string): string {
    const { vector } = lanes[this.of.precision];
    return `(${vector}.extract_lane 0 (${vector}.pmin (${vector}.pmax (${vector}.splat ${value}) (local.get $low)) (local.get $high)))`;
  }

  /** Locals that every function over synapses has. */
  get locals(): string {
    const { T } = this;
    const { traces, variables } = this.of.plastic;
    return `(local $at i32) (local $s i32) (local $last i32) (local $pre i32) (local $post i32)
      (local $w ${T}) (local $low v128) (local $high v128)
      ${traces.map(({ name }) => `(local $t_${name} ${T}) (local $tdown_${name} ${T})`).join(' ')}
      ${variables
        .map(
          ({ name }) =>
            `(local $e_${name} ${T}) (local $g_${name} ${T}) (local $up_${name} ${T}) (local $down_${name} ${T})`,
        )
        .join(' ')}`;
  }

  /** What those locals hold through a call. */
  get before(): string {
    const { splat } = lanes[this.of.precision];
    const { traces, variables, low, high } = this.of.plastic;
    return `(local.set $low (${splat} offset=${low} (i32.const 0)))
      (local.set $high (${splat} offset=${high} (i32.const 0)))
      ${variables
        .map(
          ({ name, driven, scaled, up, down }, k) => `
          ${driven ? `(local.set $g_${name} ${this.demoted(`(global.get $g${this.of.index}_${k})`)})` : ''}
          ${scaled ? `(local.set $up_${name} ${this.entry(up!)}) (local.set $down_${name} ${this.entry(down!)})` : ''}`,
        )
        .join('')}
      ${traces.map(({ name, down }) => (down === undefined ? '' : `(local.set $tdown_${name} ${this.entry(down)})`)).join(' ')}`;
  }

  private used(statements: readonly Assignment[]): Set<string> {
    return new Set(statements.flatMap(({ target, value }) => [target, ...namesIn(value)]));
  }

  /** Loads the traces of one side that statements use. */
  traces(side: 'pre' | 'post', statements: readonly Assignment[]): string {
    const { T } = this;
    const used = this.used(statements);
    return this.of.plastic.traces
      .filter(({ of, name }) => of === side && used.has(name))
      .map(({ name, at, down }) => {
        const load = `(${T}.load offset=${at} (local.get $${side}))`;
        const own = `(local.get $t_${name})`;
        // What has decayed to nothing is 0, as it is where every step is taken.
        return down === undefined
          ? `(local.set $t_${name} ${load})`
          : `(local.set $t_${name} (${T}.mul ${load} (local.get $tdown_${name})))
            (local.set $t_${name} (select ${own} (${T}.const 0) (${T}.ge (${T}.abs ${own}) (${T}.const ${leastMagnitude}))))`;
      })
      .join('\n');
  }

  /** Loads the weight and what the statements use of the synapse at `$at`, carries them out and stores what changed. */
  synapse(statements: readonly Assignment[], between = ''): string {
    const { T } = this;
    const { weights } = this.of.rows;
    const { variables } = this.of.plastic;
    const used = this.used(statements);
    const targets = new Set(statements.map(({ target }) => target));
    const driven = variables.filter((of) => of.driven);
    const changesWeight = targets.has('w') || driven.some(({ name }) => targets.has(name));
    const needsWeight = between !== '' || used.has('w') || changesWeight;
    const loaded = variables.filter(({ name, driven: drives }) => used.has(name) || (needsWeight && drives));
    const drift = (operation: 'add' | 'sub', weight: string) =>
      driven.reduce(
        (sum, { name }) =>
          `(${T}.${operation} ${sum} (${T}.mul (local.get $e_${name}) (local.get $g_${name})))`,
        weight,
      );
    const stored = `(${T}.load offset=${weights} (local.get $at))`;
    return `${loaded.map(({ name, at }) => `(local.set $e_${name} (${T}.load offset=${at} (local.get $at)))`).join('\n')}
      ${needsWeight ? `(local.set $w ${driven.length > 0 ? this.clip(drift('add', stored)) : stored})` : ''}
      ${between}
      ${statements.map((statement) => this.act(statement)).join('\n')}
      ${variables
        .filter(({ name }) => targets.has(name))
        .map(({ name, at }) => `(${T}.store offset=${at} (local.get $at) (local.get $e_${name}))`)
        .join('\n')}
      ${changesWeight ? `(${T}.store offset=${weights} (local.get $at) ${drift('sub', '(local.get $w)')})` : ''}`;
  }

  private act({ target, value }: Assignment): string {
    const { T } = this;
    const node = this.graph.lower(value, new Map());
    if (target === 'w') return `(local.set $w ${this.clip(this.scalar(node))})`;
    const variable = this.variable(target)!;
    if (!variable.scaled) return `(local.set $e_${target} ${this.scalar(node)})`;
    const own = this.graph.state(target);
    const [first, second] = node.of;
    const adds =
      (node.operation === '+' || node.operation === '-') && first === own && !dependsOn(second!, own);
    if (!adds) return `(local.set $e_${target} (${T}.mul ${this.scalar(node)} (local.get $up_${target})))`;
    const operation = node.operation === '+' ? 'add' : 'sub';
    return `(local.set $e_${target} (${T}.${operation} (local.get $e_${target})
      (${T}.mul ${this.scalar(second!)} (local.get $up_${target}))))`;
  }
}
