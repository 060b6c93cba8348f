import type { Network } from '../network/network.js';

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
export class ReferenceSimulator {
  readonly network: Network;
  /** `[cells]` infinite for those that never fire */
  private readonly threshold: Float64Array;
  private readonly charge: Float64Array;
  private readonly fired: Int32Array;
  /**
   * The synapses of cell `i`, over all projections: from `start[i]` those that act before the reset, from `middle[i]`
   * those that act after it, up to `end[i]`.
   */
  private readonly start: Int32Array;
  private readonly middle: Int32Array;
  private readonly end: Int32Array;
  private readonly post: Int32Array;
  /** `[synapses]` index into the network's weights */
  private readonly source: Int32Array;
  /** `[synapses]` the loaded weights, in row order */
  private readonly weight: Float64Array;
  private spikes = 0;

  constructor(network: Network) {
    this.network = network;
    const count = network.cells.ids.length;
    const thresholds = network.types.map((type) => type.parameters.threshold!);
    this.threshold = Float64Array.from(network.cells.type, (type) => thresholds[type]!);
    this.charge = new Float64Array(count);
    this.fired = new Int32Array(count);
    this.start = new Int32Array(count);
    this.middle = new Int32Array(count);
    this.end = new Int32Array(count);
    const synapses = network.projections.reduce((sum, { post }) => sum + post.length, 0);
    this.post = new Int32Array(synapses);
    this.source = new Int32Array(synapses);
    this.weight = new Float64Array(synapses);
    let next = 0;
    for (let cell = 0; cell < count; cell++) {
      this.start[cell] = next;
      for (const phase of ['beforeReset', 'afterReset'] as const) {
        if (phase === 'afterReset') this.middle[cell] = next;
        for (const { acts, rowStart, post, weight } of network.projections) {
          if (acts !== phase) continue;
          for (let s = rowStart[cell]!; s < rowStart[cell + 1]!; s++) {
            this.post[next] = post[s]!;
            this.source[next++] = weight[s]!;
          }
        }
      }
      this.end[cell] = next;
    }
    this.load(network.weights);
  }

  /** Takes over weights, in the order of `network.weights`, and starts a new lifetime. */
  load(weights: Float64Array): void {
    if (weights.length !== this.network.weights.length) {
      throw new RangeError(`expected ${this.network.weights.length} weights, found ${weights.length}`);
    }
    const { weight, source } = this;
    for (let s = 0; s < weight.length; s++) weight[s] = weights[source[s]!]!;
    this.reset();
  }

  /** Back to the state before the first step; nothing of an earlier lifetime remains. */
  reset(): void {
    this.charge.fill(0);
    this.spikes = 0;
  }

  /** Spikes fired since the last reset. */
  get spikeCount(): number {
    return this.spikes;
  }

  /** The charge of each cell, `[cells]`: a view, valid until the next step. */
  get charges(): Readonly<Float64Array> {
    return this.charge;
  }

  /**
   * One step.
   * @param active which inputs are on: indices into `network.inputs`
   * @param outputs `[network.outputs]` receives the value of each output
   */
  step(active: readonly number[], outputs: Float64Array): void {
    const { charge, fired, threshold } = this;
    const cells = charge.length;
    let count = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (Math.abs(charge[cell]!) > threshold[cell]!) fired[count++] = cell;
    }
    this.spikes += count;
    for (const input of active) {
      const driven = this.network.inputs[input]!.cells;
      this.deliver(driven, driven.length, this.start, this.end);
    }
    this.deliver(fired, count, this.start, this.middle);
    for (let f = 0; f < count; f++) charge[fired[f]!] = 0;
    this.deliver(fired, count, this.middle, this.end);
    const ports = this.network.outputs;
    for (let o = 0; o < ports.length; o++) {
      const read = ports[o]!.cells;
      let sum = 0;
      for (let i = 0; i < read.length; i++) {
        const cell = read[i]!;
        sum += charge[cell]!;
        charge[cell] = 0;
      }
      outputs[o] = sum;
    }
  }

  /** The synapses from `from[cell]` up to `to[cell]` of each of the first `count` cells deliver, in order. */
  private deliver(cells: Int32Array, count: number, from: Int32Array, to: Int32Array): void {
    const { charge, post, weight } = this;
    for (let i = 0; i < count; i++) {
      const cell = cells[i]!;
      const end = to[cell]!;
      for (let s = from[cell]!; s < end; s++) charge[post[s]!]! += weight[s]!;
    }
  }
}
