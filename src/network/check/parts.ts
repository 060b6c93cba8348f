import { suggest, UsageError } from '../../spec/errors.js';
import type { Population } from '../model/network.js';

export function refuse(where: string, what: string): never {
  throw new UsageError(`${where}: ${what}`);
}

export const known = (where: string, kind: string, name: string, names: readonly string[]) => {
  if (!names.includes(name)) refuse(where, `there is no ${kind} "${name}". ${suggest(name, names)}`);
};

export function checkRange(where: string, what: string, values: Int32Array, below: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || value >= below) {
      refuse(where, `${what}[${i}]: expected a whole number from 0 to ${below - 1}, found ${value}.`);
    }
  }
}

export function checkLengths(
  where: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  count: number,
) {
  for (const [name, value] of Object.entries(values)) {
    known(where, 'such name as', name, names);
    if (value instanceof Float64Array && value.length !== count) {
      refuse(where, `${name}: expected one value for each of ${count} cells, found ${value.length}.`);
    }
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
