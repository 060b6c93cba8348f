import { exp } from '../../math/exponential.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import { addRows, innerProduct, squaredLength } from '../cma-es/rows.js';

/** What is left of a row beside the rows before it counts as rounding below this share of its length. */
const ROUNDING = 1e-10;

/**
 * B <- B expm(rate (G - shift I)) with G = sum of shares[k] z_k z_k^T, in B's transposed form, since G is symmetric:
 * B^T <- expm(...) B^T. G has at most as many eigenvalues beside 0 as there are rows, and with those, a_j e_j a_j^T,
 * expm(rate G) = I + sum of (e^(rate e_j) - 1) a_j a_j^T: n^2 multiplications a row, where all of G would take n^3.
 *
 * @param shape `[n, n]` B^T
 * @param rows `[rows, n]` z
 */
export function turn(
  shape: Float64Array,
  rows: Readonly<Float64Array>,
  shares: Readonly<Float64Array>,
  shift: number,
  rate: number,
): void {
  const genes = Math.sqrt(shape.length);
  const basis = orthonormal(rows, genes);
  const rank = basis.length;
  const within = new Float64Array(rank * rank);
  const along = new Float64Array(rank);
  shares.forEach((share, k) => {
    for (let a = 0; a < rank; a++) along[a] = innerProduct(basis[a]!, 0, rows, k * genes, genes);
    for (let a = 0; a < rank; a++) {
      for (let b = 0; b <= a; b++) within[a * rank + b]! += share * along[a]! * along[b]!;
    }
  });
  const values = new Float64Array(rank);
  symmetricEigen(within, values);
  const [axes, images] = [new Float64Array(rank * genes), new Float64Array(rank * genes)];
  for (let k = 0; k < rank; k++) {
    const axis = axes.subarray(k * genes, (k + 1) * genes);
    for (let a = 0; a < rank; a++) {
      const share = within[k * rank + a]!;
      for (let i = 0; i < genes; i++) axis[i]! += share * basis[a]![i]!;
    }
    addRows(shape, axis, images.subarray(k * genes, (k + 1) * genes));
  }
  const shrunk = exp(-rate * shift);
  const grown = values.map((value) => exp(rate * value) - 1);
  const factors = new Float64Array(rank);
  for (let i = 0; i < genes; i++) {
    for (let k = 0; k < rank; k++) factors[k] = grown[k]! * axes[k * genes + i]!;
    const row = shape.subarray(i * genes, (i + 1) * genes);
    addRows(images, factors, row);
    for (let j = 0; j < genes; j++) row[j]! *= shrunk;
  }
}

/** Unit vectors at right angles that span the rows, by Gram and Schmidt, twice against rounding. */
function orthonormal(rows: Readonly<Float64Array>, genes: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let from = 0; from < rows.length && basis.length < genes; from += genes) {
    const rest = rows.slice(from, from + genes);
    const length = Math.sqrt(squaredLength(rest, 0, genes));
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of basis) {
        const along = innerProduct(unit, 0, rest, 0, genes);
        for (let i = 0; i < genes; i++) rest[i]! -= along * unit[i]!;
      }
    }
    const left = Math.sqrt(squaredLength(rest, 0, genes));
    if (!(left > ROUNDING * length)) continue;
    for (let i = 0; i < genes; i++) rest[i]! /= left;
    basis.push(rest);
  }
  return basis;
}
