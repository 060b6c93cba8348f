import { exp } from '../math/exponential.js';
import type { Network, SpikeTrain, Values } from '../network/model/network.js';
import { flush } from './flush.js';
import { drawAt, type NoiseKey, noiseKey, weylStart } from './noise.js';
import {
  delaysOf,
  driveCurrents,
  modulatorOf,
  parametersOf,
  plasticNamed,
  populationOf,
  populationPlaying,
  populationWith,
  releasedAmounts,
  ruleParametersOf,
  valuesFor,
} from './parameters.js';
import { type Program, programOf } from './program.js';
import { ReferenceCells } from './reference/cells.js';
import { ReferencePlasticity } from './reference/plasticity.js';
import { ReferencePorts } from './reference/ports.js';
import { ShortTermState } from './reference/short-term.js';
import { SpikeRecord } from './reference/spike-record.js';
import type { Route } from './routes.js';
import type { LifeStart, Simulator } from './simulator.js';

/** A modulator in one life. */
interface Modulation {
  baseline: number;
  tauMs: number;
  /** What is left after a step of its excess over the baseline. */
  decay: number;
  /** `[cells]` what a spike of each releases. */
  released: Float64Array | undefined;
}

/**
 * The plain simulator that defines what a network does, in float64. One step, in this order:
 *
 * 1. weights that learn drift by what is turned into weight over the step; the rules' variables and traces decay, or relax
 *    to what they follow. Ports without spikes sum up what is sent to them.
 * 2. each cell's update: random draws, its equations by their integrator, its ports' own decay.
 * 3. threshold: the cells that fire, in order.
 * 4. inputs that fire cells deliver the synapses of these at once, whatever their delays. Spikes of now and of earlier
 *    steps arrive by the routes that act before the reset, each synapse learning after it has transmitted.
 * 5. reset of the cells that fired.
 * 6. spikes arrive by the routes that act after the reset. States that a refractory time holds are brought back.
 * 7. learning, route by route: presynaptic traces that count coincidences rise; synapses onto cells that fired learn;
 *    the other traces rise. Then the rules' regular updates that are due.
 * 8. modulators decay, and are raised by the cells of this step that release them.
 *
 * Between calls of `run`, in the order in which they are called: releases, events that the rules have statements for,
 * states that are set, spikes that are listed.
 */
export class ReferenceSimulator implements Simulator {
  readonly network: Network;
  step = 0;
  spikeCount = 0;
  private readonly program: Program;
  /** The space of states. */
  private readonly values: Float64Array;
  private readonly weight: Float64Array;
  private readonly spikes: SpikeRecord;
  /** By population. */
  private readonly cells: readonly ReferenceCells[];
  private readonly ports: ReferencePorts;
  /** Cells that fired, of the last `slots` steps. */
  private readonly ring: number[][];
  /** By route: the projection that it is part of, where its weights change. */
  private learning: (ReferencePlasticity | undefined)[] = [];
  private plastic: { name: string; rule: ReferencePlasticity }[] = [];
  private modulation = new Map<string, Modulation>();
  /** `[routes]` in steps */
  private delays: number[] = [];
  private shortTerm: (ShortTermState | undefined)[] = [];
  private readonly concentrations = new Map<string, number>();
  private key: NoiseKey = [0, 0];

  constructor(network: Network) {
    this.network = network;
    const program = programOf(network);
    this.program = program;
    this.values = new Float64Array(program.states);
    this.weight = new Float64Array(network.weights.length);
    this.spikes = new SpikeRecord(program.cells);
    this.ring = Array.from({ length: program.slots }, () => []);
    this.cells = program.populations.map(
      (population) =>
        new ReferenceCells(population, program, this.values, (kind, site, cell) =>
          drawAt(kind, weylStart(this.key, this.step, site), cell),
        ),
    );
    this.ports = new ReferencePorts(program, this.cells);
    this.load();
  }

  load(life: LifeStart = {}): void {
    const { network, program } = this;
    const weights = life.weights ?? network.weights;
    if (weights.length !== this.weight.length) {
      throw new RangeError(`expected ${this.weight.length} weights, found ${weights.length}`);
    }
    this.weight.set(weights);
    this.key = life.seed === undefined ? [0, 0] : noiseKey(life.seed);
    this.delays = delaysOf(program, life);
    this.step = 0;
    this.spikeCount = 0;
    this.spikes.begin();
    for (const list of this.ring) list.length = 0;
    const parameters = parametersOf(program, weights, life);
    this.cells.forEach((cells, i) => {
      cells.begin(parameters[i]!, network.dtMs);
    });
    this.beginModulators(life);
    this.beginLearning(life);
    this.shortTerm = program.routes.map(({ special }) =>
      special?.shortTerm ? new ShortTermState(special.shortTerm, program.cells, network.dtMs) : undefined,
    );
  }

  private beginModulators(life: LifeStart): void {
    const { network, program } = this;
    const released = releasedAmounts(program);
    this.modulation = new Map(
      Object.keys(network.modulators).map((name) => {
        const { tauMs, baseline } = modulatorOf(program, name, life);
        const decay = exp(-network.dtMs / tauMs);
        return [name, { baseline, tauMs, decay, released: released.get(name) }];
      }),
    );
    for (const [name, { baseline }] of this.modulation) this.concentrations.set(name, baseline);
  }

  private beginLearning(life: LifeStart): void {
    const { program, modulation } = this;
    const around = { values: this.values, weights: this.weight, concentrations: this.concentrations };
    this.plastic = program.learning.map((of) => ({
      name: of.projection.name,
      rule: new ReferencePlasticity(
        of,
        program,
        ruleParametersOf(of, life, program.network.dtMs),
        modulation,
        around,
      ),
    }));
    this.learning = program.routes.map(
      ({ special }) => this.plastic.find(({ name }) => name === special?.name)?.rule,
    );
  }

  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    if (!(Number.isInteger(steps) && steps >= 0))
      throw new RangeError(`expected a whole number of steps, found ${steps}`);
    const { program } = this;
    const driven = new Map(this.cells.map((cells) => [cells.program, cells.externalAnew()]));
    driveCurrents(program, drive, (population) => driven.get(population));
    for (let i = 0; i < steps; i++) this.advance(drive);
    this.network.outputs.forEach(({ cells, state, empties }, output) => {
      let sum = 0;
      for (const cell of cells) {
        const { first, stateAt } = populationOf(program, cell);
        const at = stateAt.get(state)! + cell - first;
        sum += this.values[at]!;
        if (empties) this.values[at] = 0;
      }
      outputs[output] = sum;
    });
  }

  private advance(drive: Readonly<ArrayLike<number>>): void {
    const { program, ring, step } = this;
    const now = ring[step % program.slots]!;
    now.length = 0;
    program.routes.forEach((_, r) => {
      this.learning[r]?.drift(r);
    });
    for (const cells of this.cells) cells.enterStep(step * this.network.dtMs, this.concentrations);
    this.ports.receive(this.values, this.weight);
    for (const cells of this.cells) cells.advance(step, now);
    this.spikeCount += now.length;
    for (const cell of now) this.spikes.note(cell, step);
    this.force(drive);
    this.arrive('beforeReset');
    for (const cells of this.cells) cells.resetFired(now);
    this.arrive('afterReset');
    for (const cells of this.cells) cells.settle();
    program.routes.forEach((_, r) => {
      this.learning[r]?.learn(r, this.arrivals(r), now);
    });
    for (const { rule } of this.plastic) rule.update(step);
    this.modulate(now);
    this.step += 1;
  }

  /** Inputs that fire cells deliver these cells' synapses. */
  private force(drive: Readonly<ArrayLike<number>>): void {
    const { rowStart, target, source } = this.program.forced;
    for (let input = 0; input + 1 < rowStart.length; input++) {
      if (!((drive[input] ?? 0) > 0)) continue;
      for (let s = rowStart[input]!; s < rowStart[input + 1]!; s++) {
        this.values[target[s]!]! += this.weight[source[s]!]!;
      }
    }
  }

  private modulate(fired: readonly number[]): void {
    for (const [name, { baseline, decay, released }] of this.modulation) {
      let value = baseline + flush((this.concentrations.get(name)! - baseline) * decay);
      for (const cell of released ? fired : []) value += released![cell]!;
      this.concentrations.set(name, value);
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

  get modulators(): readonly string[] {
    return Object.keys(this.network.modulators);
  }

  release(modulator: string, amount: number): void {
    if (!Number.isFinite(amount)) throw new RangeError(`"${modulator}": expected an amount, found ${amount}`);
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

  play(population: string, train: SpikeTrain): void {
    const of = populationPlaying(this.program, population, train.steps.length);
    this.cells[this.program.populations.indexOf(of)]!.play(train, this.step);
  }

  synapses(projection: string, name: string): Float64Array {
    const [found] = plasticNamed(this.plastic, projection);
    const values = found?.rule.valuesOf(name);
    if (!values)
      throw new RangeError(`projection "${projection}" has no synapse variable or trace "${name}"`);
    return values;
  }

  fired(): Int32Array {
    return Int32Array.from(this.step === 0 ? [] : this.ring[(this.step - 1) % this.program.slots]!);
  }

  spikeCounts(): Int32Array {
    return this.spikes.counts();
  }

  intervals(): { sums: Float64Array; squares: Float64Array } {
    return this.spikes.intervals();
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
