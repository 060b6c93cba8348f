import type { Table } from '../../inspect/tables/table.js';
import { csvBytes } from './csv.js';
import { jsonBytes } from './json.js';
import { npzBytes } from './npz.js';
import { parquetBytes } from './parquet.js';

/** How tables are written, by the ending of their files. The same table always gives the same bytes. */
export const tableFormats = {
  csv: { summary: 'text for any program', bytes: csvBytes },
  json: { summary: 'a list of values a column, for any language', bytes: jsonBytes },
  parquet: { summary: 'typed columns, compressed: pandas, R, Arrow', bytes: parquetBytes },
  npz: { summary: 'arrays by name: NumPy', bytes: npzBytes },
} as const satisfies Record<
  string,
  { summary: string; bytes(table: Table): Uint8Array | Promise<Uint8Array> }
>;

export type TableFormat = keyof typeof tableFormats;
