import { z } from 'zod';
import { type ConnectomeTable, tableSchema } from './schema.js';

const shortLine = 90;

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** JSON text: lists of numbers, rows of cells and short lists keep to one line; everything else gets a line an entry. */
export function compactJson(value: unknown, indent = '', inList = false): string {
  if (isScalar(value)) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number')) return JSON.stringify(value);
    const compact = `[${value.map((item) => (isScalar(item) ? JSON.stringify(item) : '')).join(',')}]`;
    const onOneLine = value.every(isScalar) && (inList || compact.length <= shortLine);
    if (onOneLine) return compact;
    return `[\n${value.map((item) => deeper + compactJson(item, deeper, true)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value as object).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, item]) => `${deeper}${JSON.stringify(key)}: ${compactJson(item, deeper, false)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function byName<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The text of a table file: the same for the same table, fields in the schema's order, one cell a line, one line
 * for each column of connections.
 */
export function formatTable(table: ConnectomeTable): string {
  const ordered = tableSchema.parse(table);
  const { chemical, gap } = ordered;
  if (ordered.aliases !== undefined) ordered.aliases = byName(ordered.aliases);
  if (chemical.signBasisLegend !== undefined) chemical.signBasisLegend = byName(chemical.signBasisLegend);
  if (gap?.flagLegend !== undefined) gap.flagLegend = byName(gap.flagLegend);
  return `${compactJson(ordered, '', false)}\n`;
}

/** The text of `connectomes/schema.json`, for editors. */
export function formatTableSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(tableSchema, { io: 'input' }), null, 2)}\n`;
}
