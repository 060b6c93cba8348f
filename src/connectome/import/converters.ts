import { fromGraphml } from './graphml.js';
import { fromNeuroml } from './neuroml.js';
import { fromToolbox } from './toolbox.js';

/** Formats that are read as an edge list and a list of cells. */
export const converters = {
  graphml: { summary: 'GraphML, as Gephi, Cytoscape and networkx write it', convert: fromGraphml },
  neuroml: {
    summary: 'populations and projections of a NeuroML 2 network, cell dynamics aside',
    convert: fromNeuroml,
  },
  toolbox: { summary: "ConnectomeToolbox's JSON cache", convert: fromToolbox },
} as const;
export type ConverterName = keyof typeof converters;

/** Which converter a text is for, by how it begins; undefined for delimited text. */
export function converterOf(text: string): ConverterName | undefined {
  if (/^\ufeff?\s*\{/.test(text)) return 'toolbox';
  if (!/^\ufeff?\s*</.test(text)) return undefined;
  return /<(\w+:)?neuroml\b/.test(text.slice(0, 5000)) ? 'neuroml' : 'graphml';
}
