import { type Connectome, signedWeights } from '../../connectome/connectome.js';
import { cellModels } from '../cells/table.js';
import { type Embodied, portCells, type Wiring } from '../model/body.js';
import type { Projection } from '../model/network.js';
import { delta } from '../synapses/delta.js';

/**
 * The ENOMAD network on a connectome: every neuron accumulates and fires, muscles only accumulate, every chemical
 * entry of the table is one synapse. Cells are visited in table order, and each step is one sweep in that order:
 * what a cell sends to a later one arrives before that one is reset, what it sends to an earlier one arrives after.
 * The sweep is therefore two projections, split at the diagonal.
 *
 * @throws UsageError when a port names a cell that the connectome lacks.
 */
export function accumulatingNetwork(connectome: Connectome, wiring: Wiring, threshold: number): Embodied {
  const { cells, chemical } = connectome;
  const split = (
    name: string,
    acts: Projection['acts'],
    keep: (pre: number, post: number) => boolean,
  ): Projection => {
    const members: number[] = [];
    const rowStart = new Int32Array(cells.count + 1);
    for (let s = 0; s < chemical.count; s++) {
      if (!keep(chemical.pre[s]!, chemical.post[s]!)) continue;
      members.push(s);
      rowStart[chemical.pre[s]! + 1]! += 1;
    }
    for (let i = 0; i < cells.count; i++) rowStart[i + 1]! += rowStart[i]!;
    return {
      name,
      from: 'cells',
      to: 'cells',
      port: 'synapses',
      acts,
      rowStart,
      post: Int32Array.from(members, (s) => chemical.post[s]!),
      weight: Int32Array.from(members),
      delayMs: 0,
    };
  };
  const start = signedWeights(connectome);
  const network = {
    dtMs: 1,
    populations: [
      {
        name: 'cells',
        count: cells.count,
        model: cellModels['accumulate-and-fire'],
        parameters: {
          threshold: Float64Array.from(cells.kinds, (kind) =>
            kind === 'n' ? threshold : Number.POSITIVE_INFINITY,
          ),
        },
        ports: { synapses: { model: delta('charge', 'connections'), parameters: {} } },
      },
    ],
    // Chemical entries are sorted by (pre, post), so each row of a part keeps the order of its table.
    projections: [
      split('to later cells and itself', 'beforeReset', (pre, post) => pre <= post),
      split('to earlier cells', 'afterReset', (pre, post) => pre > post),
    ],
    modulators: {},
    inputs: portCells(connectome, wiring.inputs).map((port) => ({
      ...port,
      kind: 'fire' as const,
      amplitude: 0,
    })),
    outputs: portCells(connectome, wiring.outputs).map((port) => ({
      ...port,
      state: 'charge',
      empties: true,
    })),
    weights: start,
  };
  return {
    network,
    stepsAnInterval: 1,
    precision: 'f64',
    start,
    weightUnit: connectome.weightUnit,
    body: {},
  };
}
