import { namesIn } from '../../../expression/analysis.js';
import type { Expression } from '../../../expression/ast.js';
import { named, product } from '../../../expression/build.js';
import { formatUnit } from '../../../expression/format-unit.js';
import { divideUnits, type Unit } from '../../../expression/unit.js';
import { isWholeSteps, wholeSteps } from '../../../math/steps.js';
import { receivingState } from '../../model/dynamics.js';
import { type Plasticity, type Projection, ruleParameter, type Values } from '../../model/network.js';
import type { Assignment } from '../../model/terms.js';
import type { Names } from '../names.js';
import type { Stated } from '../stated.js';
import { type RuleTrees, statedRule } from '../stated-rule.js';
import type { Brian2Context } from './context.js';
import { type Brian2Scope, brian2Text, copied } from './dialect.js';
import type { Brian2Population } from './population.js';
import type { Block, Entry } from './text.js';
import { dimensionsText, inUnit } from './units.js';

/** A pathway of synapses: what a spike of one side does, and when in the step. */
export interface Pathway {
  name: string;
  side: 'pre' | 'post';
  when: string;
  order: number;
  lines: readonly string[];
}

/** What learning adds to the synapses of a projection. */
export interface LearningParts {
  model: string[];
  /** Statements at a presynaptic spike, after it has been transmitted. */
  onPre: string[];
  pathways: Pathway[];
  blocks: Block[];
  namespace: Entry[];
  /** After the synapses are made. */
  after: string[];
  /** What the weight is multiplied by where it is transmitted. */
  transmitted: string;
  weightUnit: Unit;
  hasUnits: boolean;
}

/** Places of what learning does after spikes have arrived: pairs of one step are none, so that traces rise last. */
const orders = { coincident: 2, learn: 3, pre: 4, post: 5 } as const;

/** Writes how the synapses of a projection learn. */
export class LearningWriter {
  private readonly rule: Stated<RuleTrees>;
  private readonly plasticity: Plasticity;
  private readonly scope: Brian2Scope;
  private readonly modulators = new Set<string>();
  private readonly portUnit: Unit;

  constructor(
    private readonly script: Brian2Context,
    private readonly projection: Projection,
    private readonly sides: { pre: Brian2Population; post: Brian2Population },
    private readonly id: string,
    private readonly names: Names,
  ) {
    this.plasticity = projection.plasticity!;
    const { post } = sides;
    const port = post.population.ports[projection.port]!.model;
    this.portUnit = post.stated.unitOf(receivingState(projection.port, port));
    const words = {
      weight: formatUnit(this.portUnit),
      current: post.population.model.currentUnit ?? '1',
      connections: '1',
    };
    this.rule = statedRule(this.plasticity.rule, words, (name) => this.stateUnit(name));
    this.scope = {
      id: (name) => this.idOf(name),
      quantities: this.rule.quantities,
      hasUnits: this.rule.hasUnits,
    };
  }

  private side(name: string): { of: Brian2Population; suffix: string; state: string } | undefined {
    const [, suffix, state] = /^(pre|post)\.(.+)$/.exec(name) ?? [];
    return state === undefined
      ? undefined
      : { of: this.sides[suffix as 'pre' | 'post'], suffix: suffix!, state };
  }

  private stateUnit(name: string): Unit {
    const { of, state } = this.side(name)!;
    return of.stated.unitOf(state);
  }

  private idOf(name: string): string {
    const side = this.side(name);
    if (side) {
      const own = `${side.of.names.of(side.state)}_${side.suffix}`;
      if (side.of.isTrain) {
        this.script.remarks.note(
          `"${this.projection.name}": its rule reads ${name}, which listed spikes do not have: 0 stands for it`,
        );
        return '0';
      }
      // A rule without units reads a number in the unit of the state.
      if (this.rule.hasUnits) return own;
      const unit = inUnit(1, side.of.stated.unitOf(side.state));
      return unit === '1' ? own : `${own}/(${unit})`;
    }
    if (name.startsWith('m.')) {
      this.modulators.add(name.slice(2));
      return this.names.of(`level.${name.slice(2)}`);
    }
    return this.names.of(name);
  }

  private text(e: Expression): string {
    return brian2Text(e, this.scope);
  }

  private value(values: Values, name: string): string {
    const unit = this.rule.unitOf(name);
    if (typeof values === 'number') return inUnit(values, unit);
    return inUnit(this.script.arrays.take(`${this.id}_${this.names.of(name)}`, values), unit);
  }

  private declare(name: string, flags = ''): string {
    return `${this.names.of(name)} : ${dimensionsText(this.rule.unitOf(name))}${flags}`;
  }

  private clipped(text: string): string {
    const { low, high } = this.plasticity.rule.bounds;
    return `clip(${text}, ${this.names.of(low)}, ${this.names.of(high)})`;
  }

  private statement = ({ target, value }: Assignment): string =>
    `${this.names.of(target)} = ${target === 'w' ? this.clipped(this.text(value)) : this.text(value)}`;

  /** What is read at regular times or events cannot wait for a spike to decay. */
  private get readBetweenSpikes(): ReadonlySet<string> {
    const { onUpdate, onEvent, follows, drives } = this.rule.of;
    const all = [...onUpdate, ...Object.values(onEvent).flat()];
    return new Set([
      ...all.flatMap(({ target, value }) => [target, ...namesIn(value)]),
      ...[...follows.values()].flatMap((e) => [...namesIn(e)]),
      ...follows.keys(),
      ...drives.keys(),
    ]);
  }

  private startOf(name: string, start: number | string | undefined): string[] {
    if (start === undefined || start === 0) return [];
    const own = `${this.id}.${this.names.of(name)}`;
    if (start === 'w') return [`${own} = 'w'`.replace("'w'", `'${this.names.of('w')}'`)];
    if (typeof start === 'number') return [`${own} = ${inUnit(start, this.rule.unitOf(name))}`];
    return [`${own} = '${this.names.of(start)}'`];
  }

  /** Traces and synapse variables: their equations, what is stepped in every step, and where they start. */
  private quantities() {
    const { rule } = this.plasticity;
    const between = this.readBetweenSpikes;
    const model: string[] = [];
    const relaxing: string[] = [];
    const decays: string[] = [];
    const settled: string[] = [];
    const after: string[] = [];
    const add = (name: string, tau: string | undefined, start: number | string | undefined) => {
      const follows = this.rule.of.follows.get(name);
      const own = this.names.of(name);
      after.push(...this.startOf(name, start));
      if (tau === undefined) {
        model.push(this.declare(name));
        return;
      }
      const time = this.names.of(tau);
      const units = dimensionsText(this.rule.unitOf(name));
      if (!between.has(name) && (start ?? 0) === 0 && this.rule.hasUnits) {
        model.push(`d${own}/dt = -${own}/${time} : ${units} (event-driven)`);
        return;
      }
      model.push(this.declare(name));
      const step = this.scope.hasUnits ? 'dt' : '(dt/ms)';
      if (!follows) {
        decays.push(`${own} = ${own}*exp(-${step}/${time})`);
        return;
      }
      // What it follows is as it was before the step.
      const next = this.names.of(`next ${name}`);
      relaxing.push(`${next} = ${own} + ((${this.text(follows)}) - ${own})*(1 - exp(-${step}/${time}))`);
      settled.push(`${own} = ${next}`);
    };
    for (const [name, { tau, start }] of Object.entries(rule.synapse ?? {})) add(name, tau, start);
    for (const [name, { tau, start }] of Object.entries(rule.traces)) add(name, tau, start);
    return { model, steps: [...relaxing, ...decays, ...settled], after };
  }

  /** What modulators make of eligibilities within a step: exact for variables and modulators that decay. */
  private drift(): string[] {
    const { rule } = this.plasticity;
    const step = this.scope.hasUnits ? 'dt' : '(dt/ms)';
    const means: string[] = [];
    const gained = [...this.rule.of.drives].map(([name, drive]) => {
      const { tau } = rule.synapse![name]!;
      const rate = tau === undefined ? '0' : `${step}/${this.names.of(tau)}`;
      const meanOf = (used: string) => this.names.of(`mean ${used} for ${name}`);
      for (const used of [...namesIn(drive)].filter((of) => of.startsWith('m.'))) {
        const level = this.idOf(used);
        const { baseline, tauMs } = this.script.network.modulators[used.slice(2)] ?? {
          baseline: 0,
          tauMs: 1,
        };
        const share = `exprel(-(${rate}) - dt/(${tauMs}*ms))/exprel(-(${rate}))`;
        means.push(`${meanOf(used)} = ${baseline} + (${level} - ${baseline})*${share}`);
      }
      const id = (used: string) => (used.startsWith('m.') ? meanOf(used) : this.idOf(used));
      const text = brian2Text(product(named(name), drive), { ...this.scope, id });
      return `${text}*${step}*exprel(-(${rate}))`;
    });
    if (gained.length === 0) return [];
    const w = this.names.of('w');
    return [...means, `${w} = ${this.clipped([w, ...gained].join(' + '))}`];
  }

  private rise(side: 'pre' | 'post', coincident: boolean): string[] {
    const { traces } = this.plasticity.rule;
    const rising = [...this.rule.of.rises].filter(
      ([name]) => traces[name]!.of === side && (traces[name]!.coincident ?? false) === coincident,
    );
    const values = rising.map(([name, e]) => [this.names.of(name), this.text(e), e] as const);
    if (values.length === 1) return [`${values[0]![0]} = ${values[0]![1]}`];
    // Each sees the others as they were before.
    return [
      ...values.map(([name, text, e]) => `risen_${name} = ${copied(e, text)}`),
      ...values.map(([name]) => `${name} = risen_${name}`),
    ];
  }

  private pathways(): Pathway[] {
    const { onPost } = this.rule.of;
    const when = 'after_resets';
    const all: Pathway[] = [
      { name: 'early', side: 'pre', when, order: orders.coincident, lines: this.rise('pre', true) },
      { name: 'learn', side: 'post', when, order: orders.learn, lines: onPost.map(this.statement) },
      { name: 'rise_pre', side: 'pre', when, order: orders.pre, lines: this.rise('pre', false) },
      { name: 'rise_post', side: 'post', when, order: orders.post, lines: this.rise('post', false) },
    ];
    return all.filter(({ lines }) => lines.length > 0);
  }

  /** Statements for all synapses at once, after the means that they read. */
  private regular(): { block: Block[]; before: string[] } {
    const { onUpdate } = this.rule.of;
    const { every } = this.plasticity.rule.onUpdate ?? {};
    if (every === undefined || onUpdate.length === 0) return { block: [], before: [] };
    const { dtMs } = this.script;
    const everyMs = ruleParameter(this.plasticity, every) as number;
    const steps = Math.max(1, wholeSteps(everyMs, dtMs));
    const lines = onUpdate.map((assignment) => {
      const text = this.statement(assignment);
      if (steps === 1) return text;
      const at = text.indexOf(' = ');
      const target = text.slice(0, at);
      return `${target} = choose(due, ${text.slice(at + 3)}, ${target})`;
    });
    const due = `due = (t_in_timesteps + 1) % ${steps} == 0`;
    return {
      block: [{ when: 'end', order: -1, lines: steps === 1 ? lines : [due, ...lines] }],
      before: this.usesIncoming(onUpdate) ? this.incoming(true) : [],
    };
  }

  private usesIncoming = (statements: readonly Assignment[]) =>
    statements.some(({ value }) => namesIn(value).has('incoming.w'));

  /** The mean weight onto the postsynaptic cell of each synapse. */
  private incoming(regularly: boolean): string[] {
    const { id, names } = this;
    const [w, mean] = [names.of('w'), names.of('incoming.w')];
    const lines = [
      `    onto = np.asarray(${id}.j)`,
      `    total = np.bincount(onto, weights=np.asarray(${id}.${w}))`,
      `    ${id}.${mean} = ${inUnit('(total/np.maximum(np.bincount(onto), 1))[onto]', siOf(this.rule.unitOf('w')))}`,
    ];
    return regularly ? [`@network_operation(when='end', order=-2)`, `def ${id}_means():`, ...lines] : lines;
  }

  /** Functions that carry out what a rule does at events. */
  private events(): string[] {
    return Object.entries(this.rule.of.onEvent).flatMap(([event, statements]) => [
      '',
      `def ${this.id}_${event}():`,
      `    """What the rule of "${this.projection.name}" does at the event ${event}: call it between two runs."""`,
      ...(this.usesIncoming(statements) ? this.incoming(false) : []),
      ...statements.map((assignment) => {
        const text = this.statement(assignment);
        const at = text.indexOf(' = ');
        return `    ${this.id}.${text.slice(0, at)} = '${text.slice(at + 3)}'`;
      }),
      '',
    ]);
  }

  /** The event functions of this projection, by event. */
  get eventNames(): readonly string[] {
    return Object.keys(this.rule.of.onEvent);
  }

  private parameters() {
    const { rule } = this.plasticity;
    const namespace: Entry[] = [];
    const model: string[] = [];
    const after: string[] = [];
    for (const name of Object.keys(rule.parameters)) {
      const own = ruleParameter(this.plasticity, name);
      if (typeof own !== 'number') {
        model.push(this.declare(name, ' (constant)'));
        after.push(`${this.id}.${this.names.of(name)} = ${this.value(own, name)}`);
        continue;
      }
      const { dtMs } = this.script;
      const isInterval = name === rule.onUpdate?.every && !isWholeSteps(own, dtMs);
      const used = isInterval
        ? Math.max(1, wholeSteps(own, dtMs)) * dtMs
        : apartOf(this.plasticity, name, own);
      namespace.push([this.names.of(name), this.value(used, name)]);
    }
    return { namespace, model, after };
  }

  write(): LearningParts {
    const { onPre, onUpdate, onEvent } = this.rule.of;
    const quantities = this.quantities();
    const parameters = this.parameters();
    const drift = this.drift();
    const regular = this.regular();
    const pathways = this.pathways();
    const events = this.events();
    const first = onPre.map(this.statement);
    const means = this.usesIncoming([...onUpdate, ...Object.values(onEvent).flat()]);
    const levels = [...this.modulators].filter((name) => this.script.network.modulators[name]);
    for (const name of [...this.modulators].filter((of) => !levels.includes(of))) {
      parameters.namespace.push([this.names.of(`level.${name}`), '0']);
    }
    const weightUnit = this.rule.unitOf('w');
    const signed = `${this.plasticity.sign === -1 ? '-' : ''}${this.names.of('w')}`;
    return {
      model: [
        this.declare('w'),
        ...quantities.model,
        ...parameters.model,
        ...(means ? [this.declare('incoming.w')] : []),
        ...levels.map((name) => `${this.names.of(`level.${name}`)} : 1 (linked)`),
      ],
      onPre: first,
      pathways,
      blocks: [{ when: 'start', order: 0, lines: [...drift, ...quantities.steps] }, ...regular.block],
      namespace: parameters.namespace,
      after: [
        ...parameters.after,
        ...quantities.after,
        ...levels.map(
          (name) =>
            `${this.id}.${this.names.of(`level.${name}`)} = linked_var(modulators, '${this.script.modulator(`m.${name}`)}')`,
        ),
        ...regular.before,
        ...events,
      ],
      transmitted: inUnit(signed, divideUnits(this.portUnit, weightUnit)),
      weightUnit,
      hasUnits: this.rule.hasUnits,
    };
  }
}

/** The unit of a quantity that was read as a bare number of SI units. */
const siOf = (unit: Unit): Unit => ({ ...unit, scale: 1 });

/** Parameters by whose difference a rule divides are kept a thousandth apart. */
function apartOf({ rule, parameters }: Plasticity, name: string, own: number): number {
  const other = rule.apart?.[name];
  if (other === undefined) return own;
  const value = ruleParameter({ rule, parameters }, other);
  if (typeof value !== 'number') return own;
  const least = 1e-3 * Math.abs(value);
  return Math.abs(own - value) < least ? value - least : own;
}
