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
