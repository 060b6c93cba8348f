import type { Network } from '../network/network.js';

/** Runs one network, step by step. Every engine gives the same results, to the bit. */
export interface Simulator {
  readonly network: Network;
  /** Takes over weights, in the order of `network.weights`, and starts a new lifetime. */
  load(weights: Float64Array): void;
  /** Back to the state before the first step; nothing of an earlier lifetime remains. */
  reset(): void;
  /**
   * One step.
   * @param active which inputs are on: indices into `network.inputs`
   * @param outputs `[network.outputs]` receives the value of each output
   */
  step(active: readonly number[], outputs: Float64Array): void;
  /** Spikes fired since the last reset. */
  readonly spikeCount: number;
  /** The charge of each cell, `[cells]`: a view, valid until the next step. */
  readonly charges: Readonly<Float64Array>;
}
