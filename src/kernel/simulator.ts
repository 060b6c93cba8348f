import type { Network, SpikeTrain, Values } from '../network/model/network.js';

/** What one lifetime starts from. */
export interface LifeStart {
  /** In the order of `network.weights`; the network's own where absent. */
  weights?: Readonly<Float64Array>;
  /** Fixes all noise: hexadecimal digits, as `deriveSeed` gives. */
  seed?: string;
  /**
   * Parameters that differ from the network's: of cells as `POPULATION.NAME` or `POPULATION.PORT.NAME`, of plasticity
   * rules as `PROJECTION.NAME`, of modulators as `modulators.NAME.tauMs` (or `baseline`). One value for all cells or
   * synapses; or one each, where the network has one each.
   */
  parameters?: Readonly<Record<string, Values>>;
}

/**
 * Runs one network. The reference simulator defines what happens; the compiled one gives the same: to the bit in
 * float64 where nothing is rescaled, to rounding elsewhere, within a stated tolerance in float32.
 */
export interface Simulator {
  readonly network: Network;
  /** Starts a new lifetime: nothing of an earlier one remains. */
  load(life?: LifeStart): void;
  /**
   * Runs some steps with what drives the network held, then reads the outputs.
   * @param drive `[network.inputs]` how strongly each input is on, 0 to 1; an input that fires cells is on above 0
   * @param outputs `[network.outputs]` receives the value of each output
   */
  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void;
  /** Names of the modulators. */
  readonly modulators: readonly string[];
  /** Raises a modulator's concentration at once. */
  release(modulator: string, amount: number): void;
  concentration(modulator: string): number;
  /**
   * Tells the plasticity rules that something happened: those that have statements for it carry them out now, at every
   * synapse. In one projection, where that is named.
   */
  signal(event: string, projection?: string): void;
  /** Puts a state to a value, or to one for each cell. */
  setState(population: string, name: string, values: Values): void;
  /**
   * Lists the spikes to come of a population that fires by a train, in place of those that it has: step 0 is the next one.
   * @throws RangeError for more spikes than its train has room for
   */
  play(population: string, train: Pick<SpikeTrain, 'steps' | 'cells'>): void;
  /**
   * `[synapses of the projection]` a variable of a plasticity rule's synapses as it is now, or a trace of the rule as each
   * synapse sees it; a copy.
   */
  synapses(projection: string, name: string): Float64Array;
  /** Steps since the lifetime began. */
  readonly step: number;
  /** Spikes fired since the lifetime began. */
  readonly spikeCount: number;
  /** Cells that fired in the last step, ascending; a copy. */
  fired(): Int32Array;
  /** `[cells]` spikes of each cell since the lifetime began; a copy. */
  spikeCounts(): Int32Array;
  /**
   * Of each cell, `[cells]` sums of the intervals between its spikes, in steps, and of their squares; a copy. The compiled
   * engine keeps them where it was made to watch.
   */
  intervals(): { sums: Float64Array; squares: Float64Array };
  /** `[cells of the population]` a state's values; a copy. */
  state(population: string, name: string): Float64Array;
  /** `[synapses]` weights as they are now, in the order of `network.weights`. */
  weights(): Float64Array;
}
