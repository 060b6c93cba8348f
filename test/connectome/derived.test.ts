import { describe, expect, it } from 'vitest';
import { checkConnectome } from '../../src/connectome/check.js';
import { compareConnectomes } from '../../src/connectome/comparison.js';
import type { Connectome } from '../../src/connectome/connectome.js';
import { exporters } from '../../src/connectome/export/exporters.js';
import { assembleTable } from '../../src/connectome/import/assemble.js';
import { readCells } from '../../src/connectome/import/cells.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import {
  connectomeFromTable,
  connectomeNames,
  loadConnectome,
  parseConnectome,
} from '../../src/connectome/load.js';
import { selectCells, subnetwork } from '../../src/connectome/subnetwork.js';
import { tableOf } from '../../src/connectome/to-table.js';
import { UsageError } from '../../src/spec/errors.js';
import { smallTable } from './small-table.js';

const small = () => connectomeFromTable(smallTable(), 'small');
const worm = loadConnectome('c-elegans-cook-2019');
const arrays = ({ hash: _hash, ...rest }: Connectome) => rest;

describe('a table made of a connectome', () => {
  it.each(connectomeNames())('%s reads back the same', (name) => {
    const connectome = loadConnectome(name);
    const table = tableOf(connectome);
    const again = connectomeFromTable(table, name);
    expect(arrays(again)).toEqual(arrays(connectome));
    expect(again.hash).toBe(table.hash);
  });
});

describe('a subnetwork', () => {
  it('keeps the classes and every connection among them', () => {
    const source = small();
    const cut = subnetwork(source, selectCells(source, { classes: ['A'], hops: 0 }), 'cut');
    expect(cut.cells.ids).toEqual(['AL', 'AR']);
    expect([...cut.chemical.pre], 'AL -> AR').toEqual([0]);
    expect(cut.gap.count).toBe(0);
    expect(cut.aliases).toEqual({ Amphid: 'AL' });
    expect(cut.modulators[0]!.receptors[0]!.cells).toEqual([]);
    expect(checkConnectome(cut).problems).toEqual([]);
  });

  it('grows by a connection a hop, either way, junctions included', () => {
    const source = small();
    const names = (hops: number) =>
      selectCells(source, { classes: ['B'], hops }).map((cell) => source.cells.ids[cell]);
    expect(names(0)).toEqual(['B']);
    expect(names(1)).toEqual(['AL', 'AR', 'B', 'M1']);
    expect(names(2)).toEqual(['AL', 'AR', 'B', 'M1']);
  });

  it('takes cells by their id or alias, and names near ones of an unknown class', () => {
    expect(selectCells(worm, { classes: ['dBWML1', 'AVA'], hops: 0 }).map((i) => worm.cells.ids[i])).toEqual([
      'AVAL',
      'AVAR',
      'MDL01',
    ]);
    expect(() => selectCells(worm, { classes: ['AVZ'], hops: 0 })).toThrow(UsageError);
    expect(() => selectCells(worm, { classes: ['AVZ'], hops: 0 })).toThrow(
      /Unknown class or cell "AVZ".*AV/s,
    );
  });

  it('of the worm keeps capped junctions with their published weight', () => {
    const cut = subnetwork(worm, selectCells(worm, { classes: ['ALA', 'CAN'], hops: 0 }), 'cut');
    expect(cut.gap.capped).toEqual({ index: [0, 1], published: [401, 401] });
    expect(checkConnectome(connectomeFromTable(tableOf(cut), 'cut'))).toMatchObject({ ok: true });
  });
});

describe('a comparison', () => {
  it('of a connectome with itself finds everything shared', () => {
    const { cells, chemical, gap } = compareConnectomes(worm, worm);
    expect([cells.jaccard, chemical.jaccard, gap.jaccard]).toEqual([1, 1, 1]);
    expect(chemical.both).toBe(4879);
    expect(chemical.signs).toEqual({ compared: 4254, equal: 4254 });
    expect(chemical.weightCorrelation).toBeCloseTo(1, 12);
  });
  it('of two animals counts what each has alone, among the cells of both', () => {
    const other = loadConnectome('c-elegans-varshney-2011');
    const { cells, chemical, only } = compareConnectomes(worm, other);
    expect(cells).toMatchObject({ both: 279, first: 194, second: 0 });
    expect(chemical.both + chemical.second).toBe(2194);
    expect(chemical.weightCorrelation).toBeGreaterThan(0.6);
    expect(only.second).toEqual([]);
  });
});

describe('exports', () => {
  it('as JSON are the table itself', () => {
    const [file] = exporters.json.write(worm);
    expect(arrays(parseConnectome(file!.text, 'export'))).toEqual(arrays(worm));
  });

  it('as CSV come back through the edge-list importer', () => {
    const [cells, connections] = exporters.csv.write(worm);
    expect(cells!.text.split('\n')).toHaveLength(473 + 2);
    const graph = importEdgeList(
      [{ source: 'connections.csv', text: connections!.text }],
      edgeListOptionsSchema.parse({ weights: 'real' }),
    );
    const named = (ids: readonly string[], one: Int32Array, other: Int32Array, weight: Float64Array) =>
      Array.from(one, (from, k) => `${ids[from]} ${ids[other[k]!]} ${weight[k]}`).sort();
    const { chemical, gap } = worm;
    expect(named(graph.ids, graph.chemical.pre, graph.chemical.post, graph.chemical.weight)).toEqual(
      named(worm.cells.ids, chemical.pre, chemical.post, chemical.weight),
    );
    const sorted = (pairs: string[]) => pairs.map((pair) => pair.split(' ').sort().join(' ')).sort();
    expect(sorted(named(graph.ids, graph.gap.a, graph.gap.b, graph.gap.weight))).toEqual(
      sorted(named(worm.cells.ids, gap.a, gap.b, gap.weight)),
    );
  });

  it('as CSV come back whole with their list of cells', () => {
    const [cells, connections] = exporters.csv.write(worm);
    const list = readCells([{ source: 'cells.csv', text: cells!.text }], 'wormatlas');
    const of = (kind: string) => list.ids.filter((id) => list.kinds.get(id) === kind);
    const graph = importEdgeList(
      [{ source: 'connections.csv', text: connections!.text }],
      edgeListOptionsSchema.parse({
        naming: 'wormatlas',
        cells: list.ids,
        muscles: of('m'),
        others: of('o'),
      }),
    );
    const { id, species, sex, stage, weightUnit, licence, citation, sources } = worm;
    const { table } = assembleTable(
      { ...graph, classes: graph.ids.map((cell) => list.classes.get(cell)!) },
      { id, species, sex, stage, weightUnit, licence, citation, sources },
      { source: 'test', annotations: list.annotations(graph.ids) },
    );
    const again = connectomeFromTable(table, 'test');
    expect(again.cells).toEqual(worm.cells);
    expect(again.aliases).toEqual(worm.aliases);
    const { pre, post, weight, sign } = again.chemical;
    const { chemical, gap } = worm;
    expect([pre, post, weight, sign]).toEqual([chemical.pre, chemical.post, chemical.weight, chemical.sign]);
    expect([again.gap.a, again.gap.b, again.gap.weight]).toEqual([gap.a, gap.b, gap.weight]);
  });

  it('as GraphML hold every cell and connection, escaped', () => {
    const text = exporters.graphml.write(worm)[0]!.text;
    expect(text.match(/<node /g)).toHaveLength(473);
    expect(text.match(/<edge [^>]*directed="true"/g)).toHaveLength(4879);
    expect(text.match(/<edge [^>]*directed="false"/g)).toHaveLength(1450);
    const odd = small();
    odd.cells.classes[0] = 'a<b&"c"';
    expect(exporters.graphml.write(odd)[0]!.text).toContain(
      '<data key="class">a&lt;b&amp;&quot;c&quot;</data>',
    );
  });
});
