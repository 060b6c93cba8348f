import { edgeListOptionsSchema, importEdgeList } from './edge-list.js';
import { importMatrix, matrixOptionsSchema } from './matrix.js';

/** Every importer: what it reads, the schema of its options and the reader. */
export const importers = {
  'edge-list': {
    summary: 'one connection a row, under a header line (CSV or TSV)',
    options: edgeListOptionsSchema,
    read: importEdgeList,
  },
  matrix: {
    summary:
      'adjacency matrices of chemical connections and gap junctions, with names or beside a file of labels',
    options: matrixOptionsSchema,
    read: importMatrix,
  },
} as const;

export type ImporterName = keyof typeof importers;
