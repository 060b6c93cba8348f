import {
  addOuter,
  packedLength,
  reflect,
  type TridiagonalForm,
  tridiagonalise,
} from '../../math/loops/dense.js';
import { applyInverseRoot, type InverseRoot, inverseRoot } from '../../math/loops/inverse-root.js';
import { endsOfSpectrum, SPECTRUM_ERROR } from '../../math/loops/spectrum.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import { sumOfLogs } from './rows.js';

/** Below this share of the largest eigenvalue an eigenvalue of C is rounding error. */
const SMALLEST_SHARE = 1e-15;

/**
 * All n (n + 1) / 2 covariances, decomposed every few steps: C = Q T Q^T, where T has three diagonals and Q is a product
 * of reflections. With Cholesky's T = L L^T, candidates are y = Q L z. Their distribution is that of B D z, at a tenth
 * of the time: no eigenvector is needed. C^(-1/2) y = Q T^(-1/2) L z takes a few dozen solutions with T.
 * Memory: n^2 numbers.
 */
export class FullCovariance implements Covariance {
  /** L: its diagonal, and the entries below. */
  private readonly root: Float64Array;
  private readonly below: Float64Array;
  private least = 1;
  private largest = 1;
  private inverse: InverseRoot | undefined;

  /**
   * @param lower C, packed lower triangle
   * @param form Q and T of the latest decomposition
   */
  private constructor(
    private readonly genes: number,
    private readonly lower: Float64Array,
    private form: TridiagonalForm,
  ) {
    this.root = new Float64Array(genes);
    this.below = new Float64Array(genes);
    this.prepare();
  }

  static identity(genes: number): FullCovariance {
    const lower = new Float64Array(packedLength(genes));
    for (let i = 0; i < genes; i++) lower[packedLength(i) + i] = 1;
    const form = {
      diagonal: new Float64Array(genes).fill(1),
      beside: new Float64Array(genes),
      reflections: new Float64Array(lower.length),
      halfSquares: new Float64Array(genes),
    };
    return new FullCovariance(genes, lower, form);
  }

  /** The mean of r r^T over rows `[count, genes]`, and a variance in every direction beside it. */
  static about(genes: number, rows: Readonly<Float64Array>, variance: number): FullCovariance {
    const lower = new Float64Array(packedLength(genes));
    for (let i = 0; i < genes; i++) lower[packedLength(i) + i] = variance;
    const count = rows.length / genes;
    addOuter(lower, 1, rows, new Float64Array(count).fill(1 / count));
    return new FullCovariance(genes, lower, tridiagonalise(lower, genes));
  }

  static restore(genes: number, snapshot: Snapshot): FullCovariance {
    const copy = (name: string) => Float64Array.from(snapshot[name] as Float64Array);
    return new FullCovariance(genes, copy('lower'), {
      diagonal: copy('diagonal'),
      beside: copy('beside'),
      reflections: copy('reflections'),
      halfSquares: copy('halfSquares'),
    });
  }

  shape(rows: Float64Array): void {
    const { genes, root, below } = this;
    for (let from = 0; from < rows.length; from += genes) {
      let carried = 0;
      for (let i = from; i < from + genes; i++) {
        const z = rows[i]!;
        rows[i] = root[i - from]! * z + carried;
        carried = below[i - from]! * z;
      }
    }
    reflect(this.form, rows);
  }

  whiten(y: Float64Array): void {
    const { genes, root, below, form } = this;
    reflect(form, y, 'Q^T');
    // The result is as long as L^-1 Q^T y; rounding in an ill-conditioned T would blur that.
    let wanted = 0;
    for (let i = 0, z = 0; i < genes; i++) {
      z = (y[i]! - (i > 0 ? below[i - 1]! * z : 0)) / root[i]!;
      wanted += z * z;
    }
    this.inverse ??= inverseRoot(
      this.least * (1 - 2 * SPECTRUM_ERROR),
      this.largest * (1 + 2 * SPECTRUM_ERROR),
    );
    applyInverseRoot(this.inverse, form, y);
    let square = 0;
    for (let i = 0; i < genes; i++) square += y[i]! * y[i]!;
    const scale = square > 0 ? Math.sqrt(wanted / square) : 0;
    for (let i = 0; i < genes; i++) y[i]! *= scale;
    reflect(form, y);
  }

  update({ parameters, keep, path, factors, y, step }: CovarianceUpdate): void {
    const { genes, lower } = this;
    const count = factors.length;
    const rows = new Float64Array((count + 1) * genes);
    rows.set(y);
    rows.set(path, count * genes);
    addOuter(lower, keep, rows, Float64Array.of(...factors, parameters.rankOneRate));
    if (step % parameters.decomposeEvery === 0) {
      this.form = tridiagonalise(lower, genes);
      this.prepare();
    }
  }

  /** L from T. Where rounding left an eigenvalue at 0 or below, all are lifted by adding to the diagonals of T and C. */
  private prepare(): void {
    const { genes, lower, form, root, below } = this;
    const { least, largest } = endsOfSpectrum(form, SMALLEST_SHARE);
    const floor = SMALLEST_SHARE * largest;
    const lift = Math.max(0, floor - least);
    if (lift > 0) {
      for (let i = 0; i < genes; i++) {
        form.diagonal[i]! += lift;
        lower[packedLength(i) + i]! += lift;
      }
    }
    this.least = Math.max(least, floor);
    this.largest = largest + lift;
    this.inverse = undefined;
    for (let i = 0; i < genes; i++) {
      const before = i > 0 ? below[i - 1]! : 0;
      // No pivot of a matrix is below its least eigenvalue, rounding apart.
      root[i] = Math.sqrt(Math.max(form.diagonal[i]! - before * before, this.least * (1 - SPECTRUM_ERROR)));
      below[i] = form.beside[i]! / root[i]!;
    }
  }

  variance(gene: number): number {
    return this.lower[packedLength(gene) + gene]!;
  }

  largestVariance(): number {
    let largest = 0;
    for (let gene = 0; gene < this.genes; gene++) largest = Math.max(largest, this.variance(gene));
    return largest;
  }

  leastDeviation(): number {
    return Math.sqrt(this.least);
  }

  axis(rank: number): { deviation: number; direction: Float64Array } {
    const { genes, form } = this;
    const rows = new Float64Array(genes * genes);
    const variances = new Float64Array(genes);
    for (let i = 0; i < genes; i++) {
      rows[i * genes + i] = form.diagonal[i]!;
      if (i > 0) rows[i * genes + i - 1] = form.beside[i - 1]!;
    }
    symmetricEigen(rows, variances);
    const direction = rows.slice(rank * genes, (rank + 1) * genes);
    reflect(form, direction);
    return { deviation: Math.sqrt(Math.max(0, variances[rank]!)), direction };
  }

  condition(): number {
    return this.largest / this.least;
  }

  logDeterminant(): number {
    return 2 * sumOfLogs(this.root);
  }

  snapshot(): Snapshot {
    const { diagonal, beside, reflections, halfSquares } = this.form;
    return {
      lower: this.lower.slice(),
      diagonal: diagonal.slice(),
      beside: beside.slice(),
      reflections: reflections.slice(),
      halfSquares: halfSquares.slice(),
    };
  }
}
