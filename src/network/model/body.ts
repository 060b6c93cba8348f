import type { Connectome } from '../../connectome/connectome.js';
import { cellIndex } from '../../connectome/connectome.js';
import type { Network } from './network.js';

/** Which cells a body drives and reads, by name: port name to cell names, in order. */
export interface Wiring {
  inputs: Readonly<Record<string, readonly string[]>>;
  outputs: Readonly<Record<string, readonly string[]>>;
}

/** A network and what a body must know to live with it. */
export interface Embodied {
  network: Network;
  /** Steps of the network in one step of the world. */
  stepsAnInterval: number;
  precision: 'f32' | 'f64';
  /**
   * The weights that evolution may start from, the first of the network's: on a connectome the animal's chemical ones, in
   * the connectome's order.
   */
  start: Float64Array;
  /** Unit of the weights, for pictures. */
  weightUnit: string;
  /**
   * Parameters that are not the network's, by NAME (genomes know them as `body.NAME`): what the body makes of its muscles,
   * when and how much its nuclei release.
   */
  body: Readonly<Record<string, number>>;
  /** What each of them is, in words. */
  bodyAbout?: Readonly<Record<string, string>>;
}

/** The cells of named ports, as indices into the connectome. @throws UsageError for a cell that it lacks */
export const portCells = (connectome: Connectome, ports: Wiring['inputs']) =>
  Object.entries(ports).map(([name, ids]) => ({
    name,
    cells: Int32Array.from(ids, (id) => cellIndex(connectome, id)),
  }));

/**
 * Names of the weights that evolution starts from, one each: by the first synapse that has it, such as `cues 3->go 7`.
 * Where several projections join the two populations, or a projection two cells twice, the name says which is meant.
 */
export function synapseNames({ network, start }: Embodied): string[] {
  const names = Array<string>(start.length).fill('');
  const taken = new Set<string>();
  for (const { name, from, to, rowStart, post, weight } of network.projections) {
    const alone = network.projections.filter((other) => other.from === from && other.to === to).length === 1;
    for (let pre = 0; pre + 1 < rowStart.length; pre++) {
      for (let synapse = rowStart[pre]!; synapse < rowStart[pre + 1]!; synapse++) {
        const index = weight[synapse]!;
        if (index >= names.length || names[index] !== '') continue;
        const cells = `${from} ${pre}->${to} ${post[synapse]}${alone ? '' : ` by ${name}`}`;
        let own = cells;
        for (let number = 2; taken.has(own); number++) own = `${cells} (${number})`;
        taken.add(own);
        names[index] = own;
      }
    }
  }
  return names.map((name, index) => (name === '' ? `weight ${index}` : name));
}
