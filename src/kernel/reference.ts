import { drawsIn } from '../expression/analysis.js';
import type { Expression } from '../expression/ast.js';
import { compileToFunction } from '../expression/evaluate.js';
import { exp } from '../math/exponential.js';
import type { Network, ShortTerm, Values } from '../network/model/network.js';
import type { Assignment } from '../network/model/terms.js';
import { flush } from './flush.js';
import { drawAt, type NoiseKey, noiseKey, weylStart } from './noise.js';
import {
  delaysOf,
  driveCurrents,
  modulatorOf,
  parametersOf,
  plasticNamed,
  populationOf,
  populationWith,
  releasedAmounts,
  ruleParametersOf,
  valuesFor,
} from './parameters.js';
import { type PopulationProgram, type Program, programOf, type Route } from './program.js';
import { ReferencePlasticity } from './reference-plasticity.js';
import type { Life, Simulator } from './simulator.js';

type Act = (values: Float64Array) => number;

interface Stepper {
  program: PopulationProgram;
  /** Values of all names, for one cell at a time. */
  env: Float64Array;
  slots: Map<string, number>;
  /** Each state's name, and where its values begin. */
  states: { slot: number; at: number }[];
  update: { slot: number; act: Act; flush: boolean }[];
  fires: Act | undefined;
  reset: { slot: number; act: Act }[];
  /** Parameters with a value for each cell. */
  perCell: { slot: number; values: Float64Array; name: string }[];
}

/**
 * The plain simulator that defines what a network does, in float64. One step, in this order:
 *
 * 1. ports without spikes sum up what is sent to them.
 * 2. each cell's update: random draws, its equations by their integrator, its ports' own decay.
 * 3. threshold: the cells that fire, in order.
 * 4. inputs that fire cells deliver the synapses of these at once, whatever their delays. Spikes of now and of earlier
 *    steps arrive by the routes that act before the reset, each synapse learning after it has transmitted.
 * 5. reset of the cells that fired.
 * 6. spikes arrive by the routes that act after the reset.
 * 7. learning, route by route: presynaptic traces that count coincidences rise; synapses onto cells that fired learn;
 *    the other traces rise; weights drift by what is turned into weight over the step; variables and traces decay, or
 *    relax to what they follow. Then the rules' regular updates that are due.
 * 8. modulators decay, and are raised by the cells of this step that release them.
 *
 * Between calls of `run`, in the order in which they are called: releases, events that the rules have statements for,
 * states that are set.
 */
export class ReferenceSimulator implements Simulator {
  readonly network: Network;
  step = 0;
  spikeCount = 0;
  private readonly program: Program;
  private readonly values: Float64Array;
  private readonly weight: Float64Array;
  private readonly counts: Int32Array;
  /** `[cells]` of the intervals between spikes: the last spike's step, sums and sums of squares. */
  private readonly spiked: { last: Int32Array; sums: Float64Array; squares: Float64Array };
  private readonly steppers: Stepper[];
  /** Cells that fired, of the last `slots` steps. */
  private readonly ring: number[][];
  /** By route: the projection that it is part of, where its weights change. */
  private learning: (ReferencePlasticity | undefined)[] = [];
  private plastic: { name: string; rule: ReferencePlasticity }[] = [];
  private modulation = new Map<
    string,
    { baseline: number; tauMs: number; decay: number; released: Float64Array | undefined }
  >();
  private life: Life = {};
  /** `[routes]` in steps */
  private delays: number[] = [];
  private shortTerm: (ShortTermState | undefined)[] = [];
  private readonly concentrations = new Map<string, number>();
  private readonly sends: Act[];
  private key: NoiseKey = [0, 0];
  /** Which cell's which draw is under way, for the closures. */
  private drawing = { cell: 0 };
  private externals = new Map<PopulationProgram, Float64Array>();

  constructor(network: Network) {
    this.network = network;
    const program = programOf(network);
    this.program = program;
    this.values = new Float64Array(program.states);
    this.weight = new Float64Array(network.weights.length);
    this.counts = new Int32Array(program.cells);
    const { cells } = program;
    this.spiked = {
      last: new Int32Array(cells),
      sums: new Float64Array(cells),
      squares: new Float64Array(cells),
    };
    this.ring = Array.from({ length: program.slots }, () => []);
    this.steppers = program.populations.map((population) => this.stepper(population));
    this.sends = program.continuous.map(({ from, to, port, sends }) => {
      const { env, slots } = this.steppers[program.populations.indexOf(from)]!;
      const receiving = this.steppers[program.populations.indexOf(to)]!;
      const own = new Map<string, number>();
      // The port's parameters belong to the receiving population; they are read where they stand.
      const act = compileToFunction(sends, (name) => {
        const known = slots.get(name);
        if (known !== undefined && !name.startsWith(`${port}.`)) return known;
        own.set(name, receiving.slots.get(name)!);
        return env.length + [...own.keys()].indexOf(name);
      });
      return () => {
        const all = new Float64Array(env.length + own.size);
        all.set(env);
        [...own.values()].forEach((slot, i) => {
          all[env.length + i] = receiving.env[slot]!;
        });
        return act(all);
      };
    });
    this.load();
  }

  private stepper(program: PopulationProgram): Stepper {
    const { dynamics } = program;
    const slots = new Map<string, number>();
    const slotOf = (name: string) => {
      const known = slots.get(name);
      if (known !== undefined) return known;
      slots.set(name, slots.size);
      return slots.size - 1;
    };
    for (const name of ['t', 'dt', ...Object.keys(this.network.modulators).map((m) => `m.${m}`)])
      slotOf(name);
    for (const name of dynamics.parameters.keys()) slotOf(name);
    for (const { name } of dynamics.states) slotOf(name);
    let site = program.firstSite;
    const compile = (value: Expression): Act => {
      const act = compileToFunction(
        value,
        slotOf,
        (kind, at) => drawAt(kind, weylStart(this.key, this.step, at), this.drawing.cell),
        site,
      );
      site += drawsIn(value);
      return act;
    };
    const update = dynamics.update.map(({ target, value, flush: flushed }: Assignment) => ({
      slot: slotOf(target),
      act: compile(value),
      flush: flushed ?? false,
    }));
    const fires = dynamics.fires && compile(dynamics.fires);
    const reset = dynamics.reset.map(({ target, value }) => ({ slot: slotOf(target), act: compile(value) }));
    return {
      program,
      env: new Float64Array(slots.size),
      states: [...program.stateAt].map(([name, at]) => ({ slot: slotOf(name), at })),
      slots,
      update,
      fires,
      reset,
      perCell: [],
    };
  }

  load(life: Life = {}): void {
    const weights = life.weights ?? this.network.weights;
    if (weights.length !== this.weight.length) {
      throw new RangeError(`expected ${this.weight.length} weights, found ${weights.length}`);
    }
    this.weight.set(weights);
    this.key = life.seed === undefined ? [0, 0] : noiseKey(life.seed);
    const parameters = parametersOf(this.program, weights, life);
    this.steppers.forEach(({ env, slots }, i) => {
      env.fill(0);
      env[slots.get('dt')!] = this.network.dtMs;
      for (const [name, value] of parameters[i]!)
        if (typeof value === 'number') env[slots.get(name)!] = value;
    });
    this.steppers.forEach((stepper, i) => {
      stepper.perCell = [...parameters[i]!].flatMap(([name, value]) =>
        typeof value === 'number' ? [] : [{ slot: stepper.slots.get(name)!, values: value, name }],
      );
    });
    const released = releasedAmounts(this.program);
    this.modulation = new Map(
      Object.keys(this.network.modulators).map((name) => {
        const { tauMs, baseline } = modulatorOf(this.program, name, life);
        return [
          name,
          { baseline, tauMs, decay: exp(-this.network.dtMs / tauMs), released: released.get(name) },
        ];
      }),
    );
    this.life = life;
    this.delays = delaysOf(this.program, life);
    this.externals = new Map(
      this.steppers.flatMap(({ program, perCell }) => {
        const external = perCell.find(({ name }) => name === 'external.I');
        return external ? [[program, external.values] as const] : [];
      }),
    );
    this.reset();
  }

  private reset(): void {
    this.step = 0;
    this.spikeCount = 0;
    this.counts.fill(0);
    this.spiked.last.fill(-1);
    this.spiked.sums.fill(0);
    this.spiked.squares.fill(0);
    for (const list of this.ring) list.length = 0;
    for (const [name, { baseline }] of this.modulation) this.concentrations.set(name, baseline);
    for (const stepper of this.steppers) {
      const { program, env, slots } = stepper;
      for (const { name, start } of program.dynamics.states) {
        const at = program.stateAt.get(name)!;
        const act =
          typeof start === 'number' || start instanceof Float64Array
            ? undefined
            : compileToFunction(start, (of) => slots.get(of)!);
        for (let cell = 0; cell < program.population.count; cell++) {
          this.enter(stepper, cell, false);
          this.values[at + cell] = act
            ? act(env)
            : typeof start === 'number'
              ? start
              : (start as Float64Array)[cell]!;
        }
      }
    }
    const around = { values: this.values, weights: this.weight, concentrations: this.concentrations };
    this.plastic = this.program.learning.map((of) => ({
      name: of.projection.name,
      rule: new ReferencePlasticity(
        of,
        this.program,
        ruleParametersOf(of, this.life),
        this.modulation,
        around,
      ),
    }));
    this.learning = this.program.routes.map(
      ({ special }) => this.plastic.find(({ name }) => name === special?.name)?.rule,
    );
    this.shortTerm = this.program.routes.map(({ special }) =>
      special?.shortTerm
        ? new ShortTermState(special.shortTerm, this.program.cells, this.network.dtMs)
        : undefined,
    );
  }

  /** Brings one cell's parameters and states to its stepper's names. */
  private enter({ program, env, states: own, perCell }: Stepper, cell: number, states = true): void {
    this.drawing.cell = program.first + cell;
    for (const { slot, values } of perCell) env[slot] = values[cell]!;
    if (!states) return;
    for (const { slot, at } of own) env[slot] = this.values[at + cell]!;
  }

  private leave({ env, states }: Stepper, cell: number): void {
    for (const { slot, at } of states) this.values[at + cell] = env[slot]!;
  }

  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    for (const stepper of this.steppers) {
      const external = stepper.perCell.find(({ name }) => name === 'external.I');
      if (external) external.values = Float64Array.from(this.externals.get(stepper.program)!);
    }
    driveCurrents(this.program, drive, (population) => {
      const stepper = this.steppers[this.program.populations.indexOf(population)]!;
      return stepper.perCell.find(({ name }) => name === 'external.I')?.values;
    });
    for (let i = 0; i < steps; i++) this.advance(drive);
    this.network.outputs.forEach(({ cells, state, empties }, output) => {
      let sum = 0;
      for (const cell of cells) {
        const at = this.stateAt(cell, state);
        sum += this.values[at]!;
        if (empties) this.values[at] = 0;
      }
      outputs[output] = sum;
    });
  }

  private stateAt(cell: number, state: string): number {
    const { first, stateAt } = populationOf(this.program, cell);
    return stateAt.get(state)! + cell - first;
  }

  private advance(drive: Readonly<ArrayLike<number>>): void {
    const { program, ring } = this;
    const now = ring[this.step % program.slots]!;
    now.length = 0;
    for (const { env, slots } of this.steppers) {
      env[slots.get('t')!] = this.step * this.network.dtMs;
      for (const [name, value] of this.concentrations) env[slots.get(`m.${name}`)!] = value;
    }
    this.send();
    for (const stepper of this.steppers) this.updateCells(stepper, now);
    this.spikeCount += now.length;
    for (const cell of now) {
      this.counts[cell]! += 1;
      const { last, sums, squares } = this.spiked;
      if (last[cell]! >= 0) {
        const interval = this.step - last[cell]!;
        sums[cell]! += interval;
        squares[cell]! += interval * interval;
      }
      last[cell] = this.step;
    }
    const { rowStart, target, source } = program.forced;
    for (let input = 0; input + 1 < rowStart.length; input++) {
      if (!((drive[input] ?? 0) > 0)) continue;
      for (let s = rowStart[input]!; s < rowStart[input + 1]!; s++) {
        this.values[target[s]!]! += this.weight[source[s]!]!;
      }
    }
    this.arrive('beforeReset');
    this.resetCells(now);
    this.arrive('afterReset');
    program.routes.forEach((_, r) => {
      this.learning[r]?.learn(r, this.arrivals(r), now);
    });
    for (const { rule } of this.plastic) rule.update(this.step);
    for (const [name, { baseline, decay, released }] of this.modulation) {
      let value = baseline + flush((this.concentrations.get(name)! - baseline) * decay);
      for (const cell of released ? now : []) value += released![cell]!;
      this.concentrations.set(name, value);
    }
    this.step += 1;
  }

  private updateCells(stepper: Stepper, now: number[]): void {
    const { program, env, update, fires } = stepper;
    for (let cell = 0; cell < program.population.count; cell++) {
      this.enter(stepper, cell);
      for (const { slot, act, flush: flushed } of update) env[slot] = flushed ? flush(act(env)) : act(env);
      if (fires && fires(env) !== 0) now.push(program.first + cell);
      this.leave(stepper, cell);
    }
    const { train } = program.population;
    if (!train) return;
    const from = firstAt(train.steps, this.step);
    for (let s = from; s < train.steps.length && train.steps[s] === this.step; s++) {
      now.push(program.first + train.cells[s]!);
    }
  }

  private resetCells(now: readonly number[]): void {
    for (const stepper of this.steppers) {
      const { program, env, reset } = stepper;
      if (reset.length === 0) continue;
      for (const cell of now) {
        const own = cell - program.first;
        if (own < 0 || own >= program.population.count) continue;
        this.enter(stepper, own);
        for (const { slot, act } of reset) env[slot] = act(env);
        this.leave(stepper, own);
      }
    }
  }

  /** The cells whose spikes arrive now by a route. */
  private arrivals(index: number): readonly number[] {
    const delaySteps = this.delays[index]!;
    const { slots } = this.program;
    return delaySteps > this.step ? [] : this.ring[(this.step - delaySteps) % slots]!;
  }

  private arrive(phase: Route['acts']): void {
    this.program.routes.forEach((route, index) => {
      if (route.acts === phase) this.deliver(route, index);
    });
  }

  private deliver({ rowStart, target, source, post }: Route, index: number): void {
    const cells = this.arrivals(index);
    const learning = this.learning[index];
    for (let i = 0; i < cells.length; i++) {
      const pre = cells[i]!;
      const share = this.shortTerm[index]?.spike(pre, this.step) ?? 1;
      for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
        const weight = this.weight[source[s]!]!;
        this.values[target[s]!]! += this.shortTerm[index] ? weight * share : weight;
        learning?.arrived(index, s, pre, post[s]!);
      }
    }
  }

  /** Ports without spikes: each receives the weighted sum of what its presynaptic cells send now. */
  private send(): void {
    const { continuous } = this.program;
    const into = continuous.map(({ to, port }) => {
      const { receives } = to.population.ports[port]!.model;
      return to.stateAt.get(`${port}.${receives}`)!;
    });
    continuous.forEach(({ to }, i) => {
      this.values.fill(0, into[i]!, into[i]! + to.population.count);
    });
    continuous.forEach(({ from, rowStart, post, source }, i) => {
      const stepper = this.steppers[this.program.populations.indexOf(from)]!;
      for (let pre = 0; pre < from.population.count; pre++) {
        this.enter(stepper, pre);
        const sent = this.sends[i]!(stepper.env);
        for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
          this.values[into[i]! + post[s]!]! += this.weight[source[s]!]! * sent;
        }
      }
    });
  }

  get modulators(): readonly string[] {
    return Object.keys(this.network.modulators);
  }

  release(modulator: string, amount: number): void {
    if (this.network.modulators[modulator]?.absent) return;
    this.concentrations.set(modulator, this.concentration(modulator) + amount);
  }

  concentration(modulator: string): number {
    const value = this.concentrations.get(modulator);
    if (value === undefined) throw new RangeError(`the network has no modulator "${modulator}"`);
    return value;
  }

  signal(event: string, projection?: string): void {
    for (const { rule } of plasticNamed(this.plastic, projection)) rule.signal(event);
  }

  setState(population: string, name: string, values: Values): void {
    const { stateAt, population: of } = populationWith(this.program, population, name);
    const at = stateAt.get(name)!;
    if (typeof values === 'number') this.values.fill(values, at, at + of.count);
    else this.values.set(valuesFor(of, values), at);
  }

  synapses(projection: string, variable: string): Float64Array {
    const [found] = plasticNamed(this.plastic, projection);
    const values = found?.rule.variable(variable);
    if (!values) throw new RangeError(`projection "${projection}" has no synapse variable "${variable}"`);
    return values;
  }

  fired(): Int32Array {
    return Int32Array.from(this.step === 0 ? [] : this.ring[(this.step - 1) % this.program.slots]!);
  }

  spikeCounts(): Int32Array {
    return this.counts.slice();
  }

  intervals(): { sums: Float64Array; squares: Float64Array } {
    return { sums: this.spiked.sums.slice(), squares: this.spiked.squares.slice() };
  }

  state(population: string, name: string): Float64Array {
    const { stateAt, population: of } = populationWith(this.program, population, name);
    const at = stateAt.get(name)!;
    return this.values.slice(at, at + of.count);
  }

  weights(): Float64Array {
    return this.weight.slice();
  }
}

/** The first of ascending steps that is not before `step`. */
function firstAt(steps: Int32Array, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** x and u of each presynaptic cell, moved on when it spikes. */
class ShortTermState {
  private readonly x: Float64Array;
  private readonly u: Float64Array;
  private readonly last: Float64Array;

  constructor(
    private readonly of: ShortTerm,
    cells: number,
    private readonly dtMs: number,
  ) {
    this.x = new Float64Array(cells).fill(1);
    this.u = new Float64Array(cells).fill(of.use);
    this.last = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY);
  }

  /** What share of its weight this spike transmits. */
  spike(cell: number, step: number): number {
    const { use, tauRecoveryMs, tauFacilitationMs } = this.of;
    const { x, u, last } = this;
    if (last[cell]! >= 0) {
      const elapsed = (step - last[cell]!) * this.dtMs;
      x[cell] = 1 + (x[cell]! - x[cell]! * u[cell]! - 1) * exp(-elapsed / tauRecoveryMs);
      u[cell] = tauFacilitationMs > 0 ? use + u[cell]! * (1 - use) * exp(-elapsed / tauFacilitationMs) : use;
    }
    last[cell] = step;
    return x[cell]! * u[cell]!;
  }
}
