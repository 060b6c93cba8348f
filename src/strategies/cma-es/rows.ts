import { log } from '../../math/logarithm.js';

/**
 * target <- target + sum over k of coefficients[k] times a row, four rows at a time: each entry of the target is read and
 * written once for the four.
 *
 * @param rows `[rows, width]` row-major, width that of the target
 * @param order which row comes k-th; the k-th where left out
 */
export function addRows(
  rows: Readonly<Float64Array>,
  coefficients: Readonly<Float64Array>,
  target: Float64Array,
  order?: readonly number[],
): void {
  const { length } = target;
  const count = order?.length ?? coefficients.length;
  const start = (k: number) => (order?.[k] ?? k) * length;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const a = coefficients[k]!;
    const b = coefficients[k + 1]!;
    const c = coefficients[k + 2]!;
    const d = coefficients[k + 3]!;
    const first = start(k);
    const second = start(k + 1);
    const third = start(k + 2);
    const fourth = start(k + 3);
    for (let j = 0; j < length; j++) {
      target[j]! +=
        a * rows[first + j]! + b * rows[second + j]! + c * rows[third + j]! + d * rows[fourth + j]!;
    }
  }
  for (; k < count; k++) {
    const a = coefficients[k]!;
    const from = start(k);
    for (let j = 0; j < length; j++) target[j]! += a * rows[from + j]!;
  }
}

/** target <- target + sum over k of coefficients[k] row_k^2, by entries, four rows at a time. */
export function addSquares(
  rows: Readonly<Float64Array>,
  coefficients: Readonly<Float64Array>,
  target: Float64Array,
): void {
  const { length } = target;
  const count = coefficients.length;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const a = coefficients[k]!;
    const b = coefficients[k + 1]!;
    const c = coefficients[k + 2]!;
    const d = coefficients[k + 3]!;
    const first = k * length;
    const second = first + length;
    const third = second + length;
    const fourth = third + length;
    for (let j = 0; j < length; j++) {
      const w = rows[first + j]!;
      const x = rows[second + j]!;
      const y = rows[third + j]!;
      const z = rows[fourth + j]!;
      target[j]! += a * w * w + b * x * x + (c * y * y + d * z * z);
    }
  }
  for (; k < count; k++) {
    const a = coefficients[k]!;
    const from = k * length;
    for (let j = 0; j < length; j++) target[j]! += a * rows[from + j]! * rows[from + j]!;
  }
}

/** The sum of the products of `length` entries of two arrays, from two places on, in four sums side by side. */
export function innerProduct(
  one: Readonly<Float64Array>,
  from: number,
  other: Readonly<Float64Array>,
  start: number,
  length: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += one[from + i]! * other[start + i]!;
    b += one[from + i + 1]! * other[start + i + 1]!;
    c += one[from + i + 2]! * other[start + i + 2]!;
    d += one[from + i + 3]! * other[start + i + 3]!;
  }
  for (; i < length; i++) a += one[from + i]! * other[start + i]!;
  return a + b + (c + d);
}

/** The sum of the squares of `length` entries from `from` on. */
export const squaredLength = (rows: Readonly<Float64Array>, from: number, length: number): number =>
  innerProduct(rows, from, rows, from, length);

/** The least of some values. */
export function least(values: Readonly<Float64Array>): number {
  let found = Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]! < found) found = values[i]!;
  return found;
}

/** The greatest of some values, 0 where none is above. */
export function most(values: Readonly<Float64Array>): number {
  let found = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > found) found = values[i]!;
  return found;
}

/** Multiplies each row by a factor for each of its entries. */
export function scaleRows(rows: Float64Array, factors: Readonly<Float64Array>): void {
  const { length } = factors;
  for (let from = 0; from < rows.length; from += length) {
    for (let i = 0; i < length; i++) rows[from + i]! *= factors[i]!;
  }
}

/** The sum of the natural logarithms of some values. */
export function sumOfLogs(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += log(values[i]!);
  return sum;
}

/** `[genes]` the mean square of each column of rows `[count, genes]`, and a variance beside it. */
export function variancesAbout(genes: number, rows: Readonly<Float64Array>, variance: number): Float64Array {
  const variances = new Float64Array(genes).fill(variance);
  const count = rows.length / genes;
  addSquares(rows, new Float64Array(count).fill(1 / count), variances);
  return variances;
}
