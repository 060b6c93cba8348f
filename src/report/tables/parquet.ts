import type { ColumnSource } from 'hyparquet-writer';
import type { Column, Table } from '../../inspect/tables/table.js';

function source(column: Column): ColumnSource {
  const { name } = column;
  // Plain, because a dictionary takes -0 for 0.
  switch (column.type) {
    case 'text':
      return { name, data: column.values, type: 'STRING', nullable: false };
    case 'bool':
      return { name, data: Array.from(column.values, Boolean), type: 'BOOLEAN', nullable: false };
    case 'int':
      return { name, data: column.values, type: 'INT32', nullable: false, encoding: 'PLAIN' };
    case 'float':
      return { name, data: column.values, type: 'DOUBLE', nullable: false, encoding: 'PLAIN' };
  }
}

/** A table as Apache Parquet; columns of a matrix stand last, by their names. */
export async function parquetBytes({ rows, columns, matrix }: Table): Promise<Uint8Array> {
  // No other command is to wait for the library.
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const names = matrix?.columns ?? [];
  const ofMatrix = names.map((name, i): Column => {
    const values = Float64Array.from({ length: rows }, (_, row) => matrix!.values[row * names.length + i]!);
    return { name, type: 'float', values };
  });
  const columnData = [...columns, ...ofMatrix].map(source);
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'baldwin', rowGroupSize: 100_000 }));
}
