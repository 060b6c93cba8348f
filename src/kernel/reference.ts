import type { Network } from '../network/network.js';
import { checkWeights, layOut, type Rows, thresholdsOf } from './rows.js';
import type { Simulator } from './simulator.js';

/**
 * The plain simulator that defines what a network does. One step, in this order:
 *
 * 1. threshold: the cells whose charge, as it stood when the step began, is beyond their threshold are the ones that
 *    fire. What arrives during a step counts from the next one: a spike travels one synapse a step.
 * 2. external input: every synapse of the cells of an active input delivers.
 * 3. propagate, `beforeReset` projections, in cell order.
 * 4. reset: cells that fired lose all charge, what has just arrived included.
 * 5. propagate, `afterReset` projections, in cell order.
 * 6. outputs are read, in order, and their cells emptied.
 */
export class ReferenceSimulator implements Simulator {
  readonly network: Network;
  private readonly rows: Rows;
  private readonly threshold: Float64Array;
  private readonly charge: Float64Array;
  private readonly fired: Int32Array;
  /** `[synapses]` the loaded weights, in row order */
  private readonly weight: Float64Array;
  private spikes = 0;

  constructor(network: Network) {
    this.network = network;
    this.rows = layOut(network);
    this.threshold = thresholdsOf(network);
    this.charge = new Float64Array(this.threshold.length);
    this.fired = new Int32Array(this.threshold.length);
    this.weight = new Float64Array(this.rows.post.length);
    this.load(network.weights);
  }

  load(weights: Float64Array): void {
    checkWeights(this.network, weights);
    const { source } = this.rows;
    for (let s = 0; s < source.length; s++) this.weight[s] = weights[source[s]!]!;
    this.reset();
  }

  reset(): void {
    this.charge.fill(0);
    this.spikes = 0;
  }

  get spikeCount(): number {
    return this.spikes;
  }

  get charges(): Readonly<Float64Array> {
    return this.charge;
  }

  step(active: readonly number[], outputs: Float64Array): void {
    const { charge, fired, threshold } = this;
    const { start, middle, end } = this.rows;
    let count = 0;
    for (let cell = 0; cell < charge.length; cell++) {
      if (Math.abs(charge[cell]!) > threshold[cell]!) fired[count++] = cell;
    }
    this.spikes += count;
    for (const input of active) {
      const driven = this.network.inputs[input]!.cells;
      this.deliver(driven, driven.length, start, end);
    }
    this.deliver(fired, count, start, middle);
    for (let f = 0; f < count; f++) charge[fired[f]!] = 0;
    this.deliver(fired, count, middle, end);
    this.network.outputs.forEach(({ cells }, output) => {
      let sum = 0;
      for (const cell of cells) {
        sum += charge[cell]!;
        charge[cell] = 0;
      }
      outputs[output] = sum;
    });
  }

  /** The synapses from `from[cell]` up to `to[cell]` of each of the first `count` cells deliver, in order. */
  private deliver(cells: Int32Array, count: number, from: Int32Array, to: Int32Array): void {
    const { charge, weight } = this;
    const { post } = this.rows;
    for (let i = 0; i < count; i++) {
      const cell = cells[i]!;
      for (let s = from[cell]!; s < to[cell]!; s++) charge[post[s]!]! += weight[s]!;
    }
  }
}
