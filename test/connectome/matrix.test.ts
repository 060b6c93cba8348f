import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportedGraph } from '../../src/connectome/import/graph.js';
import { importMatrix, matrixOptionsSchema } from '../../src/connectome/import/matrix.js';
import { canonicalName, otherNames } from '../../src/connectome/names.js';
import { UsageError } from '../../src/spec/errors.js';

type Options = Parameters<typeof matrixOptionsSchema.parse>[0];

const read = (texts: string[], options: Options = {}): ImportedGraph =>
  importMatrix(
    texts.map((text, i) => ({ source: `m${i + 1}.csv`, text })),
    matrixOptionsSchema.parse(options),
  );

const edges = ({ ids, chemical }: ImportedGraph) =>
  Array.from(chemical.pre, (pre, k) => `${ids[pre]}>${ids[chemical.post[k]!]} ${chemical.weight[k]}`);
const junctions = ({ ids, gap }: ImportedGraph) =>
  Array.from(gap.a, (a, k) => `${ids[a]}-${ids[gap.b[k]!]} ${gap.weight[k]}`);

function refusal(texts: string[], options: Options = {}): string {
  try {
    read(texts, options);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the matrix was accepted');
}

describe('a matrix with names', () => {
  it('is read with its byte-order mark, empty cells, quotes and any line end', () => {
    const graph = read(['\ufeff,"B",A,M1\r\nA,2,,4\r\n"B",,1,\r\n'], { muscles: ['M*'] });
    expect(edges(graph)).toEqual(['A>B 2', 'A>M1 4', 'B>A 1']);
    expect(graph.kinds).toEqual(['n', 'n', 'm']);
  });

  it.each([';', '\t'])('may be separated by %j', (mark) => {
    expect(edges(read([`${mark}A${mark}B\nA${mark}1${mark}2\n`]))).toEqual(['A>A 1', 'A>B 2']);
  });

  it('of junctions gives each once, whichever side of the diagonal has it', () => {
    const graph = read([',A,B\nA,0,1\n', ',A,B,C\nA,,2,\nB,2,,5\nC,,,7\n'], {
      sections: ['chemical', 'gap'],
    });
    expect(junctions(graph)).toEqual(['A-B 2', 'B-C 5', 'C-C 7']);
    expect(graph.notices).toEqual([
      expect.stringContaining('Gap junctions given in both directions: 1 of 3'),
    ]);
    const symmetric = read([',A,B\nA,1,2\nB,2,\n'], { sections: ['gap'] });
    expect(junctions(symmetric)).toEqual(['A-A 1', 'A-B 2']);
    expect(symmetric.notices).toEqual([]);
    const uneven = read([',A,B\nA,,2\nB,3,\n'], { sections: ['gap'] });
    expect(junctions(uneven)).toEqual(['A-B 3']);
    expect(uneven.notices[0]).toContain(
      'for the 1 with another weight in each direction the larger one counts',
    );
    const once = read([',A,B\nA,,2\nB,3,\n'], { sections: ['gap'], gapListing: 'once' });
    expect(junctions(once)).toEqual(['A-B 5']);
    expect(once.notices).toEqual([]);
  });

  it('may have names with the separator in them, in quotes', () => {
    const graph = read([',"A, left",B\n"A, left",,2\nB,1,\n']);
    expect(edges(graph)).toEqual(['A, left>B 2', 'B>A, left 1']);
    expect(edges(read([';"A, left";B\n"A, left";;2\nB;1;\n']))).toEqual(['A, left>B 2', 'B>A, left 1']);
  });

  it('leaves out totals, and tells neurons from targets by their rows', () => {
    const graph = read([',A,gut,Total\nA,1,2,3\nTotal,1,2,3\n'], { ignore: ['Total'], rowsAreNeurons: true });
    expect(edges(graph)).toEqual(['A>A 1', 'A>gut 2']);
    expect(graph.kinds).toEqual(['n', 'o']);
  });

  it.each<[string, string[], Options, string]>([
    ['a short row', [',A,B\nA,1\n'], {}, 'm1.csv, line 2: expected 2 values, one a column, found 1'],
    [
      'a word',
      [',A,B\nA,1,x\n'],
      {},
      'm1.csv, line 2, column "B": expected the weight as a number, found "x"',
    ],
    ['a negative count', [',A\nA,-1\n'], {}, 'line 2, column "A": expected a weight of at least 0, found -1'],
    ['a fraction', [',A\nA,0.5\n'], {}, 'expected a whole number of contacts, found 0.5'],
    ['a row given twice', [',A\nA,1\nA,1\n'], {}, 'line 3: the row "A" was already given at line 2'],
    ['a column given twice', [',A,A\nA,1,1\n'], {}, 'two columns are called "A"'],
    ['no names', ['1,2\n3,4\n'], {}, 'the first line is not a line of names'],
    ['a row that the list of cells lacks', [',A\nB,1\n'], { cells: ['A'] }, 'line 2: unknown cell "B"'],
    ['a column that it lacks', [',A,B\nA,1,1\n'], { cells: ['A'] }, 'line 1: unknown cell "B"'],
    ['an empty file', ['\n'], {}, 'm1.csv: the file is empty'],
    [
      'sections that do not fit',
      [',A\nA,1\n'],
      { sections: ['chemical', 'gap'] },
      'expected one entry a file, 1, found 2',
    ],
  ])('is refused for %s', (_, texts, options, message) => {
    expect(refusal(texts, options)).toContain(message);
  });

  it('holds any weights', () => {
    const weights = fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(weights, (rows) => {
        const text = `,A,B,C\n${rows.map((row, i) => `${'ABC'[i]},${row.join(',')}`).join('\n')}`;
        const expected = rows.flatMap((row, i) =>
          row.flatMap((weight, j) => (weight > 0 ? [`${'ABC'[i]}>${'ABC'[j]} ${weight}`] : [])),
        );
        expect(edges(read([text]))).toEqual(expected);
      }),
      { seed: 6 },
    );
  });
});

describe('a bare matrix beside labels', () => {
  const sections = ['labels', 'chemical'] as ['labels', 'chemical'];
  it('numbers its cells within their class, in the order of the rows', () => {
    const graph = read(['K\nP\nK\n', '0 2 0\n1 0 0\n0 0 3\n'], { sections });
    expect(graph.ids).toEqual(['K1', 'K2', 'P1']);
    expect(graph.classes).toEqual(['K', 'K', 'P']);
    expect(edges(graph)).toEqual(['K1>P1 2', 'K2>K2 3', 'P1>K1 1']);
  });
  it('is refused where the two do not belong together', () => {
    expect(refusal(['K\nP\n', '0 2 0\n1 0 0\n0 0 3\n'], { sections })).toContain(
      'expected 2 rows, one a label, found 3',
    );
    expect(refusal(['K,1\n', '0\n'], { sections })).toContain('line 1: expected one class name');
  });
});

describe('WormAtlas names', () => {
  it.each([
    ['DA01', 'DA1'],
    ['VD13', 'VD13'],
    ['dBWML1', 'MDL01'],
    ['vBWMR24', 'MVR24'],
    ['BWM-DL08', 'MDL08'],
    ['MDL7', 'MDL07'],
    ['AVAL', 'AVAL'],
    ['M1', 'M1'],
  ])('%s is %s', (given, name) => {
    expect(canonicalName(given, 'wormatlas')).toBe(name);
    expect(canonicalName(given, 'as-given')).toBe(given);
  });
  it('have every other style as an alias that leads back', () => {
    const ids = ['AVAL', 'DA1', 'MDL01', 'MVR24'];
    const others = otherNames(ids, 'wormatlas');
    expect(others).toEqual({
      DA01: 'DA1',
      dBWML1: 'MDL01',
      'BWM-DL01': 'MDL01',
      vBWMR24: 'MVR24',
      'BWM-VR24': 'MVR24',
    });
    for (const [other, id] of Object.entries(others)) expect(canonicalName(other, 'wormatlas')).toBe(id);
  });
});
