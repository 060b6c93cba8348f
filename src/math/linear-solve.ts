/**
 * Solves A x = b by Gaussian elimination with partial pivoting. Sums run in a fixed order, so that the result is the same
 * on every machine.
 *
 * @param a `[n, n]` row-major; overwritten
 * @param b `[n]`; overwritten with the solution
 * @returns false where A is singular to working precision; b is then of no use
 */
export function solveInPlace(a: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  let largest = 0;
  for (const value of a) largest = Math.max(largest, Math.abs(value));
  const smallest = largest * n * Number.EPSILON;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    }
    if (!(Math.abs(a[pivot * n + k]!) > smallest)) return false;
    if (pivot !== k) {
      for (let j = k; j < n; j++) {
        const held = a[k * n + j]!;
        a[k * n + j] = a[pivot * n + j]!;
        a[pivot * n + j] = held;
      }
      const held = b[k]!;
      b[k] = b[pivot]!;
      b[pivot] = held;
    }
    const inverse = 1 / a[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! * inverse;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      b[i]! -= factor * b[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < n; j++) sum -= a[i * n + j]! * b[j]!;
    b[i] = sum / a[i * n + i]!;
  }
  return true;
}
