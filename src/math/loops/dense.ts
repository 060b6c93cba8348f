import { arrays, BYTES, loops } from './instance.js';

/** How many numbers n rows of a packed lower triangle hold, and where row n begins. */
export const packedLength = (n: number): number => (n * (n + 1)) / 2;

/** A symmetric matrix A = Q T Q^T: T has three diagonals, and Q is the product of n - 1 reflections. */
export interface TridiagonalForm {
  /** `[n]` of T */
  diagonal: Float64Array;
  /** `[n]` entry k couples k and k + 1; the last is 0 */
  beside: Float64Array;
  /** Packed lower triangle: row k has the vector v of reflection k, I - v v^T / h, in its first k places. */
  reflections: Float64Array;
  /** `[n]` h of each reflection; 0 where nothing is reflected */
  halfSquares: Float64Array;
}

/**
 * Householder's reduction of a symmetric matrix to three diagonals, from the last row up (Golub & Van Loan, Matrix
 * Computations, 4th ed., section 8.3.1). One pass over the matrix applies a reflection to both sides and multiplies the
 * result by the vector of the next: 2 n^3 / 3 multiplications, and n^3 / 6 numbers read and written.
 *
 * @param lower packed lower triangle of n rows; entries must be finite, and their squares too
 */
export function tridiagonalise(lower: Readonly<Float64Array>, n: number): TridiagonalForm {
  const { memory, ...run } = loops();
  const vectors = [n + 1, n + 1, n, n, n];
  const [matrix, q, p, diagonal, beside, halfSquares] = arrays(memory, [packedLength(n), ...vectors]) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  matrix.set(lower);
  halfSquares[0] = 0;
  const at = [q, p, diagonal, beside, halfSquares].map(({ byteOffset }) => byteOffset) as Five;
  if (n > 0) run.tridiagonalise(0, n, ...at);
  return {
    diagonal: diagonal.slice(),
    beside: beside.slice(),
    reflections: matrix.slice(),
    halfSquares: halfSquares.slice(),
  };
}

type Five = [number, number, number, number, number];

/** Rows lie this far apart in the loops' memory: whole pairs. */
const strideOf = (n: number) => n + (n % 2);
const foursIn = (count: number) => Math.ceil(count / 4);

/** Rows `[count, n]` to the loops' `[4 fours, stride]`, with zeros after them. */
function spread(rows: Readonly<Float64Array>, count: number, n: number, into: Float64Array): void {
  const stride = strideOf(n);
  if (stride === n) into.set(rows.subarray(0, count * n));
  else {
    for (let k = 0; k < count; k++) {
      into.set(rows.subarray(k * n, (k + 1) * n), k * stride);
      into[k * stride + n] = 0;
    }
  }
  into.fill(0, count * stride);
}

/**
 * Each row x <- Q x, or Q^T x.
 * @param rows `[count, n]` row-major, in place
 */
export function reflect(
  { reflections, halfSquares }: TridiagonalForm,
  rows: Float64Array,
  by: 'Q' | 'Q^T' = 'Q',
): void {
  const n = halfSquares.length;
  if (n < 2) return;
  const count = rows.length / n;
  const stride = strideOf(n);
  const fours = foursIn(count);
  const { memory, ...run } = loops();
  const [matrix, half, target] = arrays(memory, [reflections.length, n, 4 * fours * stride]) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  matrix.set(reflections);
  half.set(halfSquares);
  spread(rows, count, n, target);
  const [first, after, step] = by === 'Q' ? ([1, n, 1] as const) : ([n - 1, 0, -1] as const);
  run.reflect(0, half.byteOffset, target.byteOffset, stride * BYTES, fours, first, after, step);
  for (let k = 0; k < count; k++) rows.set(target.subarray(k * stride, k * stride + n), k * n);
}

/**
 * A <- keep A + sum over k of factors[k] x_k x_k^T.
 * @param lower packed lower triangle of A, in place
 * @param rows `[count, n]` x, row-major
 */
export function addOuter(
  lower: Float64Array,
  keep: number,
  rows: Readonly<Float64Array>,
  factors: Readonly<Float64Array>,
): void {
  const count = factors.length;
  const n = rows.length / count;
  const stride = strideOf(n);
  const fours = foursIn(count);
  const { memory, ...run } = loops();
  const [matrix, weights, terms] = arrays(memory, [lower.length, 4 * fours, 4 * fours * stride]) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < lower.length; i++) matrix[i] = keep * lower[i]!;
  weights.set(factors);
  weights.fill(0, count);
  spread(rows, count, n, terms);
  run.addOuter(0, n, terms.byteOffset, stride * BYTES, weights.byteOffset, fours);
  lower.set(matrix);
}
