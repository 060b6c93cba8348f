import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCells } from '../../src/connectome/import/cells.js';
import { converters } from '../../src/connectome/import/converters.js';
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

/** Markup made of the pieces that networks are written with, in any order, within a root that is closed. */
const markup = (root: string, pieces: readonly string[]) =>
  fc
    .array(fc.constantFrom(...pieces), { size: 'max', maxLength: 4 })
    .map(
      (parts) =>
        `<${root}><graph edgedefault="directed"><node id="A"/><node id="B"/>${parts.join('')}</graph></${root}>`,
    )
    .map((text) => (root === 'neuroml' ? text.replace(/graph/g, 'network') : text));

const anyMarkup = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `<graphml>${text}</graphml>`),
  markup('graphml', [
    ...[
      '<edge source="A" target="B"/>',
      '<edge source="B" target="A" directed="0"/>',
      '<edge source="A" target="Z"/>',
      '<edge source="A" target="B"><data key="weight">3</data><data key="sign">0</data></edge>',
    ],
    ...[
      '<edge source="A" target="B">',
      '</edge>',
      '<data key="weight">2</data>',
      '<data key="type">gap</data>',
      '<data key="sign">-</data>',
    ],
    ...[
      '<node id="C"/>',
      '<node id="A"/>',
      '<node id="D">',
      '</node>',
      '<graph>',
      '<port/>',
      '<hyperedge/>',
      '&amp;',
      '&x;',
      '&#65;',
    ],
    ...[
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?x ?>',
      '<data key="kind">muscle</data>',
      '<data key="role">chef</data>',
      '\u0000',
      '<',
    ],
  ]),
  markup('neuroml', [
    ...[
      '<population id="p" size="2"/>',
      '<population id="q"/>',
      '<population id="r" size="-1"/>',
      '<population id="r"><instance id="3"/></population>',
    ],
    ...[
      '<synapticConnection from="p[0]" to="q" synapse="s"/>',
      '<synapticConnection from="p[9]" to="q"/>',
      '<projection id="P" presynapticPopulation="p">',
    ],
    ...[
      '</projection>',
      '<connection preCellId="1" postCellId="q"/>',
      '<connectionWD preCellId="p/1" postCellId="r[3]" weight="-2"/>',
    ],
    ...[
      '<electricalProjection>',
      '</electricalProjection>',
      '<electricalConnection preCell="p/0" postCell="p/1"/>',
      '<inputList/>',
    ],
  ]),
);

describe('the converters', () => {
  it('read or refuse any text', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyMarkup, (text) => {
        const name = text.startsWith('<neuroml') ? 'neuroml' : 'graphml';
        const graph = tolerant(() => {
          const { connections, cells, notices } = converters[name].convert({ source: 'f', text });
          const list = readCells([cells!], 'as-given');
          expect(notices.every((notice) => notice.startsWith('f: '))).toBe(true);
          return importEdgeList(
            [connections],
            edgeListOptionsSchema.parse({ weights: 'real', cells: list.ids }),
          );
        });
        if (graph) taken++;
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(taken).toBeGreaterThan(30);
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
