/**
 * The inverse of a square matrix by Gauss-Jordan elimination with partial pivoting, in place. Sums run in a fixed order,
 * so that the result is the same on every machine.
 *
 * @param a `[n, n]` row-major; overwritten with its inverse
 * @returns false where the matrix is singular to working precision; `a` is then of no use
 */
export function invertInPlace(a: Float64Array, n: number): boolean {
  let largest = 0;
  for (let i = 0; i < n * n; i++) largest = Math.max(largest, Math.abs(a[i]!));
  const smallest = largest * n * Number.EPSILON * Number.EPSILON;
  const pivots = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    }
    if (!(Math.abs(a[pivot * n + k]!) > smallest)) return false;
    pivots[k] = pivot;
    if (pivot !== k) swapRows(a, n, k, pivot);
    const row = a.subarray(k * n, (k + 1) * n);
    const inverse = 1 / row[k]!;
    row[k] = 1;
    for (let j = 0; j < n; j++) row[j]! *= inverse;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const at = i * n;
      const factor = a[at + k]!;
      if (factor === 0) continue;
      a[at + k] = 0;
      for (let j = 0; j < n; j++) a[at + j]! -= factor * row[j]!;
    }
  }
  // Rows exchanged on the way are columns exchanged in the inverse, the last first.
  for (let k = n - 1; k >= 0; k--) {
    const pivot = pivots[k]!;
    if (pivot === k) continue;
    for (let i = 0; i < n; i++) {
      const held = a[i * n + k]!;
      a[i * n + k] = a[i * n + pivot]!;
      a[i * n + pivot] = held;
    }
  }
  return true;
}

function swapRows(a: Float64Array, n: number, one: number, other: number): void {
  for (let j = 0; j < n; j++) {
    const held = a[one * n + j]!;
    a[one * n + j] = a[other * n + j]!;
    a[other * n + j] = held;
  }
}
