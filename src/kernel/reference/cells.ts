import { drawsIn } from '../../expression/analysis.js';
import type { Expression } from '../../expression/ast.js';
import { compileToFunction } from '../../expression/evaluate.js';
import type { SpikeTrain, Values } from '../../network/model/network.js';
import type { Assignment } from '../../network/model/terms.js';
import { flush } from '../flush.js';
import type { Draw } from '../noise.js';
import type { PopulationProgram } from '../population-program.js';
import type { Program } from '../program.js';
import { Slots } from './slots.js';

type Act = (env: Float64Array) => number;

/** The random number of a place in the equations, for a cell of the network, in the step under way. */
export type DrawNumber = (kind: Draw, site: number, cell: number) => number;

/** The cells of one population, whose equations are carried out one cell at a time. */
export class ReferenceCells {
  /** Values of all names of the equations, for one cell at a time. */
  readonly env: Float64Array;
  /** Where each name stands in `env`. */
  readonly slots = new Slots();
  /** Each state's name, and where its values begin in the space of states. */
  private readonly states: readonly { slot: number; at: number }[];
  private readonly update: readonly { slot: number; act: Act; flush: boolean }[];
  private readonly fires: Act | undefined;
  private readonly reset: readonly { slot: number; act: Act }[];
  private readonly settled: readonly { slot: number; act: Act }[];
  /** Parameters with a value for each cell. */
  private perCell: { slot: number; values: Float64Array; name: string }[] = [];
  /** What `external.I` is without what inputs add. */
  private external: Float64Array | undefined;
  /** The cell that is under way, counted in the network. */
  private current = 0;
  /** The spikes that are listed for the cells. */
  private train: SpikeTrain | undefined;

  /** @param values the space of states */
  constructor(
    readonly program: PopulationProgram,
    { network }: Program,
    private readonly values: Float64Array,
    draw: DrawNumber,
  ) {
    const { dynamics } = program;
    for (const name of ['t', 'dt', ...Object.keys(network.modulators).map((m) => `m.${m}`)])
      this.slots.take(name);
    for (const name of dynamics.parameters.keys()) this.slots.take(name);
    for (const { name } of dynamics.states) this.slots.take(name);
    let site = program.firstSite;
    const compile = (value: Expression): Act => {
      const act = compileToFunction(
        value,
        (name) => this.slots.take(name),
        (kind, at) => draw(kind, at, this.current),
        site,
      );
      site += drawsIn(value);
      return act;
    };
    this.update = dynamics.update.map(({ target, value, flush: flushed }) => ({
      slot: this.slots.take(target),
      act: compile(value),
      flush: flushed ?? false,
    }));
    this.fires = dynamics.fires && compile(dynamics.fires);
    const plain = ({ target, value }: Assignment) => ({ slot: this.slots.take(target), act: compile(value) });
    this.reset = dynamics.reset.map(plain);
    this.settled = dynamics.settle.map(plain);
    this.env = new Float64Array(this.slots.size);
    this.states = [...program.stateAt].map(([name, at]) => ({ slot: this.slots.take(name), at }));
  }

  /** Starts a life with these parameters: states are as they are before the first step. */
  begin(parameters: ReadonlyMap<string, Values>, dtMs: number): void {
    const { env, slots, program } = this;
    env.fill(0);
    this.train = program.population.train;
    env[slots.find('dt')!] = dtMs;
    for (const [name, value] of parameters) if (typeof value === 'number') env[slots.find(name)!] = value;
    this.perCell = [...parameters].flatMap(([name, value]) =>
      typeof value === 'number' ? [] : [{ slot: slots.find(name)!, values: value, name }],
    );
    this.external = this.perCell.find(({ name }) => name === 'external.I')?.values;
    for (const { name, start } of program.dynamics.states) {
      const at = program.stateAt.get(name)!;
      const act =
        typeof start === 'number' || start instanceof Float64Array
          ? undefined
          : compileToFunction(start, (of) => slots.find(of)!);
      for (let cell = 0; cell < program.population.count; cell++) {
        this.enterParameters(cell);
        this.values[at + cell] = act
          ? act(env)
          : typeof start === 'number'
            ? start
            : (start as Float64Array)[cell]!;
      }
    }
  }

  /** `external.I` as it is where no input is on; what inputs add is to be added to it. */
  externalAnew(): Float64Array | undefined {
    const external = this.perCell.find(({ name }) => name === 'external.I');
    if (external) external.values = Float64Array.from(this.external!);
    return external?.values;
  }

  /** Tells the equations what is the same for all cells of a step. */
  enterStep(tMs: number, concentrations: ReadonlyMap<string, number>): void {
    this.env[this.slots.find('t')!] = tMs;
    for (const [name, value] of concentrations) this.env[this.slots.find(`m.${name}`)!] = value;
  }

  private enterParameters(cell: number): void {
    this.current = this.program.first + cell;
    for (const { slot, values } of this.perCell) this.env[slot] = values[cell]!;
  }

  /** Brings one cell's parameters and states to the names of the equations. */
  enter(cell: number): void {
    this.enterParameters(cell);
    for (const { slot, at } of this.states) this.env[slot] = this.values[at + cell]!;
  }

  private leave(cell: number): void {
    for (const { slot, at } of this.states) this.values[at + cell] = this.env[slot]!;
  }

  /** Updates every cell, and lists those that fire. */
  advance(step: number, fired: number[]): void {
    const { program, env, update, fires } = this;
    for (let cell = 0; cell < program.population.count; cell++) {
      this.enter(cell);
      for (const { slot, act, flush: flushed } of update) env[slot] = flushed ? flush(act(env)) : act(env);
      if (fires && fires(env) !== 0) fired.push(program.first + cell);
      this.leave(cell);
    }
    const { train } = this;
    if (!train) return;
    const from = firstAt(train.steps, step);
    for (let s = from; s < train.steps.length && train.steps[s] === step; s++) {
      fired.push(program.first + train.cells[s]!);
    }
  }

  /** Lists the spikes from a step on. */
  play({ steps, cells }: SpikeTrain, from: number): void {
    this.train = { steps: steps.map((step) => from + step), cells: cells.slice() };
  }

  /** Brings back what is held, after spikes have arrived. */
  settle(): void {
    const { program, env, settled } = this;
    if (settled.length === 0) return;
    for (let cell = 0; cell < program.population.count; cell++) {
      this.enter(cell);
      for (const { slot, act } of settled) env[slot] = act(env);
      this.leave(cell);
    }
  }

  /** Resets those of the cells that fired which are of this population. */
  resetFired(fired: readonly number[]): void {
    const { program, env, reset } = this;
    if (reset.length === 0) return;
    for (const cell of fired) {
      const own = cell - program.first;
      if (own < 0 || own >= program.population.count) continue;
      this.enter(own);
      for (const { slot, act } of reset) env[slot] = act(env);
      this.leave(own);
    }
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
