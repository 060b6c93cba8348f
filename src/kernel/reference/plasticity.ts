import type { Values } from '../../network/model/network.js';
import { flush } from '../flush.js';
import { type Learning, updateSteps } from '../learning.js';
import type { Program } from '../program.js';
import { presynaptic, type Route } from '../routes.js';
import { RouteLearning } from './plastic-route.js';
import {
  type Side,
  type Statement,
  type Statements,
  sideOf,
  statementsOf,
  type TraceStepper,
  traceSteppers,
  type VariableStepper,
  variableSteppers,
} from './rule-steppers.js';
import { Slots } from './slots.js';

/** What learning reads of the simulator around it. */
export interface Surroundings {
  /** The space of states. */
  values: Float64Array;
  /** In the order of the network's weights. */
  weights: Float64Array;
  concentrations: ReadonlyMap<string, number>;
}

/**
 * One plastic projection, stepped synapse by synapse at every step: what learning means. Weights stand in the network's
 * order with their sign; the rule's `w` is the weight times the projection's sign.
 */
export class ReferencePlasticity {
  private readonly slots = new Slots();
  private readonly env: Float64Array;
  private readonly perSynapse: { slot: number; values: Float64Array }[] = [];
  private readonly routes: RouteLearning[];
  private readonly low: number;
  private readonly high: number;
  private readonly sign: number;
  private readonly sides: { pre: Side; post: Side };
  private readonly statements: Statements;
  private readonly traces: readonly TraceStepper[];
  private readonly variables: readonly VariableStepper[];
  private readonly updateEvery: number;

  /** @param parameters of the rule, and the modulators, in this life */
  constructor(
    private readonly learning: Learning,
    program: Program,
    parameters: ReadonlyMap<string, Values>,
    modulation: ReadonlyMap<string, { tauMs: number; baseline: number }>,
    private readonly around: Surroundings,
  ) {
    const { plan, from, to, projection } = learning;
    const { rule } = plan;
    const { dtMs } = program.network;
    const { slots } = this;
    this.sign = projection.plasticity!.sign ?? 1;
    const one = (name: string) => parameters.get(name) as number;
    for (const name of ['w', 'incoming.w', ...Object.keys(rule.parameters)]) slots.take(name);
    this.statements = statementsOf(plan, slots);
    this.traces = traceSteppers(plan, slots, one, dtMs);
    this.variables = variableSteppers(plan, slots, one, modulation, dtMs);
    this.sides = { pre: sideOf('pre', from, slots), post: sideOf('post', to, slots) };
    this.env = new Float64Array(slots.size);
    for (const [name, value] of parameters) {
      if (typeof value === 'number') this.env[slots.take(name)] = value;
      else this.perSynapse.push({ slot: slots.take(name), values: value });
    }
    this.low = one(rule.bounds.low);
    this.high = one(rule.bounds.high);
    this.updateEvery = rule.onUpdate ? updateSteps(one(rule.onUpdate.every), dtMs) : 0;
    this.routes = learning.routes.map(
      (index) => new RouteLearning(program.routes[index]!, this.sides, this.traces, this.variables.length),
    );
    this.begin();
  }

  /** Brings weights within their bounds, and variables to what they start from. */
  private begin(): void {
    for (const { route, values } of this.routes) {
      for (let s = 0; s < route.post.length; s++) {
        const weight = this.clip(this.weightOf(route, s));
        this.setWeight(route, s, weight);
        this.variables.forEach(({ start }, k) => {
          values[k]![s] = start === 'w' ? weight : start;
        });
      }
    }
  }

  private clip(weight: number): number {
    return Math.min(Math.max(weight, this.low), this.high);
  }

  private weightOf({ source }: Route, s: number): number {
    return this.sign * this.around.weights[source[s]!]!;
  }

  private setWeight({ source }: Route, s: number, weight: number): void {
    this.around.weights[source[s]!] = this.sign * weight;
  }

  /** The route of the program's number `index`. */
  private routeOf(index: number): RouteLearning {
    return this.routes[this.learning.routes.indexOf(index)]!;
  }

  private enterModulators(): void {
    for (const [name, value] of this.around.concentrations) {
      const slot = this.slots.find(`m.${name}`);
      if (slot !== undefined) this.env[slot] = value;
    }
  }

  /** Carries out statements at one synapse. */
  private act(
    of: RouteLearning,
    s: number,
    pre: number,
    post: number,
    statements: readonly Statement[],
  ): void {
    const { env } = this;
    const { route, values, traces } = of;
    const own = { pre: pre - this.sides.pre.first, post: post - this.sides.post.first };
    env[this.slots.find('w')!] = this.weightOf(route, s);
    this.variables.forEach(({ slot }, k) => {
      env[slot] = values[k]![s]!;
    });
    this.traces.forEach(({ slot, of: side }, k) => {
      env[slot] = traces[k]![own[side]]!;
    });
    for (const { slot, values: each } of this.perSynapse) env[slot] = each[route.synapse[s]!]!;
    for (const side of ['pre', 'post'] as const) {
      for (const { slot, at } of this.sides[side].states) env[slot] = this.around.values[at + own[side]]!;
    }
    for (const { slot, act } of statements) {
      const value = act(env);
      env[slot] = slot === this.slots.find('w') ? this.clip(value) : value;
    }
    this.setWeight(route, s, env[this.slots.find('w')!]!);
    this.variables.forEach(({ slot }, k) => {
      values[k]![s] = env[slot]!;
    });
  }

  /** A presynaptic spike reached the synapse `s` of a route and was transmitted. */
  arrived(index: number, s: number, pre: number, post: number): void {
    if (this.statements.onPre.length === 0) return;
    this.enterModulators();
    this.act(this.routeOf(index), s, pre, post, this.statements.onPre);
  }

  /** What a step's spikes teach, after they have arrived and cells were reset. */
  learn(index: number, arrived: readonly number[], fired: readonly number[]): void {
    const of = this.routeOf(index);
    const { columns } = of;
    this.enterModulators();
    const rise = (side: 'pre' | 'post', cells: readonly number[], coincident: boolean) => {
      const { first, count } = this.sides[side];
      for (const cell of cells) {
        if (cell >= first && cell < first + count) of.rise(side, cell - first, coincident, this.env);
      }
    };
    rise('pre', arrived, true);
    for (const post of fired) {
      const column = columns[post - this.sides.post.first] ?? [];
      for (const { synapse, pre } of column) this.act(of, synapse, pre, post, this.statements.onPost);
    }
    rise('pre', arrived, false);
    rise('post', fired, false);
  }

  /** A step without spikes: weights drift by what is turned into weight, and variables and traces decay or relax. */
  drift(index: number): void {
    const of = this.routeOf(index);
    const { route } = of;
    this.enterModulators();
    const rates = this.variables.map(({ drive, levels, integral }) => {
      if (!drive) return 0;
      for (const { modulator, slot, baseline, share } of levels) {
        this.env[slot] = baseline + (this.around.concentrations.get(modulator)! - baseline) * share;
      }
      return drive(this.env) * integral;
    });
    const driven = this.variables.some(({ drive }) => drive);
    for (let s = 0; s < route.post.length; s++) {
      if (driven) {
        let weight = this.weightOf(route, s);
        this.variables.forEach(({ drive }, k) => {
          if (drive) weight += of.values[k]![s]! * rates[k]!;
        });
        this.setWeight(route, s, this.clip(weight));
      }
      this.variables.forEach(({ decay }, k) => {
        if (decay !== 1) of.values[k]![s] = flush(of.values[k]![s]! * decay);
      });
    }
    this.enterModulators();
    for (const side of ['pre', 'post'] as const)
      of.decay(side, this.sides[side], this.env, this.around.values);
  }

  /** Updates at regular times; `step` is the one that ends. */
  update(step: number): void {
    if (this.updateEvery > 0 && (step + 1) % this.updateEvery === 0) this.sweep(this.statements.onUpdate);
  }

  signal(event: string): void {
    const statements = this.statements.onEvent.get(event);
    if (statements) this.sweep(statements);
  }

  private sweep(statements: readonly Statement[]): void {
    const { first, count } = this.sides.post;
    const sums = new Float64Array(count);
    const counts = new Int32Array(count);
    this.enterModulators();
    for (const { route } of this.learning.plan.usesIncoming ? this.routes : []) {
      for (let s = 0; s < route.post.length; s++) {
        sums[route.post[s]! - first]! += this.weightOf(route, s);
        counts[route.post[s]! - first]! += 1;
      }
    }
    for (const of of this.routes) {
      const { rowStart, post } = of.route;
      for (let pre = this.sides.pre.first; pre < this.sides.pre.first + this.sides.pre.count; pre++) {
        for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
          const own = post[s]! - first;
          this.env[this.slots.find('incoming.w')!] = sums[own]! / counts[own]!;
          this.act(of, s, pre, post[s]!, statements);
        }
      }
    }
  }

  /** `[synapses of the projection]` of a variable, or of a trace as each synapse sees it */
  valuesOf(name: string): Float64Array | undefined {
    const { plan, projection } = this.learning;
    const k = plan.variables.findIndex((of) => of.name === name);
    const t = plan.traces.findIndex((of) => of.name === name);
    if (k < 0 && t < 0) return undefined;
    const all = new Float64Array(projection.post.length);
    for (const { route, values, traces } of this.routes) {
      const side = plan.traces[t]?.of ?? 'pre';
      const cells = side === 'pre' ? presynaptic(route) : route.post;
      const { first } = this.sides[side];
      route.synapse.forEach((synapse, s) => {
        all[synapse] = k >= 0 ? values[k]![s]! : traces[t]![cells[s]! - first]!;
      });
    }
    return all;
  }
}
