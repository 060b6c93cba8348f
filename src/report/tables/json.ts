import type { Table } from '../../inspect/tables/table.js';

/** JSON has no numbers beyond the finite: these, and what is missing, are null. */
const valuesOf = (values: ArrayLike<number | string>): (number | string | null)[] =>
  Array.from(values, (value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value));

/** A list of values a column, and of a matrix a list a row. */
export function jsonBytes({ name, rows, columns, matrix }: Table): Uint8Array {
  const width = matrix?.columns.length ?? 0;
  const value = {
    table: name,
    rows,
    columns: Object.fromEntries(
      columns.map(({ name: column, type, values }) => [
        column,
        type === 'bool' ? Array.from(values, Boolean) : valuesOf(values),
      ]),
    ),
    ...(matrix
      ? {
          [matrix.name]: {
            columns: matrix.columns,
            values: Array.from({ length: rows }, (_, row) =>
              valuesOf(matrix.values.subarray(row * width, (row + 1) * width)),
            ),
          },
        }
      : {}),
  };
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
