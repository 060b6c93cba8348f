import type { Network } from '../network/network.js';

/** The synapses of a network over all projections, row by row in the order in which they act. */
export interface Rows {
  /** `[cells]` first synapse of each cell: from here on those that act before the reset. */
  start: Int32Array;
  /** `[cells]` from here on those that act after it. */
  middle: Int32Array;
  /** `[cells]` */
  end: Int32Array;
  /** `[synapses]` postsynaptic cell */
  post: Int32Array;
  /** `[synapses]` index into the network's weights */
  source: Int32Array;
}

/** Lays the projections of a network out as one table of rows. */
export function layOut({ cells, projections }: Network): Rows {
  const count = cells.ids.length;
  const synapses = projections.reduce((sum, { post }) => sum + post.length, 0);
  const rows: Rows = {
    start: new Int32Array(count),
    middle: new Int32Array(count),
    end: new Int32Array(count),
    post: new Int32Array(synapses),
    source: new Int32Array(synapses),
  };
  let next = 0;
  for (let cell = 0; cell < count; cell++) {
    rows.start[cell] = next;
    for (const phase of ['beforeReset', 'afterReset'] as const) {
      if (phase === 'afterReset') rows.middle[cell] = next;
      for (const { acts, rowStart, post, weight } of projections) {
        if (acts !== phase) continue;
        for (let s = rowStart[cell]!; s < rowStart[cell + 1]!; s++) {
          rows.post[next] = post[s]!;
          rows.source[next++] = weight[s]!;
        }
      }
    }
    rows.end[cell] = next;
  }
  return rows;
}

/** The threshold of each cell, `[cells]`: infinite for those that never fire. */
export function thresholdsOf({ cells, types }: Network): Float64Array {
  const thresholds = types.map((type) => type.parameters.threshold!);
  return Float64Array.from(cells.type, (type) => thresholds[type]!);
}

/** @throws RangeError when there are not as many weights as the network has */
export function checkWeights(network: Network, weights: Float64Array): void {
  if (weights.length !== network.weights.length) {
    throw new RangeError(`expected ${network.weights.length} weights, found ${weights.length}`);
  }
}
