import type { Network } from '../network/network.js';

/** What one lifetime starts from. */
export interface Life {
  /** In the order of `network.weights`; the network's own where absent. */
  weights?: Readonly<Float64Array>;
  /** Fixes all noise: hexadecimal digits, as `deriveSeed` gives. */
  seed?: string;
  /** Parameters that differ from the network's, as `POPULATION.NAME` or `POPULATION.PORT.NAME`, for all cells. */
  parameters?: Readonly<Record<string, number>>;
}

/**
 * Runs one network. The reference simulator defines what happens; the compiled one gives the same: to the bit in
 * float64 where nothing is rescaled, to rounding elsewhere, within a stated tolerance in float32.
 */
export interface Simulator {
  readonly network: Network;
  /** Starts a new lifetime: nothing of an earlier one remains. */
  load(life?: Life): void;
  /**
   * Runs some steps with what drives the network held, then reads the outputs.
   * @param drive `[network.inputs]` how strongly each input is on, 0 to 1; an input that fires cells is on above 0
   * @param outputs `[network.outputs]` receives the value of each output
   */
  run(steps: number, drive: Readonly<ArrayLike<number>>, outputs: Float64Array): void;
  /** Raises a modulator's concentration at once. */
  release(modulator: string, amount: number): void;
  concentration(modulator: string): number;
  /** Steps since the lifetime began. */
  readonly step: number;
  /** Spikes fired since the lifetime began. */
  readonly spikeCount: number;
  /** Cells that fired in the last step, ascending; a copy. */
  fired(): Int32Array;
  /** `[cells]` spikes of each cell since the lifetime began; a copy. */
  spikeCounts(): Int32Array;
  /** `[cells of the population]` a state's values; a copy. */
  state(population: string, name: string): Float64Array;
  /** `[synapses]` weights as they are now, in the order of `network.weights`. */
  weights(): Float64Array;
}
