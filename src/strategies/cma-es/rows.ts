/**
 * target <- target + sum over k of coefficients[k] row_k, in the order of k. Four rows at a time: each entry of the
 * target is read and written once for the four.
 *
 * @param rows `[coefficients, width]` row-major; of each row the first `target.length` entries are used
 */
export function addRows(
  rows: Readonly<Float64Array>,
  coefficients: Readonly<Float64Array>,
  target: Float64Array,
  width: number = target.length,
): void {
  const { length } = target;
  const count = coefficients.length;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const a = coefficients[k]!;
    const b = coefficients[k + 1]!;
    const c = coefficients[k + 2]!;
    const d = coefficients[k + 3]!;
    const first = k * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    for (let j = 0; j < length; j++) {
      target[j]! +=
        a * rows[first + j]! + b * rows[second + j]! + c * rows[third + j]! + d * rows[fourth + j]!;
    }
  }
  for (; k < count; k++) {
    const a = coefficients[k]!;
    const from = k * width;
    for (let j = 0; j < length; j++) target[j]! += a * rows[from + j]!;
  }
}
