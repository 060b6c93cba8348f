import { distance } from 'fastest-levenshtein';

/**
 * Something the user can put right: wrong input, a missing file, a damaged run. The message is complete on its
 * own (what, where, expected, found, what to do); the CLI prints it without a stack and leaves with `exitCode`.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** 1: the work failed. 2: what was asked for is wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Wrong usage: an unknown name, a wrong type or range, a missing file. Exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { ...options, exitCode: 2 });
  }
}

/** Up to `most` names of `known` that resemble `name`, nearest first. */
export function nearestNames(name: string, known: readonly string[], most = 3): string[] {
  const wanted = name.toLowerCase();
  return known
    .map((candidate) => {
      const lower = candidate.toLowerCase();
      // A letter or two are part of almost any name.
      const contained =
        Math.min(wanted.length, lower.length) > 2 && (lower.includes(wanted) || wanted.includes(lower));
      const edits = distance(wanted, lower);
      return { candidate, contained, edits, length: candidate.length };
    })
    .filter(
      ({ contained, edits, length }) =>
        contained || edits <= Math.max(2, Math.ceil(Math.max(length, wanted.length) / 3)),
    )
    .sort(
      (a, b) =>
        Number(b.contained) - Number(a.contained) ||
        a.edits - b.edits ||
        (a.candidate < b.candidate ? -1 : 1),
    )
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** "Did you mean …?" where something is near, otherwise the whole list (shortened when it is long). */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known);
  if (near.length > 0) return `Did you mean ${near.map((n) => `"${n}"`).join(' or ')}?`;
  if (known.length === 0) return 'There is none to choose from.';
  const shown = known.slice(0, 20).join(', ');
  return `Choose one of: ${shown}${known.length > 20 ? `, … (${known.length} in all)` : ''}.`;
}

/** The entry of a literal table, or a usage error that names the nearest entries. */
export function entryOf<T extends Record<string, unknown>>(
  table: T,
  name: string,
  what: string,
  hint = '',
): T[keyof T] {
  if (Object.hasOwn(table, name)) return table[name as keyof T];
  throw new UsageError(`Unknown ${what} "${name}". ${suggest(name, Object.keys(table))}${hint}`);
}
