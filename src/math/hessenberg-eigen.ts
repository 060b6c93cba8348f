/** A step of QR isolates an eigenvalue in three rounds or so; this many without one is a failure. */
const MOST_ROUNDS = 60;

/** Two halves of complex numbers, `[n * n]` row-major. */
interface ComplexMatrix {
  re: Float64Array;
  im: Float64Array;
  n: number;
}

/** Square root with a real part of at least 0. */
function complexRoot(re: number, im: number): [number, number] {
  const size = Math.sqrt(re * re + im * im);
  const a = Math.sqrt((size + Math.abs(re)) / 2);
  if (a === 0) return [0, 0];
  const b = Math.abs(im) / (2 * a);
  const [root, other] = re >= 0 ? [a, b] : [b, a];
  return [root, im < 0 ? -other : other];
}

/** The eigenvalue of the block at the lower right that is nearer to its last entry (Wilkinson's shift). */
function shiftOf({ re, im, n }: ComplexMatrix, last: number): [number, number] {
  const at = (row: number, column: number): [number, number] => [
    re[row * n + column]!,
    im[row * n + column]!,
  ];
  const [[ar, ai], [br, bi], [cr, ci], [dr, di]] = [
    at(last - 1, last - 1),
    at(last - 1, last),
    at(last, last - 1),
    at(last, last),
  ];
  const [hr, hi] = [(ar - dr) / 2, (ai - di) / 2];
  const [rr, ri] = complexRoot(hr * hr - hi * hi + br * cr - bi * ci, 2 * hr * hi + br * ci + bi * cr);
  const sign = hr * rr + hi * ri > 0 ? -1 : 1;
  return [dr + hr + sign * rr, di + hi + sign * ri];
}

/** One step of shifted QR on the rows and columns from `first` to `last`. */
function step({ re, im, n }: ComplexMatrix, first: number, last: number, [sr, si]: [number, number]): void {
  for (let k = first; k <= last; k++) {
    re[k * n + k]! -= sr;
    im[k * n + k]! -= si;
  }
  const turns: [number, number, number, number][] = [];
  for (let k = first; k < last; k++) {
    const [p, q] = [k * n, (k + 1) * n];
    const [ar, ai, br, bi] = [re[p + k]!, im[p + k]!, re[q + k]!, im[q + k]!];
    const size = Math.sqrt(ar * ar + ai * ai + br * br + bi * bi);
    const [cr, ci, tr, ti] = size === 0 ? [1, 0, 0, 0] : [ar / size, ai / size, br / size, bi / size];
    turns.push([cr, ci, tr, ti]);
    for (let j = k; j <= last; j++) {
      const [xr, xi, yr, yi] = [re[p + j]!, im[p + j]!, re[q + j]!, im[q + j]!];
      re[p + j] = cr * xr + ci * xi + tr * yr + ti * yi;
      im[p + j] = cr * xi - ci * xr + tr * yi - ti * yr;
      re[q + j] = cr * yr - ci * yi - tr * xr + ti * xi;
      im[q + j] = cr * yi + ci * yr - tr * xi - ti * xr;
    }
  }
  for (const [offset, [cr, ci, tr, ti]] of turns.entries()) {
    const k = first + offset;
    for (let row = first; row <= Math.min(k + 1, last); row++) {
      const p = row * n + k;
      const [xr, xi, yr, yi] = [re[p]!, im[p]!, re[p + 1]!, im[p + 1]!];
      re[p] = cr * xr - ci * xi + tr * yr - ti * yi;
      im[p] = cr * xi + ci * xr + tr * yi + ti * yr;
      re[p + 1] = cr * yr + ci * yi - tr * xr - ti * xi;
      im[p + 1] = cr * yi - ci * yr - tr * xi + ti * xr;
    }
  }
  for (let k = first; k <= last; k++) {
    re[k * n + k]! += sr;
    im[k * n + k]! += si;
  }
}

/**
 * The eigenvalues of a real upper Hessenberg matrix, `[n, n]` row-major, as `[real, imaginary]` pairs in no order: QR with
 * a single complex shift and deflation (Golub & Van Loan, Matrix Computations, 4th ed., section 7.5). About 10 n^3
 * complex multiplications. The order of all sums is fixed, so equal input gives equal bits on every machine.
 *
 * @throws RangeError where an entry is not finite
 * @throws Error where QR does not converge
 */
export function hessenbergEigenvalues(matrix: Readonly<Float64Array>, n: number): [number, number][] {
  if (matrix.length !== n * n || !matrix.every(Number.isFinite)) {
    throw new RangeError(`hessenbergEigenvalues: expected ${n * n} finite entries, a matrix of ${n} rows`);
  }
  const h: ComplexMatrix = { re: Float64Array.from(matrix), im: new Float64Array(n * n), n };
  const size = (k: number) => Math.sqrt(h.re[k]! * h.re[k]! + h.im[k]! * h.im[k]!);
  const total = Math.sqrt(matrix.reduce((sum, entry) => sum + entry * entry, 0));
  const found: [number, number][] = [];
  let last = n - 1;
  let rounds = 0;
  while (last >= 0) {
    let first = last;
    for (; first > 0; first--) {
      const beside = size(first * n + first) + size((first - 1) * n + first - 1);
      if (size(first * n + first - 1) <= Number.EPSILON * (beside === 0 ? total : beside)) break;
    }
    if (first === last) {
      found.push([h.re[last * n + last]!, h.im[last * n + last]!]);
      last--;
      rounds = 0;
      continue;
    }
    if (++rounds > MOST_ROUNDS) throw new Error('hessenbergEigenvalues: QR does not converge');
    // A shift that is off the mark now and then breaks cycles.
    step(h, first, last, rounds % 12 === 0 ? [size(last * n + last - 1), 0] : shiftOf(h, last));
  }
  return found;
}
