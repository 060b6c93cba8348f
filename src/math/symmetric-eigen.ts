import { hypot } from './power.js';

/** Implicit QL finds an eigenvalue in two sweeps or so; this many without one is a failure. */
const MOST_SWEEPS = 60;

/**
 * Eigen-decomposition of a symmetric matrix A, `[n, n]` row-major, in place: A = sum over k of values[k] r_k r_k^T,
 * where r_k is row k of what is left in `matrix`. Eigenvalues ascend; the rows are orthonormal, their signs arbitrary
 * but fixed by the input. Only the lower triangle is read.
 *
 * Householder reduction to tridiagonal form, then QL with implicit Wilkinson shifts (Golub & Van Loan, Matrix
 * Computations, 4th ed., sections 8.3.1 and 8.3.3; Dubrulle, Martin & Wilkinson 1968, doi:10.1007/BF02165404). Every
 * inner loop runs along a row. About 5 n^3 multiplications. The order of all sums is fixed, so equal input gives
 * equal bits on every machine.
 *
 * @param matrix `[n * n]` A; overwritten with the eigenvectors, one a row
 * @param values `[n]` receives the eigenvalues
 * @throws RangeError where sizes do not fit or an entry is not finite
 * @throws Error where QL does not converge
 */
export function symmetricEigen(matrix: Float64Array, values: Float64Array): void {
  const n = values.length;
  if (matrix.length !== n * n) {
    throw new RangeError(`symmetricEigen: ${matrix.length} entries are not a matrix of ${n} rows`);
  }
  if (n === 0) return;
  const largest = largestEntry(matrix, n);
  // Squares of the entries must neither overflow nor vanish.
  const scaled = largest > 1e100 || (largest > 0 && largest < 1e-100);
  if (scaled) scaleLower(matrix, n, 1 / largest);
  const beside = new Float64Array(n);
  tridiagonalise(matrix, values, beside);
  implicitQl(matrix, values, beside);
  if (scaled) for (let k = 0; k < n; k++) values[k]! *= largest;
  sortRows(matrix, values);
}

function largestEntry(matrix: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const size = Math.abs(matrix[i * n + j]!);
      if (!(size < Infinity)) throw new RangeError(`symmetricEigen: entry (${i}, ${j}) is not finite`);
      if (size > largest) largest = size;
    }
  }
  return largest;
}

function scaleLower(matrix: Float64Array, n: number, factor: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j]! *= factor;
}

/**
 * A = Q T Q^T. From the last row up, the reflection I - v v^T / h that leaves of row k nothing but its diagonal and
 * the entry beside it is applied to both sides of the leading k rows; v is kept in row k until Q^T is built from them.
 *
 * @param matrix A in its lower triangle; overwritten with Q^T
 * @param diagonal `[n]` receives T's diagonal
 * @param beside `[n]` receives T's off-diagonal: entry k couples k and k + 1, the last is 0
 */
function tridiagonalise(matrix: Float64Array, diagonal: Float64Array, beside: Float64Array): void {
  const n = diagonal.length;
  const halfSquare = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    const v = matrix.subarray(k * n, k * n + k);
    diagonal[k] = matrix[k * n + k]!;
    let rest = 0;
    for (let j = 0; j < k - 1; j++) rest += v[j]! * v[j]!;
    const last = v[k - 1]!;
    if (rest === 0) {
      beside[k - 1] = last;
      continue;
    }
    const norm = Math.sqrt(rest + last * last);
    const onto = last > 0 ? -norm : norm;
    beside[k - 1] = onto;
    v[k - 1] = last - onto;
    const h = norm * norm - last * onto;
    halfSquare[k] = h;
    reflectBothSides(matrix, n, k, v, h, p);
  }
  diagonal[0] = matrix[0]!;
  beside[n - 1] = 0;
  accumulate(matrix, n, halfSquare);
}

/**
 * B <- H B H for the leading k rows B: B - v q^T - q v^T with p = B v / h and q = p - (v^T p / 2h) v. Rows go in pairs:
 * two chains of sums run side by side.
 */
function reflectBothSides(
  matrix: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  h: number,
  p: Float64Array,
): void {
  p.fill(0, 0, k);
  let i = 0;
  for (; i + 1 < k; i += 2) {
    const one = i * n;
    const two = one + n;
    const v1 = v[i]!;
    const v2 = v[i + 1]!;
    let dot1 = 0;
    let dot2 = 0;
    for (let j = 0; j < i; j++) {
      const entry1 = matrix[one + j]!;
      const entry2 = matrix[two + j]!;
      dot1 += entry1 * v[j]!;
      dot2 += entry2 * v[j]!;
      p[j]! += entry1 * v1 + entry2 * v2;
    }
    const between = matrix[two + i]!;
    p[i]! += dot1 + matrix[one + i]! * v1 + between * v2;
    p[i + 1]! += dot2 + between * v1 + matrix[two + i + 1]! * v2;
  }
  if (i < k) {
    let dot = 0;
    for (let j = 0; j < i; j++) {
      const entry = matrix[i * n + j]!;
      dot += entry * v[j]!;
      p[j]! += entry * v[i]!;
    }
    p[i]! += dot + matrix[i * n + i]! * v[i]!;
  }
  let along = 0;
  for (let j = 0; j < k; j++) {
    p[j]! /= h;
    along += v[j]! * p[j]!;
  }
  along /= 2 * h;
  for (let j = 0; j < k; j++) p[j]! -= along * v[j]!;
  for (i = 0; i + 1 < k; i += 2) {
    const one = i * n;
    const two = one + n;
    const v1 = v[i]!;
    const v2 = v[i + 1]!;
    const q1 = p[i]!;
    const q2 = p[i + 1]!;
    for (let j = 0; j <= i; j++) {
      const vj = v[j]!;
      const qj = p[j]!;
      matrix[one + j]! -= v1 * qj + q1 * vj;
      matrix[two + j]! -= v2 * qj + q2 * vj;
    }
    matrix[two + i + 1]! -= 2 * v2 * q2;
  }
  if (i < k) for (let j = 0; j <= i; j++) matrix[i * n + j]! -= v[i]! * p[j]! + p[i]! * v[j]!;
}

/** Q^T = H_1 H_2 ... H_{n-1}, grown in place: the k-th reflection acts on the k leading columns. */
function accumulate(matrix: Float64Array, n: number, halfSquare: Float64Array): void {
  matrix[0] = 1;
  for (let k = 1; k < n; k++) {
    const v = matrix.subarray(k * n, k * n + k);
    const h = halfSquare[k]!;
    if (h !== 0) reflectRows(matrix, n, k, v, h);
    for (let i = 0; i < k; i++) matrix[i * n + k] = 0;
    v.fill(0);
    matrix[k * n + k] = 1;
  }
}

/** Each of the leading k rows r of k entries <- r - (r v / h) v, four rows at a time. */
function reflectRows(matrix: Float64Array, n: number, k: number, v: Float64Array, h: number): void {
  let i = 0;
  for (; i + 3 < k; i += 4) {
    const one = i * n;
    const two = one + n;
    const three = two + n;
    const four = three + n;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < k; j++) {
      const vj = v[j]!;
      a += matrix[one + j]! * vj;
      b += matrix[two + j]! * vj;
      c += matrix[three + j]! * vj;
      d += matrix[four + j]! * vj;
    }
    a /= h;
    b /= h;
    c /= h;
    d /= h;
    for (let j = 0; j < k; j++) {
      const vj = v[j]!;
      matrix[one + j]! -= a * vj;
      matrix[two + j]! -= b * vj;
      matrix[three + j]! -= c * vj;
      matrix[four + j]! -= d * vj;
    }
  }
  for (; i < k; i++) {
    const from = i * n;
    let dot = 0;
    for (let j = 0; j < k; j++) dot += matrix[from + j]! * v[j]!;
    dot /= h;
    for (let j = 0; j < k; j++) matrix[from + j]! -= dot * v[j]!;
  }
}

/** Diagonalises T; each rotation of coordinates k and k + 1 is applied to the same rows of `rows`. */
function implicitQl(rows: Float64Array, diagonal: Float64Array, beside: Float64Array): void {
  const n = diagonal.length;
  const cosines = new Float64Array(n);
  const sines = new Float64Array(n);
  for (let low = 0; low < n; low++) {
    for (let sweep = 0; ; sweep++) {
      const high = endOfBlock(diagonal, beside, low);
      if (high === low) break;
      if (sweep === MOST_SWEEPS) {
        throw new Error(`symmetricEigen: eigenvalue ${low} of ${n} was not found in ${MOST_SWEEPS} sweeps`);
      }
      chase(diagonal, beside, low, high, cosines, sines);
      rotateRows(rows, n, low, high, cosines, sines);
    }
  }
}

/** The last index of the block that begins at `low` and that no negligible coupling divides. */
function endOfBlock(diagonal: Float64Array, beside: Float64Array, low: number): number {
  const last = diagonal.length - 1;
  for (let k = low; k < last; k++) {
    const size = Math.abs(diagonal[k]!) + Math.abs(diagonal[k + 1]!);
    // Lost in rounding beside either neighbour.
    if (size + Math.abs(beside[k]!) === size) {
      beside[k] = 0;
      return k;
    }
  }
  return last;
}

/**
 * One QL sweep over the block low..high: the first rotation is that of T - shift I, the others chase the entry it
 * makes outside the three diagonals up and out. Rotation k replaces coordinate k + 1 by c x_{k+1} + s x_k, and k by
 * c x_k - s x_{k+1}.
 */
function chase(
  diagonal: Float64Array,
  beside: Float64Array,
  low: number,
  high: number,
  cosines: Float64Array,
  sines: Float64Array,
): void {
  // The eigenvalue of the leading two rows that is nearer the first.
  const coupling = beside[low]!;
  const half = (diagonal[low + 1]! - diagonal[low]!) / 2;
  const root = hypot(half, coupling);
  const shift = diagonal[low]! - coupling * (coupling / (half >= 0 ? half + root : half - root));
  let x = diagonal[high]! - shift;
  let z = beside[high - 1]!;
  for (let k = high - 1; k >= low; k--) {
    const r = hypot(x, z);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : z / r;
    cosines[k] = c;
    sines[k] = s;
    if (k < high - 1) beside[k + 1] = r;
    const a = diagonal[k]!;
    const b = beside[k]!;
    const difference = a - diagonal[k + 1]!;
    const moved = s * (s * difference + 2 * c * b);
    diagonal[k] = a - moved;
    diagonal[k + 1]! += moved;
    x = c * (c * b + s * difference) - s * s * b;
    beside[k] = x;
    if (k > low) {
      z = s * beside[k - 1]!;
      beside[k - 1]! *= c;
    }
  }
}

/** Applies a sweep's rotations, three at a time so that the rows between them are read and written once. */
function rotateRows(
  rows: Float64Array,
  n: number,
  low: number,
  high: number,
  cosines: Float64Array,
  sines: Float64Array,
): void {
  let k = high - 1;
  for (; k - 2 >= low; k -= 3) {
    const c1 = cosines[k]!;
    const s1 = sines[k]!;
    const c2 = cosines[k - 1]!;
    const s2 = sines[k - 1]!;
    const c3 = cosines[k - 2]!;
    const s3 = sines[k - 2]!;
    const end = (k - 1) * n;
    for (let at = (k - 2) * n; at < end; at++) {
      const second = at + n;
      const third = second + n;
      const fourth = third + n;
      const first = rows[at]!;
      const upper = rows[second]!;
      const middle = rows[third]!;
      const lower = rows[fourth]!;
      rows[fourth] = c1 * lower + s1 * middle;
      const once = c1 * middle - s1 * lower;
      rows[third] = c2 * once + s2 * upper;
      const twice = c2 * upper - s2 * once;
      rows[second] = c3 * twice + s3 * first;
      rows[at] = c3 * first - s3 * twice;
    }
  }
  for (; k >= low; k--) {
    const c = cosines[k]!;
    const s = sines[k]!;
    const end = (k + 1) * n;
    for (let at = k * n; at < end; at++) {
      const upper = rows[at]!;
      const lower = rows[at + n]!;
      rows[at + n] = c * lower + s * upper;
      rows[at] = c * upper - s * lower;
    }
  }
}

/** Eigenvalues in ascending order, each with its row; equals stay where the selection leaves them. */
function sortRows(rows: Float64Array, values: Float64Array): void {
  const n = values.length;
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let k = i + 1; k < n; k++) if (values[k]! < values[least]!) least = k;
    if (least === i) continue;
    const value = values[i]!;
    values[i] = values[least]!;
    values[least] = value;
    const row = rows.slice(i * n, (i + 1) * n);
    rows.copyWithin(i * n, least * n, (least + 1) * n);
    rows.set(row, least * n);
  }
}
