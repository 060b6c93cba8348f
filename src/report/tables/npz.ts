import type { Column, Table } from '../../inspect/tables/table.js';
import { zipBytes } from './zip.js';

/** An array with its header: format 1.0 of NumPy's `.npy` (NEP 1). */
function npy(type: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  // Magic, version and length take 10 bytes; the data begins at a multiple of 64.
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11);
  const head = Buffer.alloc(10);
  head.set([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  head.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([head, Buffer.from(`${padded}\n`, 'latin1'), data]);
}

/** The bytes of numbers, little-endian as on every machine that Node runs on. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array | Uint8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Words as NumPy keeps them: all of one width, in UTF-32. */
function words(values: readonly string[]): Uint8Array {
  // Few words stand in many rows.
  const points = new Map<string, number[]>();
  for (const text of values) {
    if (!points.has(text))
      points.set(
        text,
        Array.from(text, (character) => character.codePointAt(0)!),
      );
  }
  const width = [...points.values()].reduce((most, { length }) => Math.max(most, length), 1);
  const data = new Int32Array(width * values.length);
  for (const [i, text] of values.entries()) data.set(points.get(text)!, i * width);
  return npy(`<U${width}`, [values.length], bytesOf(data));
}

function columnArray(column: Column): Uint8Array {
  switch (column.type) {
    case 'text':
      return words(column.values);
    case 'bool':
      return npy('|b1', [column.values.length], bytesOf(column.values));
    case 'int':
      return npy('<i4', [column.values.length], bytesOf(column.values));
    case 'float':
      return npy('<f8', [column.values.length], bytesOf(column.values));
  }
}

/** A table as arrays by name: one a column; a matrix as `[rows, columns]`, with what its columns are in `NAME.columns`. */
export function npzBytes({ rows, columns, matrix }: Table): Uint8Array {
  const entries = columns.map((column) => ({ name: `${column.name}.npy`, data: columnArray(column) }));
  if (matrix) {
    const { name, columns: names, values } = matrix;
    entries.push(
      { name: `${name}.npy`, data: npy('<f8', [rows, names.length], bytesOf(values)) },
      { name: `${name}.columns.npy`, data: words(names) },
    );
  }
  return zipBytes(entries);
}

/** Arrays by name, each `[values]` or of its shape. */
export const npzArrays = (
  arrays: readonly {
    name: string;
    values: Float64Array | Int32Array;
    shape?: readonly [rows: number, columns: number];
  }[],
): Uint8Array =>
  zipBytes(
    arrays.map(({ name, values, shape }) => ({
      name: `${name}.npy`,
      data: npy(values instanceof Float64Array ? '<f8' : '<i4', shape ?? [values.length], bytesOf(values)),
    })),
  );
