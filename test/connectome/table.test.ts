import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConnectome, summarizeConnectome } from '../../src/connectome/check.js';
import { cellIndex, signedWeights } from '../../src/connectome/connectome.js';
import { importers } from '../../src/connectome/import/importers.js';
import { parseRecipe } from '../../src/connectome/import/recipe.js';
import {
  connectomeFromTable,
  connectomeNames,
  loadConnectome,
  tableHash,
} from '../../src/connectome/load.js';
import { tableSchema } from '../../src/connectome/schema.js';
import { formatTable, formatTableSchema } from '../../src/connectome/write.js';
import { UsageError } from '../../src/spec/errors.js';
import { packageRoot } from '../../src/spec/library.js';
import { smallTable } from './small-table.js';

const shelf = join(packageRoot, 'connectomes');

describe('every shipped table', () => {
  const names = readdirSync(shelf)
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => file.slice(0, -5));

  it('is listed, and named after its file', () => {
    expect(connectomeNames()).toEqual(names.sort());
    for (const name of names) expect(loadConnectome(name).id).toBe(name);
  });

  it.each(names)('%s is in the written form, declares its hash and stands in the README', (name) => {
    const text = readFileSync(join(shelf, `${name}.json`), 'utf8');
    const table = tableSchema.parse(JSON.parse(text));
    expect(formatTable(table)).toBe(text);
    expect(table.hash).toBe(tableHash(table));
    expect(checkConnectome(connectomeFromTable(table, name))).toMatchObject({ ok: true, problems: [] });
    expect(readFileSync(join(shelf, 'README.md'), 'utf8')).toContain(`\`${name}\``);
  });

  it.each(names)('%s has a valid recipe that states the same provenance', (name) => {
    const recipe = parseRecipe(
      JSON.parse(readFileSync(join(shelf, 'recipes', `${name}.json`), 'utf8')),
      name,
    );
    const connectome = loadConnectome(name);
    expect(recipe.table.id).toBe(name);
    expect(connectome.sources).toEqual(recipe.sources.map(({ file: _file, ...source }) => source));
    expect(connectome.notes).toEqual(recipe.table.notes);
    expect(() => importers[recipe.import.importer].options.parse(recipe.import.options)).not.toThrow();
  });
});

describe('connectomes/schema.json', () => {
  it('is generated from the schema in the code', () => {
    expect(readFileSync(join(shelf, 'schema.json'), 'utf8')).toBe(formatTableSchema());
  });
});

describe('c-elegans-openworm', () => {
  const connectome = loadConnectome('c-elegans-openworm');
  const signed = signedWeights(connectome);

  it('has the pinned content', () => {
    expect(connectome.hash).toBe('45b5661f846580197d391eb0a4f82968fbe4de3e433a8cb612df378c3ce60292');
  });

  it('is the published graph in numbers', () => {
    const { counts, notices } = checkConnectome(connectome);
    expect(counts).toEqual({
      neurons: 300,
      muscles: 96,
      others: 0,
      classes: 117,
      chemicalPairs: 3682,
      chemicalWeight: 10142,
      negative: 315,
      zero: 6,
      unknownSign: 0,
      gapPairs: 0,
      gapWeightPublished: 0,
      gapWeight: 0,
      withOutputs: 299,
      neuronToNeuron: 3119,
      neuronToNeuronWeight: 8266,
      neuronToMuscle: 563,
      neuronToMuscleWeight: 1876,
    });
    expect(notices).toEqual([
      '1 neuron has no outgoing chemical connection: MI.',
      expect.stringMatching(/^27 cells have outgoing connections of both signs: AVL, DD1, /),
      '5 chemical connections lead back to their own cell.',
    ]);
  });

  it('has the published weights', () => {
    const { weights, signs, strongest } = summarizeConnectome(connectome);
    expect(weights).toMatchObject({ min: -13, max: 37, medianMagnitude: 2, p95Magnitude: 8 });
    expect(weights.mean).toBeCloseTo(2.17, 2);
    expect(weights.meanMagnitude).toBeCloseTo(2.75, 2);
    expect(weights.shareOne).toBeCloseTo(0.45, 2);
    expect(weights.histogram.reduce((total, { count }) => total + count, 0)).toBe(3682);
    expect(weights.histogram.slice(0, 2)).toEqual([
      { upTo: 0, count: 6 },
      { upTo: 1, count: 1761 },
    ]);
    expect(signs).toEqual({ positive: 3361, negative: 315, zero: 6, unknown: 0 });
    expect(strongest[0]).toEqual({ pre: 'VB3', post: 'DD2', weight: 37 });
    expect(signed.reduce((total, weight) => total + weight, 0)).toBe(7974);
  });

  it('sorts its cells by code unit, without the anal muscle and with the vulval one', () => {
    const { ids, kinds } = connectome.cells;
    expect([...ids].sort()).toEqual(ids);
    expect(cellIndex(connectome, 'AS10')).toBeLessThan(cellIndex(connectome, 'AS2'));
    expect(kinds[cellIndex(connectome, 'MVULVA')]).toBe('m');
    expect(() => cellIndex(connectome, 'MANAL')).toThrow(UsageError);
    expect(connectome.excluded).toEqual([expect.objectContaining({ pre: 'DVB', post: 'MANAL' })]);
  });

  it('gives roles and transmitters from its own sheets', () => {
    const of = (id: string) => {
      const i = cellIndex(connectome, id);
      const { roles, transmitters, classes } = connectome.cells;
      return [classes[i], roles[i], transmitters[i]];
    };
    expect(of('ASHL')).toEqual(['ASH', 's', ['Glu']]);
    expect(of('VC3')).toEqual(['VC', 'm', ['5HT', 'ACh']]);
    expect(of('CEPVL')).toEqual(['CEP', 'sm', ['DA']]);
    expect(of('AVAL')).toEqual(['AVA', 'i', ['FMRFamide']]);
    expect(of('MI')).toEqual(['MI', 'i', []]);
    expect(of('MDL05')).toEqual(['MDL', '', []]);
  });
});

describe('a connectome', () => {
  const connectome = connectomeFromTable(smallTable(), 'small.json');

  it('holds what its table says', () => {
    const { cells, chemical, gap } = connectome;
    expect(cells.transmitters).toEqual([['ACh', '5HT'], ['GABA'], [], [], []]);
    expect(cells.modalities![0]).toEqual(['odour', 'touch']);
    expect(cells.ganglia).toEqual(['head', 'head', '', '', '']);
    expect([...cells.positionsUm!.subarray(0, 9)]).toEqual([1, 2, 3, -1, Number.NaN, 3.5, NaN, NaN, NaN]);
    expect([...chemical.sign]).toEqual([1, 0, -1, 0]);
    expect(gap).toMatchObject({ count: 2, flag: 'c.', flagLegend: { c: 'capped' } });
    expect(connectome.modulators[0]!.receptors[0]!.cells).toEqual([2, 4]);
  });

  it('survives the way to a worker', () => {
    const copy = structuredClone(connectome);
    expect(copy).toEqual(connectome);
    expect(cellIndex(copy, 'Amphid')).toBe(0);
  });

  it('finds cells by id and alias, and names near ones otherwise', () => {
    expect(cellIndex(connectome, 'B')).toBe(2);
    expect(cellIndex(connectome, 'B-old')).toBe(2);
    expect(() => cellIndex(connectome, 'Amfid')).toThrow(
      'Unknown cell "Amfid" in connectome "small". Did you mean "Amphid"?',
    );
    expect(() => cellIndex(connectome, 'constructor')).toThrow(UsageError);
  });

  it('gives signed weights, unknown signs as asked', () => {
    expect([...signedWeights(connectome)]).toEqual([2, 0, -3, 0]);
    expect([...signedWeights(connectome, -1)]).toEqual([2, 0, -3, -2.5]);
  });

  it('lacks optional parts where the table does', () => {
    const { gap, modulators, aliases, excluded, counts, ...rest } = smallTable();
    const bare = connectomeFromTable(
      {
        ...rest,
        cells: { columns: ['kind', 'id', 'class'], rows: rest.cells.rows.map((r) => [r[2]!, r[0]!, r[1]!]) },
      },
      'bare.json',
    );
    expect(bare.gap).toMatchObject({ count: 0, flag: '' });
    expect(bare.cells).toMatchObject({
      count: 5,
      roles: ['', '', '', '', ''],
      transmitters: [[], [], [], [], []],
    });
    expect(bare.cells).not.toHaveProperty('positionsUm');
    expect(bare.cells).not.toHaveProperty('ganglia');
    expect(bare.aliases).toEqual({});
  });
});

describe('checkConnectome', () => {
  it('counts and remarks', () => {
    const { counts, notices } = checkConnectome(connectomeFromTable(smallTable(), 'small.json'));
    expect(counts).toMatchObject({
      neurons: 3,
      muscles: 1,
      others: 1,
      classes: 2,
      negative: 1,
      zero: 1,
      unknownSign: 1,
    });
    expect(counts).toMatchObject({
      gapPairs: 2,
      gapWeight: 4,
      withOutputs: 3,
      neuronToNeuron: 3,
      neuronToMuscle: 1,
    });
    expect(notices).toEqual(['1 cell has no connection: G.', '1 chemical connection has no known sign.']);
  });

  it('tells which muscles no sensory neuron reaches', () => {
    const connectome = connectomeFromTable(smallTable(), 'small.json');
    connectome.chemical.weight[2] = 0;
    connectome.chemical.sign[2] = 0;
    expect(checkConnectome(connectome).notices).toContain(
      '1 muscle cannot be reached from any sensory neuron: M1.',
    );
  });

  it('finds what was broken after loading', () => {
    const connectome = connectomeFromTable(smallTable(), 'small.json');
    connectome.chemical.post[0] = 99;
    connectome.chemical.weight[2] = Number.NaN;
    const { ok, problems } = checkConnectome(connectome);
    expect(ok).toBe(false);
    expect(problems).toEqual([
      'chemical.post[0]: expected the index of a cell, 0 to 4, found 99.',
      expect.stringMatching(/^chemical\.pre\[1\]: expected entries sorted/),
      expect.stringMatching(/^chemical\.weight\[2\]: expected a magnitude of at least 0, found NaN/),
    ]);
  });
});

describe('formatTable', () => {
  it('and loading are inverse', () => {
    const text = formatTable(smallTable());
    expect(connectomeFromTable(JSON.parse(text), 'x')).toEqual(connectomeFromTable(smallTable(), 'x'));
    expect(JSON.parse(text)).toEqual(smallTable());
  });

  it('does not depend on the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    const table = reversed(smallTable()) as ReturnType<typeof smallTable>;
    expect(Object.keys(table)[0]).toBe('excluded');
    expect(formatTable(table)).toBe(formatTable(smallTable()));
    expect(tableHash(table)).toBe(tableHash(smallTable()));
  });

  it('writes a cell a line and a column of connections a line', () => {
    const lines = formatTable(smallTable()).split('\n');
    expect(lines).toContain('      ["AL","A","n","s","ACh+5HT","head",1,2,3,"odour+touch"],');
    expect(lines).toContain('    "pre": [0,0,1,2],');
    expect(lines).toContain('    "sign": "+0-0",');
  });
});
