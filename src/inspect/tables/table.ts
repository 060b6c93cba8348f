/** A column of a table: one value a row. What is missing is NaN among numbers and empty among words. */
export type Column = { name: string } & (
  | { type: 'float'; values: Float64Array }
  | { type: 'int'; values: Int32Array }
  | { type: 'bool'; values: Uint8Array }
  | { type: 'text'; values: string[] }
);

/** Columns of numbers that belong together, such as the genes of genomes. */
export interface Matrix {
  name: string;
  /** What the columns are, such as the names of genes; no two are the same. */
  columns: readonly string[];
  /** `[rows, columns]` row-major */
  values: Float64Array;
}

/** What other programs read: named columns of one length. */
export interface Table {
  /** The file's name, without its ending. */
  name: string;
  rows: number;
  columns: readonly Column[];
  matrix?: Matrix;
}

export type Cell = number | boolean | string | null;

/** Whole numbers; those beyond 32 bits, such as large seeds, stand among floating-point numbers, which hold them exactly. */
const whole = (name: string, values: readonly number[]): Column =>
  values.every((value) => value === (value | 0))
    ? { name, type: 'int', values: Int32Array.from(values) }
    : { name, type: 'float', values: Float64Array.from(values) };

/** A column from values as they are at hand; null is what is missing. */
export function column(name: string, type: Column['type'], values: readonly Cell[]): Column {
  switch (type) {
    case 'float':
      return {
        name,
        type,
        values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
      };
    case 'int':
      return whole(name, values.map(Number));
    case 'bool':
      return { name, type, values: Uint8Array.from(values, Number) };
    case 'text':
      return { name, type, values: values.map((value) => (value === null ? '' : String(value))) };
  }
}

/** Columns with one value in every row, such as the name of the run that the rows are of. */
export const constant = (labels: Readonly<Record<string, string | number>>, rows: number): Column[] =>
  Object.entries(labels).map(([name, value]) =>
    typeof value === 'number'
      ? whole(name, Array<number>(rows).fill(value))
      : { name, type: 'text', values: Array<string>(rows).fill(value) },
  );

/** A column of all tables, one under the other; it may be of numbers in one and lack in another. */
function joinedColumn(name: string, type: Column['type'], tables: readonly Table[]): Column {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const joint = column(name, type, Array<Cell>(rows).fill(type === 'float' || type === 'text' ? null : 0));
  let at = 0;
  for (const table of tables) {
    const values = table.columns.find((of) => of.name === name)?.values ?? [];
    for (let row = 0; row < values.length; row++) joint.values[at + row] = values[row]!;
    at += table.rows;
  }
  return joint;
}

/** Matrices under each other: each column where all have it, NaN where one lacks it. */
function joinedMatrix(matrices: readonly Matrix[]): Matrix {
  const columns = [...new Set(matrices.flatMap((of) => of.columns))];
  const rowsOf = ({ values, columns: own }: Matrix) => (own.length > 0 ? values.length / own.length : 0);
  const rows = matrices.reduce((sum, matrix) => sum + rowsOf(matrix), 0);
  const values = new Float64Array(rows * columns.length).fill(Number.NaN);
  const place = new Map(columns.map((name, i) => [name, i]));
  let row = 0;
  for (const matrix of matrices) {
    const places = matrix.columns.map((name) => place.get(name)!);
    for (let own = 0; own < rowsOf(matrix); own++, row++) {
      for (let i = 0; i < places.length; i++) {
        values[row * columns.length + places[i]!] = matrix.values[own * places.length + i]!;
      }
    }
  }
  return { name: matrices[0]!.name, columns, values };
}

/** Tables of several runs as one, in their order. What some lack, such as a gene that others have, is missing there. */
export function joined(tables: readonly Table[]): Table {
  const [first] = tables;
  if (tables.length === 1) return first!;
  const types = new Map<string, Column['type']>();
  for (const { columns } of tables) for (const { name, type } of columns) types.set(name, type);
  const lacking = (name: string) => tables.some(({ columns }) => !columns.some((of) => of.name === name));
  return {
    name: first!.name,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    columns: [...types].map(([name, type]) =>
      // NaN is no whole number.
      joinedColumn(name, type !== 'text' && lacking(name) ? 'float' : type, tables),
    ),
    ...(first!.matrix ? { matrix: joinedMatrix(tables.map(({ matrix }) => matrix!)) } : {}),
  };
}
