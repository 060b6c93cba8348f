import { edgeListOptionsSchema, importEdgeList } from './edge-list.js';

/** Every importer: what it reads, the schema of its options and the reader. */
export const importers = {
  'edge-list': {
    summary: 'one connection a row, under a header line (CSV or TSV)',
    options: edgeListOptionsSchema,
    read: importEdgeList,
  },
} as const;

export type ImporterName = keyof typeof importers;
