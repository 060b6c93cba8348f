import type { Described, NamedParameter } from '../../src/network/model/named-parameters.js';

export const described = (
  unit = '1',
  range: readonly [number, number] = [-Infinity, Infinity],
): Described => ({
  unit,
  low: range[0],
  high: range[1],
  about: 'made up for a test',
});

/** A parameter of a made-up network. */
export const named = (value: number, ...of: Parameters<typeof described>): NamedParameter => ({
  value,
  ...described(...of),
});
