import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { type Column, joined, type Table } from '../../src/inspect/tables/table.js';
import { tableFormats } from '../../src/report/tables/formats.js';

const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2),
);
const words = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'a,b', '"', 'two\nlines', 'ä', '👾', '-0', 'NaN'),
);

const tables: fc.Arbitrary<Table> = fc.integer({ min: 0, max: 7 }).chain((rows) => {
  const of = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: rows, maxLength: rows });
  return fc
    .tuple(
      ...([of(numbers), of(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), of(fc.boolean())] as const),
      of(words.filter((text) => !text.includes('\0'))),
      of(fc.tuple(numbers, numbers)),
    )
    .map(
      ([float, int, bool, text, matrix]): Table => ({
        name: 'some',
        rows,
        columns: [
          { name: 'float', type: 'float', values: Float64Array.from(float) },
          { name: 'int', type: 'int', values: Int32Array.from(int) },
          { name: 'bool', type: 'bool', values: Uint8Array.from(bool, Number) },
          { name: 'a "text", too', type: 'text', values: text },
        ],
        matrix: { name: 'genome', columns: ['AVAL->DA1', 'b'], values: Float64Array.from(matrix.flat()) },
      }),
    );
});

/** What a reader is to find in each column, by name. */
function expected({ columns, matrix }: Table): Record<string, unknown[]> {
  const own = columns.map(({ name, type, values }) => [
    name,
    type === 'bool' ? Array.from(values, Boolean) : Array.from<unknown>(values),
  ]);
  const width = matrix?.columns.length ?? 0;
  const ofMatrix = (matrix?.columns ?? []).map((name, i) => [
    name,
    [...matrix!.values].filter((_, at) => at % width === i),
  ]);
  return Object.fromEntries([...own, ...ofMatrix]);
}

/** Files of a ZIP archive, found as readers do: by the list at its end. */
function unzipped(bytes: Uint8Array): Map<string, Buffer> {
  const all = Buffer.from(bytes);
  const end = all.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, Buffer>();
  let at = all.readUInt32LE(end + 16);
  for (let i = 0; i < all.readUInt16LE(end + 10); i++) {
    expect(all.readUInt32LE(at)).toBe(0x02014b50);
    const [size, length, header] = [
      all.readUInt32LE(at + 24),
      all.readUInt16LE(at + 28),
      all.readUInt32LE(at + 42),
    ];
    const name = all.toString('utf8', at + 46, at + 46 + length);
    const data = all.subarray(header + 30 + length, header + 30 + length + size);
    expect(all.readUInt32LE(header)).toBe(0x04034b50);
    expect(all.readUInt32LE(header + 14)).toBe(crc32(data));
    files.set(name, data);
    at += 46 + length;
  }
  return files;
}

/** An array of NumPy, by what its header says. */
function npyValues(bytes: Buffer): { shape: number[]; values: unknown[] } {
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
  const start = 10 + bytes.readUInt16LE(8);
  expect(start % 64).toBe(0);
  const header = bytes.toString('latin1', 10, start);
  const [, type, dimensions] = /^\{'descr': '(.+)', 'fortran_order': False, 'shape': \((.*)\), \} *\n$/.exec(
    header,
  )!;
  const shape = dimensions!
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  const at = (i: number, width: number) => start + i * width;
  const width = Number(/U(\d+)/.exec(type!)?.[1]);
  const value = (i: number): unknown => {
    if (type === '<f8') return bytes.readDoubleLE(at(i, 8));
    if (type === '<i4') return bytes.readInt32LE(at(i, 4));
    if (type === '|b1') return bytes[at(i, 1)] === 1;
    const points = Array.from({ length: width }, (_, k) => bytes.readUInt32LE(at(i, 4 * width) + 4 * k));
    return String.fromCodePoint(...points.filter((point) => point > 0));
  };
  return { shape, values: Array.from({ length: count }, (_, i) => value(i)) };
}

/** Rows of comma-separated text, as RFC 4180 has them. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

const ofCsv = { '': Number.NaN, inf: Infinity, '-inf': -Infinity } as Record<string, number>;

describe('a table', () => {
  it('is read from Parquet to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const { buffer } = await tableFormats.parquet.bytes(table);
        const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
        for (const [name, values] of Object.entries(expected(table))) {
          expect(rows.map((row) => row[name])).toEqual(values);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is read from NumPy arrays to the bit', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const files = unzipped(tableFormats.npz.bytes(table));
        for (const { name, type, values } of table.columns) {
          const found = npyValues(files.get(`${name}.npy`)!);
          expect(found.shape).toEqual([table.rows]);
          expect(found.values).toEqual(type === 'bool' ? Array.from(values, Boolean) : [...values]);
        }
        const { shape, values } = npyValues(files.get('genome.npy')!);
        expect(shape).toEqual([table.rows, 2]);
        expect(values).toEqual([...table.matrix!.values]);
        expect(npyValues(files.get('genome.columns.npy')!).values).toEqual(table.matrix!.columns);
      }),
    );
  });

  it('is read from comma-separated text to the bit', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [heads, ...rows] = csvRows(Buffer.from(tableFormats.csv.bytes(table)).toString());
        const wanted = expected(table);
        expect(heads).toEqual(Object.keys(wanted));
        heads!.forEach((name, i) => {
          const texts = rows.map((row) => row[i]!);
          const isText = name === 'a "text", too';
          const values = texts.map((text) => {
            if (isText) return text;
            if (name === 'bool') return text === 'True';
            return ofCsv[text] ?? Number(text);
          });
          expect(values).toEqual(wanted[name]);
        });
      }),
    );
  });

  it('gives the same bytes each time', async () => {
    const [table] = fc.sample(tables, { numRuns: 1, seed: 1 });
    for (const { bytes } of Object.values(tableFormats)) {
      const first = await bytes(table!);
      expect(first.length).toBeGreaterThan(0);
      expect(await bytes(table!)).toEqual(first);
    }
  });
});

describe('tables of several runs', () => {
  const table = (run: string, extra: Column[], names: string[]): Table => ({
    name: 'elites',
    rows: 2,
    columns: [{ name: 'run', type: 'text', values: [run, run] }, ...extra],
    matrix: {
      name: 'genome',
      columns: names,
      values: Float64Array.from({ length: 2 * names.length }, (_, i) => i),
    },
  });

  it('are one under the other, and what one lacks is missing there', () => {
    const step: Column = { name: 'step', type: 'int', values: Int32Array.of(3, 4) };
    const both = joined([table('a', [step], ['x', 'y']), table('b', [], ['z', 'y'])]);
    expect(both.rows).toBe(4);
    expect(both.columns).toEqual([
      { name: 'run', type: 'text', values: ['a', 'a', 'b', 'b'] },
      { name: 'step', type: 'float', values: Float64Array.of(3, 4, NaN, NaN) },
    ]);
    expect(both.matrix!.columns).toEqual(['x', 'y', 'z']);
    expect([...both.matrix!.values]).toEqual([0, 1, NaN, 2, 3, NaN, NaN, 1, 0, NaN, 3, 2]);
    const same = joined([table('a', [step], ['x']), table('b', [step], ['x'])]);
    expect(same.columns[1]).toEqual({ name: 'step', type: 'int', values: Int32Array.of(3, 4, 3, 4) });
  });
});
