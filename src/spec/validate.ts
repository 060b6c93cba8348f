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

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`
        : `at least ${issue.minimum} ${issue.origin === 'string' ? 'character(s)' : 'item(s)'}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`
        : `at most ${issue.maximum} ${issue.origin === 'string' ? 'character(s)' : 'item(s)'}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? describeValue(issue.values[0])
        : `one of ${issue.values.map((v) => describeValue(v)).join(', ')}`;
    case 'invalid_union':
      return 'discriminator' in issue && issue.discriminator
        ? `a known "${String(issue.discriminator)}"`
        : 'a value of one of the allowed forms';
    default:
      return issue.message.replace(/^Invalid input: /, '').replace(/^expected /, '');
  }
}

/** The field names a (possibly wrapped) object schema allows at `path`; empty where it cannot be told. */
function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  const unwrap = (s: unknown): unknown => {
    let inner = s;
    for (let depth = 0; depth < 10; depth++) {
      const def = (inner as { def?: { type?: string; innerType?: unknown; in?: unknown } } | undefined)?.def;
      if (def?.innerType !== undefined) inner = def.innerType;
      else if (def?.type === 'pipe' && def.in !== undefined) inner = def.in;
      else break;
    }
    return inner;
  };
  for (const key of path) {
    const node = unwrap(current) as { shape?: Record<string, unknown>; element?: unknown };
    current = typeof key === 'number' ? node?.element : node?.shape?.[String(key)];
  }
  const shape = (unwrap(current) as { shape?: Record<string, unknown> } | undefined)?.shape;
  return shape ? Object.keys(shape) : [];
}

function issueLines(issue: Issue, schema: z.ZodType, at: readonly PropertyKey[]): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = allowedKeys(schema, issue.path);
    return issue.keys.map(
      (key) =>
        `  ${formatPath([...at, ...issue.path, key])}: unknown field. ${known.length > 0 ? suggest(key, known) : 'Remove it.'}`,
    );
  }
  // A union that failed inside one alternative is best told by the alternative that came furthest.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (errors: Issue[]) => Math.max(0, ...errors.map((e) => e.path.length));
    const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    if (deepest && depth(deepest) > 0) {
      return deepest.flatMap((inner) =>
        issueLines({ ...inner, path: [...issue.path, ...inner.path] } as Issue, schema, at),
      );
    }
  }
  const found = issue.input;
  const where = formatPath([...at, ...issue.path]);
  const names =
    issue.code === 'invalid_value' && typeof found === 'string'
      ? ` ${suggest(found, issue.values.map(String))}`
      : '';
  if (issue.code === 'custom') return [`  ${where}: ${issue.message}`];
  return [`  ${where}: expected ${expectation(issue)}, found ${describeValue(found)}.${names}`];
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
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => issueLines(issue, schema, origin.at ?? []));
  const most = 12;
  const shown = lines.slice(0, most);
  if (lines.length > most) shown.push(`  … and ${lines.length - most} more`);
  throw new UsageError(`${origin.source}: not a valid ${what}.\n${shown.join('\n')}`);
}
