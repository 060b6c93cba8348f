import type { Connectome } from '../connectome/connectome.js';
import { cellIndex, signedWeights } from '../connectome/connectome.js';
import { cellModels } from './cells/table.js';
import type { Network, Projection } from './network.js';

/** Which cells a body drives and reads, by name: port name to cell names, in order. */
export interface Wiring {
  inputs: Readonly<Record<string, readonly string[]>>;
  outputs: Readonly<Record<string, readonly string[]>>;
}

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
  const { threshold: parameter } = cellModels['accumulate-and-fire'].parameters;
  const model = 'accumulate-and-fire';
  const split = (name: string, acts: Projection['acts'], keep: (pre: number, post: number) => boolean) => {
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
      acts,
      rowStart,
      post: Int32Array.from(members, (s) => chemical.post[s]!),
      weight: Int32Array.from(members),
    };
  };
  const ports = (named: Wiring['inputs']) =>
    Object.entries(named).map(([name, ids]) => ({
      name,
      cells: Int32Array.from(ids, (id) => cellIndex(connectome, id)),
    }));
  return {
    cells: { ids: cells.ids, type: Uint8Array.from(cells.kinds, (kind) => (kind === 'n' ? 0 : 1)) },
    types: [
      { name: 'neuron', model, parameters: { threshold: options.threshold ?? parameter!.default } },
      { name: 'muscle', model, parameters: { threshold: Number.POSITIVE_INFINITY } },
    ],
    // Chemical entries are sorted by (pre, post), so each row of a part keeps the order of its table.
    projections: [
      split('to later cells and itself', 'beforeReset', (pre, post) => pre <= post),
      split('to earlier cells', 'afterReset', (pre, post) => pre > post),
    ],
    inputs: ports(wiring.inputs),
    outputs: ports(wiring.outputs),
    weights: signedWeights(connectome),
  };
}
