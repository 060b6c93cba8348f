import pc from 'picocolors';

import { count } from '../figure/theme.js';
import { numericColumns } from '../report/numbers.js';

export { count } from '../figure/theme.js';
export { figure, figuresThatCount } from '../report/numbers.js';

/** One JSON document on stdout, and nothing else there. */
export function printJson(value: unknown): void {
  // JSON has no NaN or infinity: what could not be scored stands as null.
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A number with its word, such as 1 run, 2 runs. */
export const counted = (n: number, word: string): string => `${count(n)} ${word}${n === 1 ? '' : 's'}`;

/** Progress and notices, apart from results. */
export function notice(text: string): void {
  process.stderr.write(`${text}\n`);
}

export const heading = (text: string) => pc.bold(text);
export const faint = (text: string) => pc.dim(text);

/** Columns padded to their widest cell; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const numeric = numericColumns(headings, rows);
  const width = headings.map((text, column) =>
    Math.max(text.length, ...cells.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(width[column]!) : cell.padEnd(width[column]!)))
      .join('  ')
      .trimEnd();
  return [heading(line(headings)), ...cells.map(line)].join('\n');
}

/** Named values, one a line. */
export function fields(pairs: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${faint(name.padEnd(width))}  ${value}`).join('\n');
}
