import { describe, expect, it } from 'vitest';
import { readCells } from '../../src/connectome/import/cells.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';

const read = (text: string) => readCells([{ source: 'cells.csv', text }], 'wormatlas');

describe('a list of cells', () => {
  it('gives kinds, classes and what is known of each', () => {
    const list = read(
      'id,class,kind,role,transmitters,x_um,y_um,z_um\nDA01,DA,neuron,m,ACh,1,2,3\nMDL01,MDL,muscle,,,,,\n',
    );
    expect(list.ids).toEqual(['DA1', 'MDL01']);
    expect([...list.kinds.values()]).toEqual(['n', 'm']);
    expect(list.annotations(list.ids)).toEqual({
      roles: ['m', ''],
      transmitters: [['ACh'], []],
      positionsUm: [[1, 2, 3], undefined],
    });
  });

  it.each([
    ['class\nA\n', 'the header line has a single column'],
    ['class,kind\nA,n\n', 'there is no column "id"'],
    ['id,kind\nA,brain\n', 'line 2: kind: expected neuron, muscle or other, found "brain"'],
    ['id,role\nA,ms\n', 'line 2: role: expected a subset of "sim"'],
    ['id,x_um\nA,left\n', 'line 2: x: expected a number of micrometres, found "left"'],
    ['id,kind\nA,n\n,n\nA,n\n', 'line 3: the cell has no name'],
    ['id,kind\nDA1,n\nDA01,n\n', 'line 3: the cell "DA01" was already given at line 2'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('several lists of cells', () => {
  const readAll = (...texts: string[]) =>
    readCells(
      texts.map((text, i) => ({ source: `${'ab'[i]}.csv`, text })),
      'wormatlas',
    );

  it('fill in what another leaves empty', () => {
    const list = readAll(
      'id,kind,x_um,y_um,z_um\nA,n,1,2,3\nB,,,,\n',
      'id,kind,role\nB,muscle,\nA,Neuron,s\nC,,i\n',
    );
    expect(list.ids).toEqual(['A', 'B', 'C']);
    expect([...list.kinds.values()]).toEqual(['n', 'm', 'n']);
    expect(list.annotations(list.ids)).toMatchObject({
      roles: ['s', '', 'i'],
      positionsUm: [[1, 2, 3], undefined, undefined],
    });
  });

  it('may not contradict each other', () => {
    expect(() => readAll('id,kind\nA,n\n', 'id,kind\nB,n\nA,muscle\n')).toThrow(
      'b.csv, line 3: kind of the cell "A": found "muscle", and "n" in a file before; make them equal',
    );
  });
});

describe('an edge list beside it', () => {
  const edges = (text: string, cells: string[]) =>
    importEdgeList([{ source: 'list.csv', text }], edgeListOptionsSchema.parse({ cells }));

  it('keeps cells without a connection', () => {
    expect(edges('pre,post,n\nA,B,1\n', ['A', 'B', 'C']).ids).toEqual(['A', 'B', 'C']);
  });
  it('may not name another cell', () => {
    expect(() => edges('pre,post,n\nA,B,1\nA,AVAR,1\n', ['A', 'B', 'AVAL'])).toThrow(
      /list\.csv, line 3: unknown cell "AVAR": the list of cells lacks it\. Did you mean .*"AVAL"/,
    );
  });
  it('may not name one that looks the same', () => {
    expect(() => edges('pre,post,n\nZo\u00eb,B,1\n', ['Zoe\u0308', 'B'])).toThrow(
      'unknown cell "Zo\u00eb" (U+00EB): the list of cells has "Zoe\u0308" (U+0308), which looks the same',
    );
  });
  it('may give signs, and leave some open', () => {
    const text = 'pre,post,n,sign\nA,B,1,+\nA,C,2,-\nB,C,3,0\nC,A,4,\n';
    const { chemical, signBasis } = edges(text, []);
    expect([...chemical.sign]).toEqual([1, -1, 0, 0]);
    expect(signBasis).toBe('ssuu');
    expect(() => edges('pre,post,n,sign\nA,B,1,constructor\n', [])).toThrow('found "constructor"');
    expect(() => edges('pre,post,n,sign\nA,B,1,maybe\n', [])).toThrow(
      'line 2: expected the sign as +, - or 0 (not known), found "maybe"',
    );
  });
});
