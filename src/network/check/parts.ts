import { suggest, UsageError } from '../../spec/errors.js';
import { describeValue } from '../../spec/validate.js';
import { hasWrongSign, type Parameters } from '../model/model.js';
import type { Population, Values } from '../model/network.js';

export function refuse(where: string, what: string): never {
  throw new UsageError(`${where}: ${what}`);
}

export const known = (where: string, kind: string, name: string, names: readonly string[]) => {
  if (!names.includes(name)) refuse(where, `there is no ${kind} "${name}". ${suggest(name, names)}`);
};

export function checkRange(where: string, what: string, values: Int32Array, below: number): void {
  if (!(values instanceof Int32Array))
    refuse(where, `${what}: expected an Int32Array, found ${describeValue(values)}.`);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || value >= below) {
      refuse(where, `${what}[${i}]: expected a whole number from 0 to ${below - 1}, found ${value}.`);
    }
  }
}

/** Checks that values are numbers, one or one for each of what there is. */
export function checkLengths(
  where: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  { count, of = 'cells' }: { count: number; of?: string },
) {
  for (const [name, value] of Object.entries(values)) {
    known(where, 'such name as', name, names);
    if (typeof value !== 'number' && !(value instanceof Float64Array)) {
      refuse(
        where,
        `${name}: expected a number, or a Float64Array with one for each of ${count} ${of}, found ${describeValue(value)}.`,
      );
    }
    if (value instanceof Float64Array && value.length !== count) {
      refuse(where, `${name}: expected one value for each of ${count} ${of}, found ${value.length}.`);
    }
    const broken = typeof value === 'number' ? value : value.find(Number.isNaN);
    if (Number.isNaN(broken)) refuse(where, `${name}: expected a number, found NaN.`);
  }
}

/**
 * Checks values of parameters, and that their sign makes sense: ranges say what is usual, but a time constant is never
 * negative.
 */
export function checkParameters(
  where: string,
  values: Readonly<Record<string, unknown>>,
  parameters: Parameters,
  size: { count: number; of?: string },
) {
  checkLengths(where, values, Object.keys(parameters), size);
  for (const [name, value] of Object.entries(values as Record<string, Values>)) {
    const { low, high, unit } = parameters[name]!;
    const outside = (of: number) => hasWrongSign(parameters[name]!, of);
    const found = typeof value === 'number' ? (outside(value) ? value : undefined) : value.find(outside);
    if (found === undefined) continue;
    refuse(
      where,
      `${name}: expected a value such as ${low} to ${high}${unit === '1' ? '' : ` ${unit}`}, found ${found}.`,
    );
  }
}

/** States of a population's cells, those of its ports as `PORT.NAME`. */
export const stateNames = ({ model, ports }: Population): string[] => [
  ...Object.keys(model.state),
  ...Object.entries(ports).flatMap(([port, of]) =>
    Object.keys(of.model.state).map((own) => `${port}.${own}`),
  ),
];

/** What the checks of independent parts find, each with its first fault, none twice. */
export function faultsOf(checks: readonly (() => void)[]): string[] {
  const found = checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return [error.message];
    }
  });
  return [...new Set(found)];
}
