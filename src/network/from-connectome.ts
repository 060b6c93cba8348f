import type { Connectome } from '../connectome/connectome.js';
import { cellIndex, signedWeights } from '../connectome/connectome.js';
import { cellModels } from './cells/table.js';
import type { Network, Projection } from './network.js';
import { delta } from './synapses/delta.js';

/** Which cells a body drives and reads, by name: port name to cell names, in order. */
export interface Wiring {
  inputs: Readonly<Record<string, readonly string[]>>;
  outputs: Readonly<Record<string, readonly string[]>>;
}

/** The cells of named ports, as indices into the connectome. @throws UsageError for a cell that it lacks */
export const portCells = (connectome: Connectome, ports: Wiring['inputs']) =>
  Object.entries(ports).map(([name, ids]) => ({
    name,
    cells: Int32Array.from(ids, (id) => cellIndex(connectome, id)),
  }));

/**
 * The ENOMAD network on a connectome: every neuron accumulates and fires, muscles only accumulate, every chemical
 * entry of the table is one synapse. Cells are visited in table order, and each step is one sweep in that order:
 * what a cell sends to a later one arrives before that one is reset, what it sends to an earlier one arrives after.
 * The sweep is therefore two projections, split at the diagonal.
 *
 * @throws UsageError when a port names a cell that the connectome lacks.
 */
export function networkFromConnectome(
  connectome: Connectome,
  wiring: Wiring,
  options: { threshold?: number } = {},
): Network {
  const { cells, chemical } = connectome;
  const model = cellModels['accumulate-and-fire'];
  const threshold = options.threshold ?? model.parameters.threshold!.default;
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
  return {
    dtMs: 1,
    populations: [
      {
        name: 'cells',
        count: cells.count,
        model,
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
    inputs: portCells(connectome, wiring.inputs).map((port) => ({ ...port, kind: 'fire', amplitude: 0 })),
    outputs: portCells(connectome, wiring.outputs).map((port) => ({
      ...port,
      state: 'charge',
      empties: true,
    })),
    weights: signedWeights(connectome),
  };
}
