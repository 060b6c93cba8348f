import type { ConnectomeTable } from '../../src/connectome/schema.js';

/** A table with every section filled, small enough to break one field at a time. */
export function smallTable(): ConnectomeTable {
  return {
    format: 'connectome-table/1',
    id: 'small',
    species: 'Testudo minima',
    sex: 'hermaphrodite',
    stage: 'adult',
    weightUnit: 'synapses',
    licence: { spdx: 'CC-BY-4.0', statement: 'made up for a test' },
    citation: ['Nobody (2001) Nothing.'],
    notes: ['all invented'],
    sources: [{ id: 's', citation: 'invented', doi: '10.0/0', sha256: '0'.repeat(64), fields: ['chemical'] }],
    counts: {
      neurons: 3,
      muscles: 1,
      others: 1,
      chemicalPairs: 4,
      chemicalWeight: 7.5,
      gapPairs: 2,
      gapWeight: 4,
    },
    cells: {
      columns: ['id', 'class', 'kind', 'role', 'transmitters', 'ganglion', 'x', 'y', 'z', 'modalities'],
      rows: [
        ['AL', 'A', 'n', 's', 'ACh+5HT', 'head', 1, 2, 3, 'odour+touch'],
        ['AR', 'A', 'n', 'si', 'GABA', 'head', -1, null, 3.5, ''],
        ['B', 'B', 'n', 'im', '', '', null, null, null, ''],
        ['G', 'gland', 'o', '', '', '', 0, 0, 0, ''],
        ['M1', 'M', 'm', '', '', '', 0, 0, 0, ''],
      ],
    },
    chemical: {
      pre: [0, 0, 1, 2],
      post: [1, 2, 2, 4],
      weight: [2, 0, 3, 2.5],
      sign: '+0-0',
      signBasis: 'tttu',
      signBasisLegend: { u: 'not known', t: 'transmitter' },
    },
    gap: { a: [0, 2], b: [2, 2], weight: [3, 1], flag: 'c.', flagLegend: { c: 'capped' } },
    modulators: [
      {
        ligand: 'dopamine',
        release: [0, 1],
        receptors: [{ name: 'dop-3', sign: -1, cells: [2, 4], note: 'general literature' }],
      },
    ],
    aliases: { 'B-old': 'B', Amphid: 'AL' },
    excluded: [
      { cell: 'X', reason: 'unsure' },
      { pre: 'B', post: 'X', reason: 'unsure' },
    ],
  };
}
