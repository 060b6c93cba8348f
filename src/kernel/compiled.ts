import { exp, tanh } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { pow } from '../math/power.js';
import { cos, sin } from '../math/trigonometric.js';
import type { Network, SpikeTrain, Values } from '../network/model/network.js';
import { type Assembled, assemble, wasm } from './assemble.js';
import type { Precision } from './layout.js';
import { Currents } from './memory/currents.js';
import { stateAddress, writeFixed } from './memory/fixed.js';
import { writeLife } from './memory/life.js';
import { type Memory, memoryOf } from './memory/memory.js';
import { readSynapses } from './memory/synapses.js';
import { writeTrain } from './memory/trains.js';
import { readWeights, writeWeights } from './memory/weights.js';
import { noiseKey } from './noise.js';
import { plasticNamed, populationPlaying, populationWith, valuesFor } from './parameters.js';
import { type Program, programOf } from './program.js';
import type { LifeStart, Simulator } from './simulator.js';
import type { Varies } from './wat/constancy.js';
import { type ModuleText, moduleText } from './wat/module.js';
import { longestInterval } from './wat/plasticity/places.js';

interface Exports {
  memory: { readonly buffer: ArrayBuffer };
  begin(low: number, high: number, interval: number): void;
  run(steps: number, active: number): void;
  read(): void;
  spikes(): number;
  step(): number;
  /** Steps since the last rebase. */
  scaledFor(): number;
  [
    ofAPart: `gain${number}_${number}` | `restart${number}` | `event${number}_${string}` | `play${number}`
  ]: () => number;
}

type Given = NonNullable<LifeStart['parameters']>;

const mathImports = { math: { exp, log, sin, cos, tanh, pow } };

/** A call this long lets the engine change to its optimised code between two of them. */
const stepsACall = 2048;
/** Bytes of memory up to which its beginning is kept for the next lifetime. */
const mostKept = 32 << 20;

/** Runs a network in WebAssembly: SIMD over the cells of a population, synapses touched by spikes. */
export class CompiledSimulator implements Simulator {
  readonly network: Network;
  readonly precision: Precision;
  private readonly program: Program;
  private readonly text: ModuleText;
  /** What another thread needs in order not to compile. */
  readonly assembled: Assembled;
  private readonly exports: Exports;
  private readonly memory: Memory;
  /** Where outputs are read after each run: kept at hand, since worlds of short steps run millions of times. */
  private readonly doubles: Float64Array;
  private readonly results: readonly number[];
  private readonly currents: Currents;
  /** The weights that this life began with. */
  private readonly given: Float64Array;
  private readonly plasticRoutes: readonly number[];
  /** Steps between rebases, in this lifetime. */
  private interval = longestInterval;
  /** Memory as a lifetime with these parameters begins, weights aside: what the next one starts from. */
  private pristine: { parameters: Given; numbers: Float32Array | Float64Array } | undefined;
  private readonly forcedInputs: readonly number[];
  private readonly hasCurrents: boolean;
  private readonly varies: Varies | undefined;

  /**
   * @param options.varies the parameters that lifetimes may change, by `POPULATION.NAME`: saying so lets the others that
   *   are 0 or 1 cost nothing. Any may change where absent.
   * @param options.watches whether intervals between spikes are kept
   */
  constructor(network: Network, options: { precision?: Precision; varies?: Varies; watches?: boolean } = {}) {
    this.network = network;
    this.given = new Float64Array(network.weights.length);
    this.precision = options.precision ?? 'f32';
    this.program = programOf(network);
    this.text = moduleText(this.program, this.precision, options.varies, options.watches);
    this.varies = options.varies;
    this.assembled = assemble(this.text.wat);
    const instance = new wasm.Instance(this.assembled.module, mathImports);
    this.exports = instance.exports as Exports;
    this.memory = memoryOf(this.program, this.text, this.exports.memory.buffer);
    this.doubles = this.memory.doubles;
    this.results = this.memory.places.outputs.map(({ result }) => result / 8);
    this.currents = new Currents(this.memory);
    this.forcedInputs = network.inputs.flatMap(({ kind }, i) => (kind === 'fire' ? [i] : []));
    this.plasticRoutes = this.program.routes.flatMap(({ special }, i) => (special?.plasticity ? [i] : []));
    this.hasCurrents = network.inputs.some(({ kind }) => kind === 'current');
    writeFixed(this.memory);
    this.load();
  }

  load(life: LifeStart = {}): void {
    const { network } = this;
    const weights = life.weights ?? network.weights;
    if (weights.length !== network.weights.length) {
      throw new RangeError(`expected ${network.weights.length} weights, found ${weights.length}`);
    }
    for (const name of Object.keys(life.parameters ?? {})) {
      if (this.varies && !this.varies.includes(name)) throw new RangeError(`"${name}" was not said to vary`);
    }
    this.currents.forgetDrive();
    this.given.set(weights);
    const { parameters = {} } = life;
    if (this.pristine && areSame(this.pristine.parameters, parameters)) {
      this.memory.numbers.set(this.pristine.numbers);
      writeWeights(this.memory, weights);
    } else {
      this.interval = writeLife(this.memory, this.currents, life, weights);
      // Summed weights are parameters too, so such networks are prepared anew for each lifetime.
      const keeps = this.program.continuous.length === 0 && this.text.bytes <= mostKept;
      this.pristine = keeps
        ? { parameters: structuredClone(parameters), numbers: this.memory.numbers.slice() }
        : undefined;
    }
    const [low, high] = life.seed === undefined ? [0, 0] : noiseKey(life.seed);
    this.exports.begin(low, high, this.interval);
    for (const i of this.plasticRoutes) this.exports[`restart${i}`]!();
  }

  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    if (!(Number.isInteger(steps) && steps >= 0))
      throw new RangeError(`expected a whole number of steps, found ${steps}`);
    let active = 0;
    for (const input of this.forcedInputs) if ((drive[input] ?? 0) > 0) active |= 1 << input;
    if (this.hasCurrents) this.currents.drive(drive);
    let left = steps;
    do {
      const now = Math.min(left, stepsACall);
      this.exports.run(now, active);
      left -= now;
    } while (left > 0);
    this.exports.read();
    const { doubles, results } = this;
    for (let i = 0; i < results.length; i++) outputs[i] = doubles[results[i]!]!;
  }

  private modulator(name: string): number {
    const index = Object.keys(this.network.modulators).indexOf(name);
    if (index < 0) throw new RangeError(`the network has no modulator "${name}"`);
    return this.memory.places.modulators[index]! / 8;
  }

  get modulators(): readonly string[] {
    return Object.keys(this.network.modulators);
  }

  release(modulator: string, amount: number): void {
    if (!Number.isFinite(amount)) throw new RangeError(`"${modulator}": expected an amount, found ${amount}`);
    if (this.network.modulators[modulator]?.absent) return;
    this.memory.doubles[this.modulator(modulator)]! += amount;
  }

  concentration(modulator: string): number {
    return this.memory.doubles[this.modulator(modulator)]!;
  }

  signal(event: string, projection?: string): void {
    const { learning } = this.program;
    const plastic = learning.map(({ projection: { name }, plan }, p) => ({ name, plan, p }));
    for (const { plan, p } of plasticNamed(plastic, projection)) {
      if (Object.hasOwn(plan.onEvent, event)) this.exports[`event${p}_${event}`]!();
    }
  }

  setState(population: string, name: string, values: Values): void {
    const of = populationWith(this.program, population, name);
    const { numbers, size } = this.memory;
    const at = stateAddress(this.memory, of, name) / size;
    if (typeof values !== 'number') numbers.set(valuesFor(of.population, values), at);
    else numbers.fill(values, at, at + of.population.count);
  }

  play(population: string, train: SpikeTrain): void {
    const of = populationPlaying(this.program, population, train.steps.length);
    const index = this.program.populations.indexOf(of);
    writeTrain(this.memory, index, train, this.step);
    this.exports[`play${index}`]!();
  }

  synapses(projection: string, name: string): Float64Array {
    const values = readSynapses(this.memory, projection, name, () => this.exports.scaledFor());
    if (!values)
      throw new RangeError(`projection "${projection}" has no synapse variable or trace "${name}"`);
    return values;
  }

  get step(): number {
    return this.exports.step();
  }

  get spikeCount(): number {
    return this.exports.spikes();
  }

  fired(): Int32Array {
    const { places, program, words } = this.memory;
    const { step } = this;
    if (step === 0) return new Int32Array(0);
    const slot = (step - 1) % program.slots;
    const from = (places.ring + slot * places.ringBytes) / 4;
    return words.slice(from, words[places.ringEnds / 4 + slot]! / 4);
  }

  spikeCounts(): Int32Array {
    const from = this.memory.places.counts / 4;
    return this.memory.words.slice(from, from + this.program.cells);
  }

  intervals(): { sums: Float64Array; squares: Float64Array } {
    const { intervals } = this.memory.places;
    if (!intervals) throw new Error('this simulator was not made to watch intervals');
    const read = (at: number) => this.memory.doubles.slice(at / 8, at / 8 + this.program.cells);
    return { sums: read(intervals.sums), squares: read(intervals.squares) };
  }

  state(population: string, name: string): Float64Array {
    const of = populationWith(this.program, population, name);
    const { numbers, size } = this.memory;
    const at = stateAddress(this.memory, of, name) / size;
    return Float64Array.from(numbers.subarray(at, at + of.population.count));
  }

  weights(): Float64Array {
    const weights = this.given.slice();
    readWeights(this.memory, weights, (route, variable) => this.exports[`gain${route}_${variable}`]!());
    return weights;
  }
}

/** Whether two lives are given the same, to the bit. */
function areSame(first: Given, second: Given): boolean {
  const names = Object.keys(first);
  return (
    names.length === Object.keys(second).length &&
    names.every((name) => {
      const [a, b] = [first[name]!, second[name]];
      if (typeof a === 'number' || typeof b !== 'object') return Object.is(a, b);
      return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
    })
  );
}
