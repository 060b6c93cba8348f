import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelimited } from '../../src/connectome/import/delimited.js';
import { edgeListOptionsSchema, importEdgeList } from '../../src/connectome/import/edge-list.js';
import { parseConnectome } from '../../src/connectome/load.js';
import { formatTable } from '../../src/connectome/write.js';
import { UserError } from '../../src/spec/errors.js';
import { smallTable } from './small-table.js';

/** Runs what may refuse its input; anything thrown but a UserError fails the test. */
function tolerant<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toBe('');
    return undefined;
  }
}

const options = fc
  .record({
    gap: fc.constantFrom('separate', 'directed'),
    gapListing: fc.constantFrom('mirrored', 'once'),
    sign: fc.constantFrom('none', 'gaba-negative'),
    duplicates: fc.constantFrom('sum', 'error'),
    weights: fc.constantFrom('counts', 'real'),
    muscles: fc.array(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 3 }),
  })
  .map((value) => edgeListOptionsSchema.parse(value));

/** Text made of the pieces an edge list is made of, in any order. */
const shredded = fc
  .array(
    fc.constantFrom(
      'pre',
      'post',
      'weight',
      'type',
      'nt',
      ',',
      '\t',
      ';',
      '\n',
      '\r\n',
      '\r',
      '"',
      ' ',
      'A',
      'B',
      'GABA',
      'gap',
      'chemical',
      '1',
      '-2',
      '0.5',
      '\ufeff',
      'pre,post,weight\n',
      'A,B,1\n',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('the edge-list importer', () => {
  it('reads or refuses any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), shredded),
        options,
        (text, chosen) => {
          tolerant(() => importEdgeList([{ source: 'f', text }], chosen));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('agrees with a plain account of the rows', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D10', 'D2');
    const row = fc.record({
      pre: name,
      post: name,
      weight: fc.nat(9),
      nt: fc.constantFrom('GABA', 'Glutamate', ''),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const text = [
          'pre,post,weight,nt',
          ...rows.map((r) => `${r.pre},${r.post},${r.weight},${r.nt}`),
        ].join('\n');
        const { ids, chemical } = importEdgeList(
          [{ source: 'f', text }],
          edgeListOptionsSchema.parse({ sign: 'gaba-negative' }),
        );
        const sums = new Map<string, number>();
        for (const { pre, post, weight, nt } of rows) {
          const key = `${pre}>${post}`;
          sums.set(key, (sums.get(key) ?? 0) + (nt === 'GABA' ? -weight : weight));
        }
        const found = Array.from(chemical.pre, (pre, k) => [
          `${ids[pre]}>${ids[chemical.post[k]!]}`,
          chemical.weight[k]! * chemical.sign[k]! + 0,
        ]);
        expect(new Map(found as [string, number][])).toEqual(new Map([...sums].map(([k, v]) => [k, v + 0])));
        expect(found).toHaveLength(sums.size);
      }),
    );
  });

  it('reads a file the same with and without a quotation mark in it, whole or in pieces', () => {
    const cell = fc.constantFrom('', 'A', ' B ', 'c d', '1', '\u00a0x');
    const line = fc.oneof(
      fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(',')),
      fc.constantFrom('', '   ', ',,'),
    );
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, end), { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (lines, length) => {
          const body = lines.flat().join('');
          const rowsOf = (text: string, pieces = [text]) => {
            const rows: [string[], number][] = [];
            readDelimited(
              { source: 'f', text, pieces },
              () => false,
              () => (cells, at) => rows.push([cells, at]),
            );
            return rows;
          };
          const plain = rowsOf(`a,b,c\n${body}end,1\n`);
          const quoted = rowsOf(`a,b,c\n${body} "end",1\n`);
          const simply = rowsOf(`a,b,c\n${body}"end","1"\n`);
          expect(simply).toEqual(plain);
          expect(quoted).toEqual(plain);
          const cut = (text: string) => text.match(new RegExp(`[^]{1,${length}}`, 'g'))!;
          for (const text of [`\ufeffa,b,c\n${body}end,1`, `a,b,c\n${body}"en\nd",1\n${body}`]) {
            expect(rowsOf(text, cut(text))).toEqual(rowsOf(text));
          }
        },
      ),
    );
  });
});

describe('the loader', () => {
  it('reads or refuses any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        tolerant(() => parseConnectome(text, 'f.json'));
      }),
    );
  });

  it('reads or refuses a table with one value replaced', () => {
    const leaves: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      if (path.length > 0) leaves.push(path);
      if (value === null || typeof value !== 'object') return;
      const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
      for (const key of keys) walk((value as Record<string | number, unknown>)[key], [...path, key]);
    };
    walk(smallTable(), []);
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.jsonValue(), (path, value) => {
        const table = smallTable();
        let holder = table as unknown as Record<string | number, never>;
        for (const key of path.slice(0, -1)) holder = holder[key]!;
        (holder as Record<string | number, unknown>)[path.at(-1)!] = value;
        const connectome = tolerant(() => parseConnectome(JSON.stringify(table), 'f.json'));
        if (connectome !== undefined)
          expect(parseConnectome(formatTable(table), 'f.json')).toEqual(connectome);
      }),
      { numRuns: 1000 },
    );
  });
});
