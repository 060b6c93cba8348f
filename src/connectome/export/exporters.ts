import type { Connectome } from '../connectome.js';
import { tableOf } from '../to-table.js';
import { formatTable } from '../write.js';
import { exportCsv } from './csv.js';
import { exportGraphml } from './graphml.js';
import { exportNeuroml } from './neuroml.js';

/** Every exporter: what it writes, and the texts of its files with what their names end in. */
export const exporters = {
  csv: { summary: 'two files for a spreadsheet: cells, and connections as an edge list', write: exportCsv },
  graphml: { summary: 'for Gephi, Cytoscape and networkx', write: exportGraphml },
  json: {
    summary: "this project's own table",
    write: (connectome: Connectome) => [{ suffix: '.json', text: formatTable(tableOf(connectome)) }],
  },
  neuroml: { summary: 'a NeuroML 2 network; cells and synapses are placeholders', write: exportNeuroml },
} as const;
export type ExporterName = keyof typeof exporters;

/** What a connectome holds and a format does not, in words; empty where nothing is lost. */
export function notExported(
  { modulators, aliases, excluded, chemical, gap }: Connectome,
  format: ExporterName,
): string[] {
  if (format === 'json') return [];
  const parts: [count: number, what: string][] = [
    [modulators.length, 'modulators, their release and receptors'],
    [Object.keys(aliases).length, 'other names of cells'],
    [excluded.length, 'exclusions'],
    [gap.capped?.index.length ?? 0, 'published weights of capped gap junctions'],
    // The codes stand in a CSV file; what they mean does not.
    [Object.keys(chemical.signBasisLegend ?? {}).length, 'codes of what signs rest on'],
  ];
  return parts.flatMap(([count, what]) => (count > 0 ? [`${what} (${count})`] : []));
}
