import type { Connectome } from '../../connectome/connectome.js';
import { cellIndex } from '../../connectome/connectome.js';
import type { Parameters } from './model.js';
import type { Network, Values } from './network.js';

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
}

/** The cells of named ports, as indices into the connectome. @throws UsageError for a cell that it lacks */
export const portCells = (connectome: Connectome, ports: Wiring['inputs']) =>
  Object.entries(ports).map(([name, ids]) => ({
    name,
    cells: Int32Array.from(ids, (id) => cellIndex(connectome, id)),
  }));

const shared = (values: Values | undefined, otherwise: number): number | undefined =>
  values instanceof Float64Array ? undefined : (values ?? otherwise);

/**
 * Every parameter of a network and its body that has one value, by the name that genomes and lives give it: of cells as
 * `POPULATION.NAME`, `POPULATION.PORT.NAME` or `POPULATION.receptor.NAME`, of plasticity rules as `PROJECTION.NAME`, delays that may vary as `PROJECTION.delayMs`, of
 * modulators as `modulators.NAME.tauMs` or `.baseline`, of the body as `body.NAME`, and of one kind of a population's
 * cells as `POPULATION[KIND].NAME`. Those that differ between the cells
 * or synapses they belong to are not here.
 */
export function sharedParameters({ network, body }: Embodied): Map<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, value: number | undefined) => {
    if (value !== undefined) found.set(name, value);
  };
  const addAll = (prefix: string, known: Parameters, given: Readonly<Record<string, Values>>) => {
    for (const [name, { default: value }] of Object.entries(known)) {
      add(`${prefix}.${name}`, shared(given[name], value));
    }
  };
  for (const { name, model, parameters, ports, receptors, kinds } of network.populations) {
    for (const [kind, values] of Object.entries(kinds?.parameters ?? {})) {
      for (const [parameter, value] of Object.entries(values)) add(`${name}[${kind}].${parameter}`, value);
    }
    addAll(name, model.parameters, parameters);
    for (const [port, of] of Object.entries(ports)) {
      addAll(`${name}.${port}`, of.model.parameters, of.parameters);
    }
    for (const [receptor, { gain }] of Object.entries(receptors ?? {})) {
      add(`${name}.receptor.${receptor}`, shared(gain, 0));
    }
  }
  for (const { name, plasticity, delayMs, longestDelayMs } of network.projections) {
    if (longestDelayMs !== undefined) add(`${name}.delayMs`, shared(delayMs, 0));
    if (plasticity) addAll(name, plasticity.rule.parameters, plasticity.parameters);
  }
  for (const [name, { tauMs, baseline }] of Object.entries(network.modulators)) {
    add(`modulators.${name}.tauMs`, tauMs);
    add(`modulators.${name}.baseline`, baseline);
  }
  for (const [name, value] of Object.entries(body)) add(`body.${name}`, value);
  return found;
}

/** Parameters of plasticity rules that have a value for each synapse, by `PROJECTION.NAME`. */
export const synapseParameters = ({ network }: Embodied): Map<string, Float64Array> =>
  new Map(
    network.projections.flatMap(({ name, plasticity }) =>
      Object.entries(plasticity?.parameters ?? {}).flatMap(([parameter, values]) =>
        typeof values === 'number' ? [] : [[`${name}.${parameter}`, values] as const],
      ),
    ),
  );

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
