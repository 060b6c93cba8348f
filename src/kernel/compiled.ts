import { evaluate } from '../expression/evaluate.js';
import { exp, tanh } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { pow } from '../math/power.js';
import { cos, sin } from '../math/trigonometric.js';
import type { Network, Values } from '../network/model/network.js';
import { assemble, textHash, type WasmModule, wasm } from './assemble.js';
import type { Rows } from './even-rows.js';
import { type Node, valueOfNode } from './graph.js';
import { lanes, type Precision, padded } from './layout.js';
import { decayIntegral, type Learning, meanLevel, updateSteps } from './learning.js';
import { noiseKey } from './noise.js';
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
import { learningOfRoute, type PopulationProgram, type Program, programOf, type Route } from './program.js';
import type { Life, Simulator } from './simulator.js';
import { isCondition } from './wat/code.js';
import { type ModuleText, moduleText, type Varies } from './wat/module.js';
import { longestInterval, type PlasticPlaces } from './wat/plasticity.js';
import { portParameters } from './wat/population.js';
import type { RoutePlaces } from './wat/routes.js';
import type { Places } from './wat/values.js';

interface Exports {
  memory: { readonly buffer: ArrayBuffer };
  begin(low: number, high: number, interval: number): void;
  run(steps: number, active: number): void;
  read(): void;
  spikes(): number;
  step(): number;
  /** Steps since the last rebase. */
  scaledFor(): number;
  [ofARoute: `gain${number}_${number}` | `restart${number}` | `event${number}_${string}`]: () => number;
}

type Given = NonNullable<Life['parameters']>;

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
  private readonly exports: Exports;
  /** All of memory in the module's precision. */
  private readonly numbers: Float32Array | Float64Array;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;
  /** What `external.I` is without what inputs add. */
  private readonly externals = new Map<PopulationProgram, Float64Array>();
  private readonly lastDrive: Float64Array;
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
    const instance = new wasm.Instance(assemble(this.text.wat), mathImports);
    this.exports = instance.exports as Exports;
    const { buffer } = this.exports.memory;
    this.numbers = this.precision === 'f32' ? new Float32Array(buffer) : new Float64Array(buffer);
    this.words = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.forcedInputs = network.inputs.flatMap(({ kind }, i) => (kind === 'fire' ? [i] : []));
    this.plasticRoutes = this.program.routes.flatMap(({ special }, i) => (special?.plasticity ? [i] : []));
    this.hasCurrents = network.inputs.some(({ kind }) => kind === 'current');
    this.lastDrive = new Float64Array(network.inputs.length).fill(Number.NaN);
    this.layOut();
    this.load();
  }

  private get size(): number {
    return lanes[this.precision].bytes;
  }

  /** Writes what no lifetime changes: rows, targets, lists. */
  private layOut(): void {
    const { program, text, words } = this;
    const integers = (at: number, values: ArrayLike<number>) => words.set(values, at / 4);
    const toAddress = this.addresses();
    /** Rows begin at the address of their first target, or, where more than weights is kept of a synapse, at its number. */
    const layRows = ({ rows, targets, of }: RoutePlaces & { of: Rows }, numbered: boolean) => {
      integers(rows, numbered ? of.rowStart : of.rowStart.map((first) => targets + 4 * first));
      integers(targets, toAddress(of.target));
    };
    program.routes.forEach((route, i) => {
      const places = text.routes[i]!;
      const { plastic } = places;
      layRows(places, plastic !== undefined || route.dense);
      if (!plastic) return;
      const { from, to } = learningOfRoute(program, i);
      integers(
        plastic.post,
        route.post.map((cell) => (cell - to.first) * this.size),
      );
      this.layOutColumns(route, plastic, from, to);
    });
    const amounts = releasedAmounts(program);
    for (const { name, amounts: at } of text.released) this.doubles.set(amounts.get(name)!, at / 8);
    for (const { of, start, sent, targets } of text.ports) {
      const lanesHere = lanes[this.precision].count;
      integers(
        start,
        of.start.map((entry) => entry * lanesHere * 4),
      );
      integers(
        sent,
        of.pre.map((pre, at) => {
          const projection = of.projection[at]!;
          return projection < 0 ? text.nothing : text.continuous[projection]!.sentAt + pre * this.size;
        }),
      );
      const { receives } = of.to.population.ports[of.port]!.model;
      const base = text.populations[program.populations.indexOf(of.to)]!.stateAt.get(
        `${of.port}.${receives}`,
      )!;
      integers(
        targets,
        of.post.map((cell) => (cell < 0 ? text.nowhere : base + cell * this.size)),
      );
    }
    program.populations.forEach(({ population: { train }, first }, i) => {
      const places = text.trains[i];
      if (!train || !places) return;
      integers(places.steps, [...train.steps, 0x7fffffff]);
      integers(
        places.cells,
        train.cells.map((cell) => first + cell),
      );
    });
    layRows(text.forced, false);
    integers(text.forced.inputs, Int32Array.from(this.network.inputs.keys()));
    text.outputs.forEach(({ list }, output) => {
      const { cells, state } = this.network.outputs[output]!;
      integers(
        list,
        Array.from(cells, (cell) => {
          const of = populationOf(program, cell);
          return this.stateAt(of, state) + (cell - of.first) * this.size;
        }),
      );
    });
  }

  /** Places in the space of states, which has no padding, to addresses. */
  private addresses(): (targets: Int32Array) => Int32Array {
    const { program, text, size } = this;
    const ranges = program.populations.flatMap(({ stateAt, population }, p) =>
      [...stateAt].map(([name, from]) => ({
        from,
        to: from + population.count,
        at: text.populations[p]!.stateAt.get(name)!,
      })),
    );
    return (targets) => {
      let range = ranges[0]!;
      return targets.map((target) => {
        if (target < 0) return text.nowhere;
        if (target < range.from || target >= range.to) {
          range = ranges.find(({ from, to }) => target >= from && target < to)!;
        }
        return range.at + (target - range.from) * size;
      });
    };
  }

  private layOutColumns(
    { post, rowStart }: Route,
    { columns, columnSynapse, columnPre }: PlasticPlaces,
    from: PopulationProgram,
    to: PopulationProgram,
  ): void {
    const { words, size } = this;
    const { count } = to.population;
    const start = new Int32Array(count + 1);
    for (const cell of post) start[cell - to.first + 1]! += 1;
    for (let cell = 0; cell < count; cell++) start[cell + 1]! += start[cell]!;
    words.set(start, columns / 4);
    const next = start.slice();
    for (let pre = 0; pre < from.population.count; pre++) {
      for (let s = rowStart[from.first + pre]!; s < rowStart[from.first + pre + 1]!; s++) {
        const at = next[post[s]! - to.first]!++;
        words[columnSynapse / 4 + at] = s * size;
        words[columnPre / 4 + at] = pre * size;
      }
    }
  }

  load(life: Life = {}): void {
    const { network } = this;
    const weights = life.weights ?? network.weights;
    if (weights.length !== network.weights.length) {
      throw new RangeError(`expected ${network.weights.length} weights, found ${weights.length}`);
    }
    for (const name of Object.keys(life.parameters ?? {})) {
      if (this.varies && !this.varies.includes(name)) throw new RangeError(`"${name}" was not said to vary`);
    }
    this.lastDrive.fill(Number.NaN);
    this.given.set(weights);
    const { parameters = {} } = life;
    if (this.pristine && areSame(this.pristine.parameters, parameters)) {
      this.numbers.set(this.pristine.numbers);
      this.writeWeights(weights);
    } else {
      this.prepare(life, weights);
      // Summed weights are parameters too, so such networks are prepared anew for each lifetime.
      const keeps = this.program.continuous.length === 0 && this.text.bytes <= mostKept;
      this.pristine = keeps
        ? { parameters: structuredClone(parameters), numbers: this.numbers.slice() }
        : undefined;
    }
    const [low, high] = life.seed === undefined ? [0, 0] : noiseKey(life.seed);
    this.exports.begin(low, high, this.interval);
    for (const i of this.plasticRoutes) this.exports[`restart${i}`]!();
  }

  /** Weights in the order of their routes; plastic ones within their bounds. */
  private writeWeights(weights: Readonly<Float64Array>): void {
    const { numbers, size, text } = this;
    const write = ({ weights: from, of: { source } }: RoutePlaces & { of: Rows }) => {
      const at = from / size;
      for (let s = 0; s < source.length; s++) {
        const index = source[s]!;
        numbers[at + s] = index < 0 ? 0 : weights[index]!;
      }
    };
    write(text.forced);
    this.program.routes.forEach(({ source }, i) => {
      const { weights: from, plastic } = text.routes[i]!;
      const at = from / size;
      write(text.routes[i]!);
      if (!plastic) return;
      const low = numbers[plastic.low / size]!;
      const high = numbers[plastic.high / size]!;
      const sign = signOf(this.program.routes[i]!);
      for (let s = 0; s < source.length; s++)
        numbers[at + s] = Math.min(Math.max(sign * numbers[at + s]!, low), high);
      const { plan } = learningOfRoute(this.program, i);
      plastic.variables.forEach(({ at: variable }, k) => {
        if (plan.variables[k]!.start !== 'w') return;
        numbers.copyWithin(variable / size, at, at + source.length);
      });
    });
  }

  /** Writes everything a lifetime starts from. */
  private prepare(life: Life, weights: Readonly<Float64Array>): void {
    const { program, text, network, numbers, doubles, size } = this;
    const parameters = parametersOf(program, weights, life);
    program.populations.forEach((population, i) => {
      const places = text.populations[i]!;
      this.fill(places, (name) => parameters[i]!.get(name), population.population.count);
      this.start(population, places, parameters[i]!);
      const external = parameters[i]!.get('external.I');
      if (external instanceof Float64Array) this.externals.set(population, external);
    });
    this.writeExternals();
    program.continuous.forEach(({ from, to, port }, i) => {
      const { places } = text.continuous[i]!;
      const own = parameters[program.populations.indexOf(from)]!;
      const received = parameters[program.populations.indexOf(to)]!;
      const ported = new Set(portParameters(to, port).map(([name]) => name));
      this.fill(
        places,
        (name) => (ported.has(name) ? received.get(name) : own.get(name)),
        from.population.count,
      );
    });
    for (const { of, weights: at } of text.ports) {
      for (let s = 0; s < of.source.length; s++) {
        numbers[at / size + s] = of.source[s]! < 0 ? 0 : weights[of.source[s]!]!;
      }
    }
    const rules = program.learning.map((of) => ruleParametersOf(of, life));
    this.interval = program.learning.reduce(
      (least, of, p) => Math.min(least, this.shortestInterval(of, rules[p]!)),
      longestInterval,
    );
    const modulators = new Map(
      Object.keys(network.modulators).map((name) => [name, modulatorOf(program, name, life)]),
    );
    for (const [i, route] of program.routes.entries()) this.startShortTerm(route, i);
    delaysOf(program, life).forEach((steps, i) => {
      const at = text.delayAt[i];
      if (at !== undefined) this.words[at / 4] = steps;
    });
    program.learning.forEach((of, p) => {
      this.startLearning(of, p, rules[p]!, modulators);
    });
    this.writeWeights(weights);
    [...modulators.values()].forEach(({ tauMs, baseline }, i) => {
      const at = text.modulators[i]! / 8;
      doubles[at] = baseline;
      doubles[at + 1] = baseline;
      doubles[at + 2] = exp(-network.dtMs / tauMs);
    });
    for (let slot = 0; slot < program.slots; slot++) {
      this.words[text.ringEnds / 4 + slot] = text.ring + slot * text.ringBytes;
    }
    this.words.fill(0, text.counts / 4, text.counts / 4 + program.cells);
    if (text.intervals) {
      const { last, sums, squares } = text.intervals;
      this.words.fill(-1, last / 4, last / 4 + program.cells);
      for (const at of [sums, squares]) doubles.fill(0, at / 8, at / 8 + program.cells);
    }
  }

  /** Writes the values of constants: of each population, of each cell, and for what is computed once a step. */
  private fill(places: Places, parameterOf: (name: string) => Values | undefined, count: number): void {
    const { numbers, doubles, words, size } = this;
    const leaf = (cell: number) => (node: Node) => {
      if (node.name === 'dt') return this.network.dtMs;
      const value = parameterOf(node.name!);
      if (value === undefined) throw new Error(`no value for ${node.name}`);
      return typeof value === 'number' ? value : value[cell]!;
    };
    const write = (at: number, node: Node, cell: number, bytes: number) => {
      const value = valueOfNode(node, leaf(cell));
      if (isCondition(node)) {
        for (let word = 0; word < bytes / 4; word++) words[at / 4 + word] = value ? -1 : 0;
      } else if (bytes === 8) doubles[at / 8] = value;
      else numbers[at / 4] = value;
    };
    for (const [node, at] of places.constants) write(at, node, 0, size);
    for (const [node, at] of places.stepConstants) write(at, node, 0, 8);
    for (const [node, at] of places.perCell) {
      const all = padded(count);
      if (node.operation === 'cellParameter') {
        const values = parameterOf(node.name!)!;
        for (let cell = 0; cell < all; cell++) {
          numbers[at / size + cell] =
            typeof values === 'number' ? values : values[Math.min(cell, count - 1)]!;
        }
        continue;
      }
      for (let cell = 0; cell < all; cell++) write(at + cell * size, node, Math.min(cell, count - 1), size);
    }
  }

  /** States as they are before the first step; lanes without a cell are as the last cell. */
  private start(
    { dynamics, population }: PopulationProgram,
    places: Places,
    parameters: ReadonlyMap<string, Values>,
  ) {
    const { numbers, size } = this;
    const all = padded(population.count);
    for (const { name, start } of dynamics.states) {
      const at = places.stateAt.get(name)! / size;
      if (typeof start === 'number') {
        numbers.fill(start, at, at + all);
        continue;
      }
      const same =
        !(start instanceof Float64Array) && ![...parameters.values()].some((v) => typeof v !== 'number');
      let value = 0;
      for (let cell = 0; cell < all; cell++) {
        const own = Math.min(cell, population.count - 1);
        if (start instanceof Float64Array) value = start[own]!;
        else if (cell === 0 || !same) {
          const known = new Map<string, number>([['dt', this.network.dtMs]]);
          for (const [parameter, v] of parameters) known.set(parameter, typeof v === 'number' ? v : v[own]!);
          value = evaluate(start, known);
        }
        numbers[at + cell] = value;
      }
    }
  }

  /**
   * Steps in which no scaled quantity grows by more than e^20; or by less, where it drives weights: a stored weight is the
   * difference of what it is worth and of the driven part, which grows with the scale and would leave its rounding.
   */
  private shortestInterval({ plan }: Learning, parameters: ReadonlyMap<string, Values>): number {
    const driving = this.precision === 'f32' ? 3 : 8;
    const spans = [
      ...plan.traces.flatMap(({ tau, follows }) => (follows ? [] : [{ tau, folds: 20 }])),
      ...plan.variables.map(({ tau, drive }) => ({ tau, folds: drive ? driving : 20 })),
    ].flatMap(({ tau, folds }) => (tau === undefined ? [] : [folds * (parameters.get(tau) as number)]));
    return Math.max(1, Math.min(longestInterval, Math.floor(Math.min(...spans) / this.network.dtMs)));
  }

  private startShortTerm(route: Route, index: number): void {
    const { numbers, size, program, text } = this;
    const { shortTerm } = text.routes[index]!;
    if (!shortTerm) return;
    const { use, tauRecoveryMs, tauFacilitationMs } = route.special!.shortTerm!;
    numbers.fill(1, shortTerm.x / size, shortTerm.x / size + program.cells);
    numbers.fill(use, shortTerm.u / size, shortTerm.u / size + program.cells);
    this.words.fill(-1, shortTerm.last / 4, shortTerm.last / 4 + program.cells);
    numbers.set([use, tauRecoveryMs, tauFacilitationMs], shortTerm.constants / size);
  }

  /** What a plastic projection's routes start from, weights and what starts as they are aside. */
  private startLearning(
    learning: Learning,
    projection: number,
    parameters: ReadonlyMap<string, Values>,
    modulators: ReadonlyMap<string, { tauMs: number }>,
  ): void {
    const { numbers, doubles, size, network, text, interval } = this;
    const { dtMs } = network;
    const { plan, routes, from, to } = learning;
    const { rule } = plan;
    const one = (name: string) => parameters.get(name) as number;
    const tauOf = (tau: string | undefined) => (tau === undefined ? undefined : one(tau));
    const { every, incoming } = text.projections[projection]!;
    if (rule.onUpdate) this.words[every / 4] = updateSteps(one(rule.onUpdate.every), dtMs);
    if (incoming) {
      const counts = incoming.counts / size;
      numbers.fill(0, counts, counts + padded(to.population.count));
      for (const post of learning.projection.post) numbers[counts + post]! += 1;
    }
    const powers = (
      tauMs: number,
      { up, down, down64 }: { up?: number | undefined; down: number; down64?: number | undefined },
    ) => {
      for (let r = 0; r <= interval; r++) {
        const decayed = exp((-r * dtMs) / tauMs);
        numbers[up! / size + r] = 1 / decayed;
        numbers[down / size + r] = decayed;
        if (down64 !== undefined) doubles[down64 / 8 + r] = decayed;
      }
    };
    for (const index of routes) {
      const plastic = text.routes[index]!.plastic!;
      numbers[plastic.low / size] = one(rule.bounds.low);
      numbers[plastic.high / size] = one(rule.bounds.high);
      plastic.variables.forEach(({ at, up, down, down64, integral, levels }, k) => {
        const { tau, start } = plan.variables[k]!;
        if (typeof start === 'number') numbers.fill(start, at / size, at / size + plastic.synapses);
        if (down !== undefined) powers(tauOf(tau)!, { up, down, down64 });
        doubles[integral / 8] = decayIntegral(tauOf(tau), dtMs);
        for (const [name, place] of levels) {
          doubles[place / 8] = meanLevel(tauOf(tau), modulators.get(name.slice('m.'.length))!.tauMs, dtMs);
        }
      });
      plastic.traces.forEach(({ at, up, down, approach, of }, k) => {
        const { tau, start } = plan.traces[k]!;
        const all = padded((of === 'pre' ? from : to).population.count);
        numbers.fill(typeof start === 'number' ? start : one(start), at / size, at / size + all);
        if (down !== undefined) powers(tauOf(tau)!, { up, down });
        if (tau !== undefined) numbers[approach / size] = 1 - exp(-dtMs / tauOf(tau)!);
      });
      const { synapse } = this.program.routes[index]!;
      const leaf = (s: number) => (node: Node) => {
        const value = parameters.get(node.name!)!;
        return typeof value === 'number' ? value : value[synapse[s]!]!;
      };
      for (const [node, at] of plastic.constants) numbers[at / size] = valueOfNode(node, leaf(0));
      for (const [node, at] of plastic.driveConstants) doubles[at / 8] = valueOfNode(node, leaf(0));
      for (const [node, at] of plastic.perSynapse) {
        for (let s = 0; s < plastic.synapses; s++) numbers[at / size + s] = valueOfNode(node, leaf(s));
      }
    }
  }

  private writeExternals(): void {
    for (const [population, values] of this.externals) {
      const at = this.externalAt(population);
      const all = padded(population.population.count);
      for (let cell = 0; cell < all; cell++) {
        this.numbers[at + cell] = values[Math.min(cell, values.length - 1)]!;
      }
    }
  }

  private externalAt(population: PopulationProgram): number {
    const places = this.text.populations[this.program.populations.indexOf(population)]!;
    return places.drivenAt.get('external.I')! / this.size;
  }

  /** Brings `external.I` to what the inputs drive now. */
  private drive(drive: Readonly<ArrayLike<number>>): void {
    const { lastDrive } = this;
    let same = true;
    for (let i = 0; i < lastDrive.length; i++) {
      const now = drive[i] ?? 0;
      if (lastDrive[i] !== now) same = false;
      lastDrive[i] = now;
    }
    if (same) return;
    const driven = new Map([...this.externals].map(([population, values]) => [population, values.slice()]));
    driveCurrents(this.program, drive, (population) => driven.get(population));
    for (const [population, values] of driven) this.numbers.set(values, this.externalAt(population));
  }

  /** The module and the hash of its text, for another thread. */
  get module(): readonly [hash: string, module: WasmModule] {
    return [textHash(this.text.wat), assemble(this.text.wat)];
  }

  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void {
    let active = 0;
    for (const input of this.forcedInputs) if ((drive[input] ?? 0) > 0) active |= 1 << input;
    if (this.hasCurrents) this.drive(drive);
    let left = steps;
    do {
      const now = Math.min(left, stepsACall);
      this.exports.run(now, active);
      left -= now;
    } while (left > 0);
    this.exports.read();
    for (let i = 0; i < this.text.outputs.length; i++)
      outputs[i] = this.doubles[this.text.outputs[i]!.result / 8]!;
  }

  private modulator(name: string): number {
    const index = Object.keys(this.network.modulators).indexOf(name);
    if (index < 0) throw new RangeError(`the network has no modulator "${name}"`);
    return this.text.modulators[index]! / 8;
  }

  get modulators(): readonly string[] {
    return Object.keys(this.network.modulators);
  }

  release(modulator: string, amount: number): void {
    if (this.network.modulators[modulator]?.absent) return;
    this.doubles[this.modulator(modulator)]! += amount;
  }

  concentration(modulator: string): number {
    return this.doubles[this.modulator(modulator)]!;
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
    const at = this.stateAt(of, name) / this.size;
    if (typeof values !== 'number') this.numbers.set(valuesFor(of.population, values), at);
    else this.numbers.fill(values, at, at + of.population.count);
  }

  synapses(projection: string, variable: string): Float64Array {
    const { numbers, size, text, program } = this;
    const learning = program.learning.find((of) => of.projection.name === projection);
    const k = learning?.plan.variables.findIndex(({ name }) => name === variable) ?? -1;
    if (!learning || k < 0)
      throw new RangeError(`projection "${projection}" has no synapse variable "${variable}"`);
    const values = new Float64Array(learning.projection.post.length);
    for (const index of learning.routes) {
      const { at, down } = text.routes[index]!.plastic!.variables[k]!;
      const worth = down === undefined ? 1 : numbers[down / size + this.exports.scaledFor()]!;
      program.routes[index]!.synapse.forEach((synapse, s) => {
        values[synapse] = numbers[at / size + s]! * worth;
      });
    }
    return values;
  }

  get step(): number {
    return this.exports.step();
  }

  get spikeCount(): number {
    return this.exports.spikes();
  }

  fired(): Int32Array {
    const { text, program, words, step } = this;
    if (step === 0) return new Int32Array(0);
    const slot = (step - 1) % program.slots;
    const from = (text.ring + slot * text.ringBytes) / 4;
    return words.slice(from, words[text.ringEnds / 4 + slot]! / 4);
  }

  spikeCounts(): Int32Array {
    const from = this.text.counts / 4;
    return this.words.slice(from, from + this.program.cells);
  }

  intervals(): { sums: Float64Array; squares: Float64Array } {
    const { intervals } = this.text;
    if (!intervals) throw new Error('this simulator was not made to watch intervals');
    const read = (at: number) => this.doubles.slice(at / 8, at / 8 + this.program.cells);
    return { sums: read(intervals.sums), squares: read(intervals.squares) };
  }

  private stateAt(of: PopulationProgram, name: string): number {
    return this.text.populations[this.program.populations.indexOf(of)]!.stateAt.get(name)!;
  }

  state(population: string, name: string): Float64Array {
    const of = populationWith(this.program, population, name);
    const at = this.stateAt(of, name);
    return Float64Array.from(this.numbers.subarray(at / this.size, at / this.size + of.population.count));
  }

  weights(): Float64Array {
    const { program, text, numbers, size } = this;
    const weights = this.given.slice();
    for (const { of, weights: at } of text.ports) {
      of.source.forEach((to, s) => {
        if (to >= 0) weights[to] = numbers[at / size + s]!;
      });
    }
    program.routes.forEach((route, i) => {
      const { weights: from, plastic, of } = text.routes[i]!;
      const sign = signOf(route);
      const drives = (plastic?.variables ?? []).flatMap(({ at, driven }, k) =>
        driven ? [{ at, gain: this.exports[`gain${i}_${k}`]!() }] : [],
      );
      of.source.forEach((to, s) => {
        if (to < 0) return;
        let weight = numbers[from / size + s]!;
        for (const { at, gain } of drives) weight += numbers[at / size + s]! * gain;
        if (drives.length > 0) {
          weight = Math.min(Math.max(weight, numbers[plastic!.low / size]!), numbers[plastic!.high / size]!);
        }
        weights[to] = sign * weight;
      });
    });
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

/** The sign of all of a route's weights, where a rule holds them to it. */
const signOf = ({ special }: Route) => special?.plasticity?.sign ?? 1;
