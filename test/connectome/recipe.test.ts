import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFromRecipe, parseRecipe } from '../../src/connectome/import/recipe.js';
import { connectomeFromTable, tableHash } from '../../src/connectome/load.js';
import { formatTable } from '../../src/connectome/write.js';
import { UsageError } from '../../src/spec/errors.js';
import { sha256 } from '../../src/spec/sha256.js';

const edges =
  'pre,post,type,n,nt\nASHL,AVAL,chemical,3,Glutamate\nAVAL,AVAR,gap,2,\nDD1,MDL01,chemical,4,GABA\n';
const sensory = 'Neuron,Place\nASHL,nose\n';

function recipe(changes: Record<string, unknown> = {}) {
  return {
    format: 'connectome-recipe/1',
    table: {
      id: 'tiny',
      species: 'Caenorhabditis elegans',
      sex: 'hermaphrodite',
      stage: 'adult',
      weightUnit: 'synapses',
      licence: { statement: 'invented' },
      citation: ['Nobody'],
      aliases: { Ash: 'ASHL' },
    },
    sources: [
      { id: 'edges', citation: 'Nobody', sha256: sha256(edges), file: 'edges.csv' },
      { id: 'sensory', citation: 'Nobody', sha256: sha256(sensory), file: 'sensory.csv' },
    ],
    import: {
      importer: 'edge-list',
      sources: ['edges'],
      options: { sign: 'gaba-negative', muscles: ['MDL*'] },
    },
    sensory: { source: 'sensory', column: 'Neuron' },
    counts: { neurons: 4, muscles: 1, gapPairs: 1 },
    ...changes,
  };
}

describe('a recipe', () => {
  let folder: string;
  const build = (changes: Record<string, unknown> = {}) =>
    buildFromRecipe(parseRecipe(recipe(changes), 'tiny.json'), folder, 'tiny.json');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baldwin-recipe-'));
    writeFileSync(join(folder, 'edges.csv'), edges);
    writeFileSync(join(folder, 'sensory.csv'), sensory);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('builds a table that loads, with counts and hash', () => {
    const table = build();
    expect(table.cells).toEqual({
      columns: ['id', 'class', 'kind', 'role', 'transmitters'],
      rows: [
        ['ASHL', 'ASHL', 'n', 's', 'Glu'],
        ['AVAL', 'AVA', 'n', 'i', ''],
        ['AVAR', 'AVA', 'n', 'i', ''],
        ['DD1', 'DD', 'n', 'm', 'GABA'],
        ['MDL01', 'MDL', 'm', '', ''],
      ],
    });
    expect(table.chemical).toEqual({ pre: [0, 3], post: [1, 4], weight: [3, 4], sign: '+-' });
    expect(table.gap).toEqual({ a: [1], b: [2], weight: [2] });
    expect(table.counts).toEqual({
      neurons: 4,
      muscles: 1,
      others: 0,
      classes: 3,
      chemicalPairs: 2,
      chemicalWeight: 7,
      gapPairs: 1,
      gapWeight: 2,
    });
    expect(table.hash).toBe(tableHash(table));
    expect(table.sources[0]).toEqual({ id: 'edges', citation: 'Nobody', sha256: sha256(edges) });
    const text = formatTable(table);
    expect(connectomeFromTable(JSON.parse(text), 'tiny')).toEqual(connectomeFromTable(table, 'tiny'));
    expect(formatTable(build())).toBe(text);
  });

  it('leaves roles out where it names no sensory neurons', () => {
    expect(build({ sensory: undefined }).cells.columns).toEqual(['id', 'class', 'kind', 'transmitters']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'other totals',
      { counts: { neurons: 5 } },
      'tiny.json: the table does not hold what it declares.\n  counts.neurons: the table declares 5 and holds 4',
    ],
    [
      'another version of a file',
      { sources: [{ id: 'edges', citation: 'N', sha256: '0'.repeat(64), file: 'edges.csv' }] },
      'not the file that the recipe "tiny" was written for',
    ],
    [
      'a file that is absent',
      { sources: [{ id: 'edges', citation: 'N', sha256: '0'.repeat(64), file: 'none.csv' }] },
      'cannot read the raw file of source "edges"',
    ],
    [
      'a source it does not list',
      { import: { importer: 'edge-list', sources: ['edge'] } },
      'unknown source "edge". Did you mean "edges"',
    ],
    [
      'an unknown importer',
      { import: { importer: 'edgelist', sources: ['edges'] } },
      'import.importer: expected',
    ],
    [
      'an unknown option',
      { import: { importer: 'edge-list', sources: ['edges'], options: { sing: 'none' } } },
      'sing: unknown field. Did you mean "sign"',
    ],
    [
      'a column that is not there',
      { sensory: { source: 'sensory', column: 'Cell' } },
      'there is no column "Cell"',
    ],
    [
      'a sensory cell without connections',
      { sensory: { source: 'sensory', column: 'Place' } },
      'the sensory cell "nose" has no connection',
    ],
  ])('is refused for %s', (_, changes, expected) => {
    expect(() => build(changes)).toThrow(UsageError);
    expect(() => build(changes)).toThrow(expected);
  });
});
