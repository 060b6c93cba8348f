import { median } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';

/** How far evolved weights lie from those they started from. */
export interface WeightChange {
  /** Weights that differ from their start at all. */
  changed: number;
  total: number;
  /** Euclidean length of the whole change. */
  l2: number;
  /** The largest |change|. */
  largest: number;
  /** Median |change| of the weights that changed; 0 where none did. */
  medianMagnitude: number;
}

function checkWeights(start: ArrayLike<number>, evolved: ArrayLike<number>): void {
  if (start.length !== evolved.length) {
    throw new UserError(
      `Weights can be compared one to one only: there are ${start.length} at the start and ${evolved.length} evolved.`,
    );
  }
  for (let i = 0; i < start.length; i++) {
    if (!Number.isFinite(start[i]) || !Number.isFinite(evolved[i])) {
      throw new UserError(
        `Weight ${i} is not a finite number (start ${start[i]}, evolved ${evolved[i]}), so its change has no size.`,
      );
    }
  }
}

/** |change| of the weights that changed, largest first. Throws UserError on weights that are not finite. */
export function changeMagnitudes(start: ArrayLike<number>, evolved: ArrayLike<number>): Float64Array {
  checkWeights(start, evolved);
  const magnitudes: number[] = [];
  for (let i = 0; i < start.length; i++) {
    if (evolved[i] !== start[i]) magnitudes.push(Math.abs(evolved[i]! - start[i]!));
  }
  return Float64Array.from(magnitudes).sort().reverse();
}

/** Throws UserError on weights that are not finite or not equally many. */
export function weightChange(start: ArrayLike<number>, evolved: ArrayLike<number>): WeightChange {
  const magnitudes = changeMagnitudes(start, evolved);
  const changed = magnitudes.length;
  const largest = magnitudes[0] ?? 0;
  let squares = 0;
  // In units of the largest, so that the squares of very small changes do not vanish.
  for (const magnitude of magnitudes) squares += (magnitude / largest) * (magnitude / largest);
  const medianMagnitude = changed === 0 ? 0 : median(magnitudes);
  return { changed, total: start.length, l2: largest * Math.sqrt(squares), largest, medianMagnitude };
}

export interface CellChange {
  /** `[cells]` of each cell's outgoing weights */
  outgoing: Float64Array;
  /** `[cells]` of its incoming weights */
  incoming: Float64Array;
}

/**
 * Weight change by cell: the sum of |change| over the cell's outgoing and over its incoming weights, or with `norm`
 * 'l2' the root of the summed squares. A synapse of a cell onto itself counts on both sides.
 */
export function cellChange(input: {
  cells: number;
  /** `[weights]` presynaptic cell of each weight */
  pre: ArrayLike<number>;
  /** `[weights]` postsynaptic cell of each weight */
  post: ArrayLike<number>;
  start: ArrayLike<number>;
  evolved: ArrayLike<number>;
  norm?: 'sum' | 'l2';
}): CellChange {
  const { cells, pre, post, start, evolved, norm = 'sum' } = input;
  checkWeights(start, evolved);
  if (pre.length !== start.length || post.length !== start.length) {
    throw new UserError(
      `Every weight needs its two cells: there are ${start.length} weights, ${pre.length} presynaptic and ` +
        `${post.length} postsynaptic cells.`,
    );
  }
  const outgoing = new Float64Array(cells);
  const incoming = new Float64Array(cells);
  for (let i = 0; i < start.length; i++) {
    const from = pre[i]!;
    const to = post[i]!;
    if (!(from >= 0 && from < cells && to >= 0 && to < cells)) {
      throw new UserError(`Weight ${i} joins cells ${from} and ${to}, but the cells are 0 to ${cells - 1}.`);
    }
    const difference = evolved[i]! - start[i]!;
    const part = norm === 'l2' ? difference * difference : Math.abs(difference);
    outgoing[from]! += part;
    incoming[to]! += part;
  }
  if (norm === 'l2') {
    return { outgoing: outgoing.map(Math.sqrt), incoming: incoming.map(Math.sqrt) };
  }
  return { outgoing, incoming };
}
