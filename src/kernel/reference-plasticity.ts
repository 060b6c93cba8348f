import { compileToFunction } from '../expression/evaluate.js';
import { parseExpression } from '../expression/parse.js';
import { exp } from '../math/exponential.js';
import { statementAssignment } from '../network/dynamics.js';
import type { Network } from '../network/network.js';
import { ruleParameter } from '../network/plasticity/rule.js';
import { flush } from './flush.js';
import type { Route } from './program.js';

/** The synapses of one plastic route, stepped one by one at every step: what learning means. */
export class ReferencePlasticity {
  private readonly env: Float64Array;
  private readonly slots = new Map<string, number>();
  /** `[synapses of the route]` */
  private readonly eligibility: Float64Array;
  private readonly traces: {
    of: 'pre' | 'post';
    each: 'add' | 'set';
    slot: number;
    decay: number;
    /** `[cells]` */
    value: Float64Array;
  }[];
  private readonly onPre: ((synapse: number, pre: number, post: number, weights: Float64Array) => void)[];
  private readonly onPost: ((synapse: number, pre: number, post: number, weights: Float64Array) => void)[];
  private readonly low: number;
  private readonly high: number;
  private readonly eligibilityDecay: number = 1;
  private readonly drive: ((values: Float64Array) => number) | undefined;
  /** `[cells]` synapses onto each cell, in row order. */
  private readonly columns: { synapse: number; pre: number }[][];

  constructor(
    private readonly route: Route,
    network: Network,
    cells: number,
  ) {
    const plasticity = route.special!.plasticity!;
    const { rule } = plasticity;
    const slot = (name: string) => {
      const known = this.slots.get(name);
      if (known !== undefined) return known;
      this.slots.set(name, this.slots.size);
      return this.slots.size - 1;
    };
    for (const name of ['w', 'c', 'dt', ...Object.keys(rule.parameters), ...Object.keys(rule.traces)])
      slot(name);
    for (const name of Object.keys(network.modulators)) slot(`m.${name}`);
    const env = new Float64Array(this.slots.size);
    this.env = env;
    const parameterOf = (name: string) => ruleParameter(plasticity, name);
    for (const name of Object.keys(rule.parameters)) env[slot(name)] = parameterOf(name);
    env[slot('dt')] = network.dtMs;
    this.low = parameterOf(rule.bounds.low);
    this.high = parameterOf(rule.bounds.high);
    this.eligibility = new Float64Array(route.post.length);
    this.traces = Object.entries(rule.traces).map(([name, { of, tau, each }]) => ({
      of,
      each,
      slot: slot(name),
      decay: exp(-network.dtMs / parameterOf(tau)),
      value: new Float64Array(cells),
    }));
    const events = (texts: readonly string[]) =>
      texts.map((text) => {
        const { target, value } = statementAssignment(text);
        const change = compileToFunction(value, slot);
        return (synapse: number, pre: number, post: number, weights: Float64Array) => {
          const at = route.source[synapse]!;
          env[0] = weights[at]!;
          env[1] = this.eligibility[synapse]!;
          for (const trace of this.traces) env[trace.slot] = trace.value[trace.of === 'pre' ? pre : post]!;
          const changed = change(env);
          if (target === 'c') this.eligibility[synapse] = changed;
          else weights[at] = Math.min(Math.max(changed, this.low), this.high);
        };
      });
    this.onPre = events(rule.onPre);
    this.onPost = events(rule.onPost);
    if (rule.eligibility) {
      this.eligibilityDecay = exp(-network.dtMs / parameterOf(rule.eligibility.tau));
      this.drive = compileToFunction(parseExpression(rule.eligibility.drive), slot);
    }
    this.columns = Array.from({ length: cells }, () => []);
    for (let pre = 0; pre < cells; pre++) {
      for (let s = route.rowStart[pre]!; s < route.rowStart[pre + 1]!; s++) {
        this.columns[route.post[s]!]!.push({ synapse: s, pre });
      }
    }
  }

  reset(weights: Float64Array): void {
    this.eligibility.fill(0);
    for (const { value } of this.traces) value.fill(0);
    for (const at of this.route.source) weights[at] = Math.min(Math.max(weights[at]!, this.low), this.high);
  }

  arrived(synapse: number, pre: number, post: number, weights: Float64Array): void {
    for (const act of this.onPre) act(synapse, pre, post, weights);
  }

  fired(cells: readonly number[], weights: Float64Array): void {
    for (const post of cells) {
      for (const { synapse, pre } of this.columns[post]!) {
        for (const act of this.onPost) act(synapse, pre, post, weights);
      }
    }
  }

  /** The end of a step: traces rise by what arrived and fired, weights drift, everything decays. */
  advance(
    arrived: readonly number[],
    fired: readonly number[],
    weights: Float64Array,
    concentrations: ReadonlyMap<string, number>,
  ): void {
    for (const { of, each, value } of this.traces) {
      for (const cell of of === 'pre' ? arrived : fired) value[cell] = each === 'set' ? 1 : value[cell]! + 1;
    }
    const { eligibility, env, drive } = this;
    if (drive) {
      for (const [name, value] of concentrations) env[this.slots.get(`m.${name}`)!] = value;
      const rate = drive(env) * env[2]!;
      for (let s = 0; s < eligibility.length; s++) {
        const at = this.route.source[s]!;
        weights[at] = Math.min(Math.max(weights[at]! + eligibility[s]! * rate, this.low), this.high);
        eligibility[s] = flush(eligibility[s]! * this.eligibilityDecay);
      }
    }
    for (const { value, decay } of this.traces) {
      for (let cell = 0; cell < value.length; cell++) value[cell] = flush(value[cell]! * decay);
    }
  }
}
