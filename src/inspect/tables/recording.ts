import type { LifeRecording, RecordedQuantity } from '../recording.js';
import type { Table } from './table.js';

/** A column of a recording in words: the quantity, of which cell or synapse, and in which unit. */
export const recordedHead = ({ name, unit }: Pick<RecordedQuantity, 'name' | 'unit'>, label = ''): string =>
  `${name}${label === '' ? '' : `[${label}]`}${unit === '1' ? '' : ` (${unit})`}`;

/** A recording as a table: one row a sample, one column each cell or synapse of each quantity. */
export function recordingTable({ timesMs, quantities }: LifeRecording): Table {
  const rows = timesMs.length;
  const columns = quantities.flatMap((of) => of.labels.map((label) => recordedHead(of, label)));
  const values = new Float64Array(rows * columns.length);
  let first = 0;
  for (const { labels, values: own } of quantities) {
    const width = labels.length;
    for (let row = 0; row < rows; row++) {
      values.set(own.subarray(row * width, (row + 1) * width), row * columns.length + first);
    }
    first += width;
  }
  return {
    ...{ name: 'recording', rows },
    columns: [{ name: 'timeMs', type: 'float', values: timesMs }],
    matrix: { name: 'values', columns, values },
  };
}
