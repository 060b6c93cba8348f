import type { z } from 'zod';
import { suggest, UsageError } from './errors.js';

/** Where a value came from, for messages. */
export interface Origin {
  /** A file's path, or words such as "command line". */
  source: string;
  /** Where in the source the value stands; the whole of it where absent. */
  at?: readonly PropertyKey[];
}

/** `a.b[2].c` for a path of keys. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text === '' ? '(top level)' : text;
}

/** A short form of a value for an error message. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  let text: string;
  try {
    text = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value));
  } catch {
    // Nested too deeply for the engine's own printer.
    return Array.isArray(value) ? 'a list' : 'an object';
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  nonoptional: 'a value',
};

function expectation(issue: Issue): string {
  const told = issue.message.replace(/^Invalid input: /, '').replace(/^expected /, '');
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? `a ${issue.expected}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`
        : `at least ${issue.minimum} ${issue.origin === 'string' ? 'character(s)' : 'item(s)'}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`
        : `at most ${issue.maximum} ${issue.origin === 'string' ? 'character(s)' : 'item(s)'}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      // A schema may say in its own words what it wants.
      if (!told.startsWith('Invalid ')) return told;
      return issue.format === 'regex' ? `text that matches ${issue.pattern}` : `a valid ${issue.format}`;
    case 'invalid_key':
      return 'a field name that is allowed here';
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((errors) => errors.slice(0, 1).map(expectation)))].join(' or ');
    default:
      return told;
  }
}

const oneOf = (values: readonly unknown[]) =>
  values.length === 1 ? describeValue(values[0]) : `one of ${values.map(describeValue).join(', ')}`;

/** What is read of a schema's inside. */
interface Node {
  shape?: Record<string, unknown>;
  element?: unknown;
  def?: {
    type?: string;
    innerType?: unknown;
    /** Of a schema that is made when it is first needed. */
    getter?: () => unknown;
    in?: unknown;
    out?: unknown;
    items?: readonly unknown[];
    options?: readonly unknown[];
    valueType?: unknown;
    values?: readonly unknown[];
    entries?: Record<string, unknown>;
    discriminator?: string;
  };
}

/** A schema without its defaults, optionality and conversions. */
function unwrap(schema: unknown): Node {
  let node = schema as Node;
  for (let depth = 0; depth < 10; depth++) {
    const { type, innerType, getter, in: input, out } = node.def ?? {};
    const inner =
      innerType ??
      getter?.() ??
      (type !== 'pipe' ? undefined : (input as Node).def?.type === 'transform' ? out : input);
    if (inner === undefined) break;
    node = inner as Node;
  }
  return node;
}

const field = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

/** Of a union, the object schemas whose constant fields are those of the value; of anything else, itself. */
function alternatives(schema: unknown, value: unknown): Node[] {
  const node = unwrap(schema);
  if (node.def?.type !== 'union') return [node];
  return (node.def.options ?? [])
    .flatMap((option) => alternatives(option, value))
    .filter(({ shape }) =>
      Object.entries(shape ?? {}).every(([key, part]) => {
        const { type, values } = unwrap(part).def ?? {};
        return type !== 'literal' || values?.includes(field(value, key));
      }),
    );
}

/** What of a schema is meant for the part of `value` at `path`. */
function schemasAt(schema: unknown, path: readonly PropertyKey[], value: unknown): Node[] {
  const [key, ...rest] = path;
  if (key === undefined) return [unwrap(schema)];
  return alternatives(schema, value)
    .map(({ shape, element, def }) =>
      typeof key === 'number' ? (element ?? def?.items?.[key]) : (shape?.[String(key)] ?? def?.valueType),
    )
    .filter((part) => part !== undefined)
    .flatMap((part) => schemasAt(part, rest, field(value, key)));
}

/** The data that was checked. */
interface Checked {
  schema: z.ZodType;
  value: unknown;
  at: readonly PropertyKey[];
}

/** The field names an object schema allows at `path`; empty where it cannot be told. */
function allowedKeys({ schema, value }: Checked, path: readonly PropertyKey[]): string[] {
  const found = path.reduce(field, value);
  const nodes = schemasAt(schema, path, value).flatMap((node) => alternatives(node, found));
  return [...new Set(nodes.flatMap(({ shape }) => Object.keys(shape ?? {})))];
}

/** The values that tell the alternatives of the union around `path` apart. */
function discriminatorValues({ schema, value }: Checked, path: readonly PropertyKey[]): unknown[] {
  const name = String(path.at(-1));
  return schemasAt(schema, path.slice(0, -1), value)
    .flatMap(({ def }) => def?.options ?? [])
    .flatMap((option) => {
      const { values, entries } = unwrap(unwrap(option).shape?.[name] ?? {}).def ?? {};
      return values ?? Object.values(entries ?? {});
    });
}

/** What to say of a field that another alternative has than the one that was chosen, or that is taken by default. */
function elsewhere({ schema, value, at }: Checked, path: readonly PropertyKey[]): string {
  const choice = schemasAt(schema, path, value).find(({ def }) => def?.discriminator !== undefined);
  const name = choice?.def?.discriminator;
  if (name === undefined) return 'does not go with the other fields here. Remove it.';
  const chosen = field(path.reduce(field, value), name);
  const now = chosen === undefined ? 'is left out' : `is ${describeValue(chosen)}`;
  return `does not go with "${name}", which ${now}. Choose another in ${formatPath([...at, ...path, name])}, or remove this.`;
}

/** How far into the data a fault lies: an object with an unknown field was at least the right kind of thing. */
const reach = (errors: readonly Issue[]) =>
  Math.max(0, ...errors.map(({ code, path }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));

function issueLines(issue: Issue, checked: Checked): string[] {
  const line = (key: readonly PropertyKey[], text: string) =>
    `  ${formatPath([...checked.at, ...issue.path, ...key])}: ${text}`;
  if (issue.code === 'unrecognized_keys') {
    const known = allowedKeys(checked, issue.path);
    return issue.keys.map((key) => {
      if (known.includes(key)) return line([key], elsewhere(checked, issue.path));
      return line([key], `unknown field. ${known.length > 0 ? suggest(key, known) : 'Remove it.'}`);
    });
  }
  if (issue.code === 'custom') {
    const { message } = issue;
    const given = issue.path.reduce(field, checked.value);
    const isTold = !message.startsWith('expected') || message.includes('found');
    if (isTold || !['string', 'number', 'boolean'].includes(typeof given)) return [line([], message)];
    return [line([], `${message.replace(/\.$/, '')}; found ${describeValue(given)}.`)];
  }
  const mismatch = (expected: string, found: unknown, names: readonly unknown[] = []) => {
    const near = typeof found === 'string' && names.length > 0 ? ` ${suggest(found, names.map(String))}` : '';
    return [line([], `expected ${expected}, found ${describeValue(found)}.${near}`)];
  };
  if (issue.code === 'invalid_union') {
    if (issue.errors.length === 0) {
      const names = discriminatorValues(checked, issue.path);
      return mismatch(oneOf(names), field(issue.input, issue.path.at(-1)!), names);
    }
    // A union that failed inside one alternative is best told by the alternative that came furthest.
    const furthest = [...issue.errors].sort((a, b) => reach(b) - reach(a) || a.length - b.length)[0]!;
    if (reach(furthest) > 0) {
      return furthest.flatMap((inner) =>
        issueLines({ ...inner, path: [...issue.path, ...inner.path] } as Issue, checked),
      );
    }
    const names = issue.errors
      .flat()
      .flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
    return mismatch(expectation(issue), issue.input, names);
  }
  return mismatch(expectation(issue), issue.input, issue.code === 'invalid_value' ? issue.values : []);
}

function check<S extends z.ZodType>(schema: S, value: unknown, { source, at = [] }: Origin, what: string) {
  try {
    return schema.safeParse(value, { reportInput: true });
  } catch (error) {
    // The engine's stack ends before values nested thousands deep do.
    if (!(error instanceof RangeError)) throw error;
    const message = `${source}: not a valid ${what}.\n  ${formatPath(at)}: too deeply nested.`;
    throw new UsageError(message, { cause: error });
  }
}

/**
 * Checks data at the edge, once. Returns the parsed value (defaults filled in) or throws a {@link UsageError} that
 * lists, for every fault, the field's path, what was expected and what was found.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  origin: Origin,
  what: string,
): z.output<S> {
  const result = check(schema, value, origin, what);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) =>
    issueLines(issue, { schema, value, at: origin.at ?? [] }),
  );
  const most = 12;
  const shown = lines.slice(0, most);
  if (lines.length > most) shown.push(`  … and ${lines.length - most} more`);
  throw new UsageError(`${origin.source}: not a valid ${what}.\n${shown.join('\n')}`);
}
