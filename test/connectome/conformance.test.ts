import { describe, expect, it } from 'vitest';
import { type ImporterContext, importerChecks } from '../../src/connectome/import/conformance.js';
import { type ImporterName, importers } from '../../src/connectome/import/importers.js';

/** Three cells and four connections in the form that each reads, and a file with a fault. */
const contexts: Readonly<Record<ImporterName, ImporterContext>> = {
  'edge-list': {
    files: [
      {
        source: 'list.csv',
        text: 'pre,post,weight,type\nA,B,2,chem\nB,C,3,chem\nC,A,1,chem\nA,C,4,chem\nB,A,1,gap\n',
      },
    ],
    expected: { cells: 3, connections: 4, weight: 10 },
    faulty: [{ source: 'broken.csv', text: 'pre,post,weight\nA,B,many\n' }],
  },
  matrix: {
    files: [{ source: 'matrix.csv', text: ',A,B,C\nA,,2,4\nB,,,3\nC,1,,\n' }],
    expected: { cells: 3, connections: 4, weight: 10 },
    faulty: [{ source: 'broken.csv', text: ',A,B\nA,,many\nB,1,\n' }],
  },
};

describe.each(Object.keys(importers) as ImporterName[])('the importer %s', (name) => {
  const importer = importers[name] as unknown as Parameters<typeof importerChecks>[0];
  for (const check of importerChecks(importer, contexts[name])) it(check.name, check.run);
});

describe('the suite of importers', () => {
  it('finds a graph that is not sorted, and a fault that is not told by its file', () => {
    const importer = importers['edge-list'] as unknown as Parameters<typeof importerChecks>[0];
    const context = contexts['edge-list'];
    const find = (name: string, of: Partial<typeof importer>) =>
      importerChecks({ ...importer, ...of }, context).find((check) => check.name === name)!.run;
    const backwards: typeof importer.read = (...given) => {
      const graph = importer.read(...given);
      return { ...graph, ids: [...graph.ids].reverse() };
    };
    expect(find('reads a sound graph', { read: backwards })).toThrow('the ids, each once, sorted');
    const silent: typeof importer.read = (_, options) => importer.read(context.files, options);
    expect(find('refuses a faulty file by its name', { read: silent })).toThrow("found 'nothing'");
  });
});
