import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fromFiles } from '../../src/cli/connectome-import-files.js';
import { checkConnectome } from '../../src/connectome/check.js';
import type { Connectome } from '../../src/connectome/connectome.js';
import { type ExporterName, exporters, notExported } from '../../src/connectome/export/exporters.js';
import {
  connectomeFromTable,
  connectomeNames,
  loadConnectome,
  parseConnectome,
} from '../../src/connectome/load.js';
import { type CellKind, kindNames, signCode } from '../../src/connectome/schema.js';
import { UsageError } from '../../src/spec/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a connectome in a format and imports what was written, as the command line does. */
function thereAndBack(connectome: Connectome, format: ExporterName): { back: Connectome; notices: string[] } {
  const files = exporters[format].write(connectome).map(({ suffix, text }) => {
    const path = join(folder, `file${suffix}`);
    writeFileSync(path, text);
    return { path, text };
  });
  if (format === 'json') return { back: parseConnectome(files[0]!.text, 'back'), notices: [] };
  const connections = files.filter(({ path }) => !path.endsWith('-cells.csv')).map(({ path }) => path);
  const { connectome: back, notices } = fromFiles(connections, {
    ...{ id: 'back', sex: 'unknown', stage: 'unknown', unit: 'arbitrary', licence: 'none', weights: 'real' },
    species: connectome.species,
    ...(format === 'csv' ? { cells: files.find(({ path }) => path.endsWith('-cells.csv'))!.path } : {}),
  });
  return { back, notices };
}

/** All that every format carries, by the names of cells. */
function content({ cells, chemical, gap }: Connectome) {
  const place = (i: number) => {
    const at = [...(cells.positionsUm?.subarray(3 * i, 3 * i + 3) ?? [])];
    return at.length === 3 && at.every(Number.isFinite) ? at : [];
  };
  const { ids } = cells;
  return {
    cells: ids
      .map((id, i) => [
        ...[id, cells.classes[i]!, kindNames[cells.kinds[i]!], cells.roles[i]!, cells.transmitters[i]!],
        ...[cells.ganglia?.[i] ?? '', cells.modalities?.[i] ?? [], place(i)],
      ])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    chemical: Array.from(chemical.pre, (pre, k) =>
      JSON.stringify([ids[pre], ids[chemical.post[k]!], chemical.weight[k], signCode(chemical.sign[k]!)]),
    ).sort(),
    gap: Array.from(gap.a, (a, k) =>
      JSON.stringify([...[ids[a]!, ids[gap.b[k]!]!].sort(), gap.weight[k]]),
    ).sort(),
  };
}

const oddNames = [
  ...[
    'A&B',
    '<a>',
    '&lt;',
    '"',
    'say "x"',
    "'",
    'a,b',
    'a;b',
    '007',
    '7',
    '=1+1',
    '-',
    '+',
    '#text',
    '*',
    'a*b',
    'a b',
  ],
  ...[
    'KC\u03b1',
    'Zo\u00eb',
    '\u{1F9E0}',
    '\u795e\u7d4c',
    'exc[0]',
    '../x/0/c',
    'A/B',
    '__proto__',
    'constructor',
  ],
  ...[
    'a\tb',
    'two\nlines',
    'c\r\nd',
    'cell_0',
    'cell_1',
    'cell_0_',
    ']]>',
    '<!--',
    '&#65;',
    'null',
    'true',
    'pre',
    'id',
  ],
];
const name = fc.oneof(
  fc.constantFrom(...oddNames),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .map((text) => text.normalize('NFC').trim())
    // Readers refuse U+FFFD: it stands for a character that was lost.
    .filter((text) => text !== '' && !/[\p{Default_Ignorable_Code_Point}\p{Cc}\s\ufffd]/u.test(text)),
);
const word = fc.constantFrom('', 'head', 'a & b', 'tail, left');

const anyConnectome: fc.Arbitrary<Connectome> = fc
  .uniqueArray(name, { minLength: 2, maxLength: 7, selector: (text) => text.replace(/\s+/g, ' ') })
  .chain((names) => {
    const ids = [...names].sort();
    const cell = fc.nat(ids.length - 1);
    const weight = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 0.1, 2.5, 1e-7, 123456.789));
    const pairs = (minLength: number, undirected: boolean) =>
      fc.uniqueArray(fc.tuple(cell, cell, weight, fc.constantFrom(-1, 0, 1)), {
        ...{ minLength, maxLength: 12 },
        selector: ([a, b]) => (undirected ? `${Math.min(a, b)} ${Math.max(a, b)}` : `${a} ${b}`),
      });
    const one = fc.record({
      class: fc.constantFrom('X', 'Y & Z', 'class, odd'),
      kind: fc.constantFrom<CellKind>('n', 'm', 'o'),
      role: fc.constantFrom('', 's', 'i', 'm', 'si', 'sim'),
      transmitters: fc.subarray(['5HT', 'ACh', 'GABA']),
      ganglion: word,
      modalities: fc.subarray(['odour', 'touch & pain']),
      at: fc.option(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, -1e-7, 0), fc.nat(3)), {
        nil: [null, null, null],
      }),
    });
    return fc
      .tuple(fc.array(one, { minLength: ids.length, maxLength: ids.length }), pairs(1, false), pairs(0, true))
      .map(([cells, synapses, junctions]) => {
        const sorted = synapses.sort(([a, b], [c, d]) => a - c || b - d);
        const ordered = junctions
          .map(([a, b, w]) => [Math.min(a, b), Math.max(a, b), w] as const)
          .sort(([a, b], [c, d]) => a - c || b - d);
        return connectomeFromTable(
          {
            format: 'connectome-table/1',
            ...{
              id: 'any',
              species: 'none',
              sex: 'none',
              stage: 'none',
              weightUnit: 'arbitrary',
              sources: [],
            },
            ...{ licence: { statement: 'none' }, citation: ['none'] },
            cells: {
              columns: [
                'id',
                'class',
                'kind',
                'role',
                'transmitters',
                'ganglion',
                'x',
                'y',
                'z',
                'modalities',
              ],
              rows: cells.map((each, i) => [
                ...[ids[i]!, each.class, each.kind, each.role, each.transmitters.join('+'), each.ganglion],
                ...each.at,
                each.modalities.join('+'),
              ]),
            },
            chemical: {
              pre: sorted.map(([pre]) => pre),
              post: sorted.map(([, post]) => post),
              weight: sorted.map(([, , w]) => w),
              sign: sorted.map(([, , w, sign]) => signCode(w === 0 ? 0 : sign)).join(''),
              signBasis: sorted.map(([, , w, sign]) => (w > 0 && sign !== 0 ? 's' : 'u')).join(''),
              signBasisLegend: { s: 'stated', u: 'not known' },
            },
            gap: {
              a: ordered.map(([a]) => a),
              b: ordered.map(([, b]) => b),
              weight: ordered.map(([, , w]) => w),
            },
          },
          'any',
        );
      });
  });

describe.each(Object.keys(exporters) as ExporterName[])('what is exported to %s comes back', (format) => {
  it('from any connectome, whatever its cells are called', () => {
    fc.assert(
      fc.property(anyConnectome, (connectome) => {
        expect(content(thereAndBack(connectome, format).back)).toEqual(content(connectome));
      }),
      { numRuns: 150 },
    );
  });

  it.each(connectomeNames())('from %s', (shipped) => {
    const connectome = loadConnectome(shipped);
    const { back, notices } = thereAndBack(connectome, format);
    const [found, expected] = [content(back), content(connectome)];
    expect(found.cells).toEqual(expected.cells);
    expect(found.gap).toEqual(expected.gap);
    // Compared as one text: a difference between thousands of lines is costly to word.
    expect(found.chemical.join('\n') === expected.chemical.join('\n')).toBe(true);
    expect(
      notices.filter((text) => !/sign is not known|columns that were not read: 1 \("basis"\)/.test(text)),
    ).toEqual([]);
  });

  it('from the worm with its signs and kinds', () => {
    const { back } = thereAndBack(loadConnectome('c-elegans-cook-2019'), format);
    const { counts, ok } = checkConnectome(back);
    expect(ok).toBe(true);
    expect(counts).toMatchObject({
      neurons: 302,
      muscles: 95,
      others: 76,
      chemicalPairs: 4879,
      negative: 688,
      unknownSign: 625,
    });
    expect(counts.chemicalPairs - counts.negative - counts.unknownSign - counts.zero).toBe(3566);
  });
});

it('what a format does not hold is told', () => {
  const connectome = loadConnectome('c-elegans-cook-2019');
  expect(notExported(connectome, 'json')).toEqual([]);
  for (const format of ['csv', 'graphml', 'neuroml'] as const) {
    expect(notExported(connectome, format)).toEqual([
      'modulators, their release and receptors (4)',
      expect.stringMatching(/^other names of cells \(\d+\)$/),
      'published weights of capped gap junctions (12)',
      'codes of what signs rest on (4)',
    ]);
  }
  expect(notExported(loadConnectome('c-elegans-varshney-2011'), 'json')).toEqual([]);
});

it('a name that XML cannot hold is refused by name rather than written', () => {
  const connectome = loadConnectome('c-elegans-varshney-2011');
  const ids = connectome.cells.ids.map((id, i) => (i === 3 ? 'A\u0001' : id));
  const odd = { ...connectome, cells: { ...connectome.cells, ids } };
  for (const format of ['graphml', 'neuroml'] as const) {
    expect(() => exporters[format].write(odd)).toThrow(UsageError);
    expect(() => exporters[format].write(odd)).toThrow('"A\\u0001" holds U+0001, which XML cannot');
  }
});
