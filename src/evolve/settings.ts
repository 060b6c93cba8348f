import { UsageError } from '../spec/errors.js';

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * `over` laid on `base`, field by field. An alternative of another name or kind replaces the whole of it; numbers as
 * field names (`genes.0.signLock`) reach into an array.
 */
export function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isFields(over)) return over;
  const entries = Object.entries(over);
  if (Array.isArray(base) && entries.every(([key]) => /^\d+$/.test(key))) {
    const copy: unknown[] = [...base];
    for (const [key, value] of entries) {
      if (Number(key) >= copy.length) {
        throw new UsageError(
          `--set: there is no entry ${key} in a list of ${copy.length}: entries count from 0.`,
        );
      }
      copy[Number(key)] = merge(copy[Number(key)], value);
    }
    return copy;
  }
  if (!isFields(base)) return over;
  for (const tag of ['kind', 'name']) {
    if (over[tag] !== undefined && base[tag] !== undefined && over[tag] !== base[tag]) return over;
  }
  // Not by assignment: a field of the name __proto__ is to stay a field, and be refused as unknown.
  const laid = entries.map(([key, value]) => [
    key,
    merge(Object.hasOwn(base, key) ? base[key] : undefined, value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...laid]);
}

/** JSON where it is such; other text stands for itself: --set task.patterns=square needs no quotes. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The two sides of `path=value`. @param option that it was given to, for messages */
export function pathAndText(option: string, given: string): [path: string, text: string] {
  const equals = given.indexOf('=');
  if (equals < 1) {
    throw new UsageError(`${option} ${given}: expected path=value, such as strategy.population=32.`);
  }
  return [given.slice(0, equals), given.slice(equals + 1)];
}

/** `path=value` from the command line; the value is JSON where it parses as such and text otherwise. */
export function parseSetting(setting: string): Fields {
  const [path, text] = pathAndText('--set', setting);
  const keys = path.split('.');
  if (keys.some((key) => key === '' || key === '__proto__')) {
    throw new UsageError(`--set ${setting}: "${path}" is not a path of field names.`);
  }
  const value = jsonOrText(text);
  return keys.reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), value) as Fields;
}
