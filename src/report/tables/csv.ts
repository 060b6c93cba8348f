import type { Column, Table } from '../../inspect/tables/table.js';

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A number whose text gives the same number back, to the bit; missing is empty. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function cellText({ type, values }: Column): (row: number) => string {
  switch (type) {
    case 'text':
      return (row) => quoted(values[row]!);
    case 'bool':
      return (row) => (values[row] ? 'True' : 'False');
    default:
      return (row) => numberText(values[row]!);
  }
}

/** Rows that become bytes together, so that no text is longer than texts may be. */
const rowsAtOnce = 10_000;

/** Comma-separated text (RFC 4180, with line feeds); columns of a matrix stand last, by their names. */
export function csvBytes({ rows, columns, matrix }: Table): Uint8Array {
  const heads = [...columns.map(({ name }) => name), ...(matrix?.columns ?? [])];
  const texts = columns.map(cellText);
  const width = matrix?.columns.length ?? 0;
  const parts = [Buffer.from(`${heads.map(quoted).join(',')}\n`)];
  // Wide rows are few at once.
  const step = Math.max(1, Math.floor(rowsAtOnce / (1 + heads.length / 10)));
  for (let from = 0; from < rows; from += step) {
    let text = '';
    for (let row = from; row < Math.min(rows, from + step); row++) {
      const cells = texts.map((of) => of(row));
      for (let i = 0; i < width; i++) cells.push(numberText(matrix!.values[row * width + i]!));
      text += `${cells.join(',')}\n`;
    }
    parts.push(Buffer.from(text));
  }
  return Buffer.concat(parts);
}
