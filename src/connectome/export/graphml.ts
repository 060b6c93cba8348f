import type { Connectome } from '../connectome.js';
import { kindNames } from '../schema.js';
import { escaped } from './xml.js';

const keys = [
  ['class', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['role', 'node', 'string'],
  ['transmitters', 'node', 'string'],
  ['ganglion', 'node', 'string'],
  ['x_um', 'node', 'double'],
  ['y_um', 'node', 'double'],
  ['z_um', 'node', 'double'],
  ['modalities', 'node', 'string'],
  ['type', 'edge', 'string'],
  ['weight', 'edge', 'double'],
  ['sign', 'edge', 'int'],
] as const;

/**
 * One GraphML file, as Gephi, Cytoscape and networkx read it (Brandes et al. 2002, doi:10.1007/3-540-45848-4_59).
 * Chemical connections are directed edges of type `chemical`; gap junctions undirected ones of type `electrical`.
 */
export function exportGraphml(connectome: Connectome): { suffix: string; text: string }[] {
  const { cells, chemical, gap } = connectome;
  const data = (key: string, value: string | number | undefined) =>
    value === undefined || value === '' || Number.isNaN(value)
      ? ''
      : `<data key="${key}">${escaped(String(value))}</data>`;
  const nodes = cells.ids.map((id, i) => {
    const at = (axis: number) => cells.positionsUm?.[3 * i + axis];
    const values = [
      data('class', cells.classes[i]),
      data('kind', kindNames[cells.kinds[i]!]),
      data('role', cells.roles[i]),
      data('transmitters', cells.transmitters[i]!.join('+')),
      data('ganglion', cells.ganglia?.[i]),
      data('x_um', at(0)),
      data('y_um', at(1)),
      data('z_um', at(2)),
      data('modalities', cells.modalities?.[i]?.join('+')),
    ];
    return `    <node id="${escaped(id)}">${values.join('')}</node>`;
  });
  const edge = (from: number, to: number, directed: boolean, values: string) =>
    `    <edge source="${escaped(cells.ids[from]!)}" target="${escaped(cells.ids[to]!)}" directed="${directed}">${values}</edge>`;
  const synapses = Array.from(chemical.pre, (pre, k) =>
    edge(
      pre,
      chemical.post[k]!,
      true,
      data('type', 'chemical') + data('weight', chemical.weight[k]) + data('sign', chemical.sign[k]),
    ),
  );
  const junctions = Array.from(gap.a, (a, k) =>
    edge(a, gap.b[k]!, false, data('type', 'electrical') + data('weight', gap.weight[k])),
  );
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(
      ([name, of, type]) => `  <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
    ),
    `  <graph id="${escaped(connectome.id)}" edgedefault="directed">`,
    ...nodes,
    ...synapses,
    ...junctions,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
  return [{ suffix: '.graphml', text }];
}
