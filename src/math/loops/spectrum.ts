import type { TridiagonalForm } from './dense.js';

type Diagonals = Pick<TridiagonalForm, 'diagonal' | 'beside'>;

/**
 * How many eigenvalues of T are below x, by Sturm's theorem: the negative pivots of T - x I (Golub & Van Loan, Matrix
 * Computations, 4th ed., section 8.4.1).
 */
function eigenvaluesBelow({ diagonal, beside }: Diagonals, x: number): number {
  let count = 0;
  let pivot = 1;
  let square = 0;
  for (let k = 0; k < diagonal.length; k++) {
    pivot = diagonal[k]! - x - square / pivot;
    if (pivot === 0) pivot = Number.MIN_VALUE;
    if (pivot < 0) count += 1;
    square = beside[k]! * beside[k]!;
  }
  return count;
}

/** What every eigenvalue is at most in size (Gershgorin). */
function gershgorin({ diagonal, beside }: Diagonals): number {
  let most = 0;
  for (let k = 0; k < diagonal.length; k++) {
    const before = k > 0 ? Math.abs(beside[k - 1]!) : 0;
    most = Math.max(most, Math.abs(diagonal[k]!) + before + Math.abs(beside[k]!));
  }
  return most;
}

/** How far from the truth the ends of a spectrum may be, as a share of themselves. */
export const SPECTRUM_ERROR = 1e-3;

/** The eigenvalue with `rank` others below it, which is between `low` and `high`, by bisection. */
function bisect(form: Diagonals, rank: number, from: number, to: number, rounding: number): number {
  let [low, high] = [from, to];
  while (high - low > SPECTRUM_ERROR * Math.max(rounding, Math.abs(high))) {
    // Positive ends may lie many powers of ten apart.
    const middle = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : (low + high) / 2;
    if (!(middle > low && middle < high)) break;
    if (eigenvaluesBelow(form, middle) > rank) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * The least and the largest eigenvalue of T, whose largest is above 0, each to a thousandth of itself. The least is
 * exact to a thousandth of the rounding error of T where it is below `floor` times the largest.
 */
export function endsOfSpectrum(form: Diagonals, floor: number): { least: number; largest: number } {
  const { diagonal } = form;
  const size = gershgorin(form);
  let [lowest, highest] = [Infinity, 0];
  for (const entry of diagonal) {
    if (entry < lowest) lowest = entry;
    if (entry > highest) highest = entry;
  }
  const rounding = Number.EPSILON * size;
  const largest = bisect(form, diagonal.length - 1, highest, size, rounding);
  const positive = floor * largest;
  const least =
    eigenvaluesBelow(form, positive) === 0
      ? bisect(form, 0, Math.min(positive, lowest), Math.max(positive, lowest), 0)
      : bisect(form, 0, -size, positive, rounding);
  return { least, largest };
}
