import { describeValue } from '../../spec/validate.js';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A weight, or what is wrong with it. */
export function parseWeight(cell: string, kind: 'counts' | 'real'): number | string {
  if (cell === '') return 'the weight is empty; give 0 or remove the row';
  if (!decimal.test(cell)) {
    const comma = /^\d+,\d+$/.test(cell) ? ', with a point and no thousands mark' : '';
    return `expected the weight as a number${comma}, found ${describeValue(cell)}`;
  }
  const value = Number(cell);
  if (value < 0)
    return (
      `expected a weight of at least 0, found ${cell}; weights are magnitudes, signs a column of an edge list, which ` +
      '--sign weight reads from negative weights'
    );
  if (value > 1e15) return `expected a weight of at most 1e15, found ${cell}`;
  if (kind === 'counts' && !Number.isInteger(value)) {
    return `expected a whole number of contacts, found ${cell}; give --weights real for lengths or areas`;
  }
  return value;
}
