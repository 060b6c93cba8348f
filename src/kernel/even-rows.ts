import type { Route } from './routes.js';

/** Rows of synapses; -1 stands for one that is not there. */
export type Rows = Pick<Route, 'rowStart' | 'target' | 'source'>;

/** Longer rows have little to gain. */
const longest = 32;

/**
 * Rows in which synapses come in pairs, the last of an odd row with one that is not there: a loop over two at a time
 * then has no odd one to test for, which it would guess wrong half the time. Rows that are long on average stay as they
 * are.
 */
export function evenRows({ rowStart, target, source }: Rows): Rows & { even: boolean } {
  const rows = rowStart.length - 1;
  if (target.length > longest * rows) return { rowStart, target, source, even: false };
  const start = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const count = rowStart[row + 1]! - rowStart[row]!;
    start[row + 1] = start[row]! + count + (count & 1);
  }
  const paired = {
    target: new Int32Array(start[rows]!).fill(-1),
    source: new Int32Array(start[rows]!).fill(-1),
  };
  for (let row = 0; row < rows; row++) {
    paired.target.set(target.subarray(rowStart[row]!, rowStart[row + 1]!), start[row]!);
    paired.source.set(source.subarray(rowStart[row]!, rowStart[row + 1]!), start[row]!);
  }
  return { rowStart: start, ...paired, even: true };
}
