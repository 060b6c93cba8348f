import { z } from 'zod';
import { table } from './output.js';

interface Property {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  description?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  properties?: Record<string, Property>;
  anyOf?: Property[];
  oneOf?: Property[];
  items?: Property;
}

/** What a field may hold, in words. */
function rangeOf(property: Property): string {
  const alternatives = property.anyOf ?? property.oneOf;
  if (alternatives) return [...new Set(alternatives.map(rangeOf))].join(' or ');
  if (property.const !== undefined) return JSON.stringify(property.const);
  if (property.enum) return property.enum.map(String).join(', ');
  if (property.type === 'array') return `list of ${property.items ? rangeOf(property.items) : 'values'}`;
  if (property.type !== 'number' && property.type !== 'integer') return property.type ?? 'any';
  const bounds = [
    ...(property.minimum !== undefined && property.minimum > Number.MIN_SAFE_INTEGER
      ? [`at least ${property.minimum}`]
      : []),
    ...(property.exclusiveMinimum !== undefined ? [`above ${property.exclusiveMinimum}`] : []),
    ...(property.maximum !== undefined && property.maximum < Number.MAX_SAFE_INTEGER
      ? [`at most ${property.maximum}`]
      : []),
  ];
  return [property.type === 'integer' ? 'whole number' : 'number', ...bounds].join(' ');
}

const short = (value: unknown) => {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
};

function optionRows(properties: Record<string, Property>, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    if (property.properties) return optionRows(property.properties, `${path}.`);
    const kinds =
      (property.oneOf ?? property.anyOf)?.filter(({ properties: inner }) => inner !== undefined) ?? [];
    const nested = kinds.flatMap(({ properties: inner }) => {
      const { kind, ...rest } = inner!;
      const value = kind?.const === undefined ? '' : String(kind.const);
      return [
        ...(value === '' ? [] : [[`${path}.kind`, JSON.stringify(value), '', kind?.description ?? '']]),
        ...optionRows(rest, `${path}.`).map(([field, ...cells]) => [`${field}`, ...cells] as string[]),
      ];
    });
    if (nested.length > 0)
      return [[path, '', short(property.default), property.description ?? ''], ...nested];
    return [[path, rangeOf(property), short(property.default), property.description ?? '']];
  });
}

/** The options of a schema as a table: field, what it may hold, default, meaning. */
export function describeOptions(schema: z.ZodType, prefix: string): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Property;
  return table(['field', 'value', 'default', 'meaning'], optionRows(json.properties ?? {}, prefix));
}

export const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
