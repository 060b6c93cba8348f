import { symmetricEigen } from '../../math/symmetric-eigen.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import { addRows } from './rows.js';

/** Below this share of the largest eigenvalue an eigenvalue of C is rounding error. */
const SMALLEST_SHARE = 1e-15;

/** Where row i of a packed lower triangle begins. */
const rowStart = (i: number) => (i * (i + 1)) / 2;

/** All n (n + 1) / 2 covariances, decomposed every few steps. Memory: 1.5 n^2 numbers. */
export class FullCovariance implements Covariance {
  /**
   * @param lower `[n (n + 1) / 2]` C, packed lower triangle
   * @param axes `[n, n]` B^T: main axis k is row k
   * @param deviations `[n]` D, ascending
   */
  private constructor(
    private readonly genes: number,
    private readonly lower: Float64Array,
    private readonly axes: Float64Array,
    private readonly deviations: Float64Array,
  ) {}

  static identity(genes: number): FullCovariance {
    const lower = new Float64Array(rowStart(genes));
    const axes = new Float64Array(genes * genes);
    for (let i = 0; i < genes; i++) {
      lower[rowStart(i) + i] = 1;
      axes[i * genes + i] = 1;
    }
    return new FullCovariance(genes, lower, axes, new Float64Array(genes).fill(1));
  }

  static restore(genes: number, { lower, axes, deviations }: Snapshot): FullCovariance {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    return new FullCovariance(genes, copy(lower), copy(axes), copy(deviations));
  }

  shape(z: Readonly<Float64Array>, y: Float64Array): void {
    const { genes, axes, deviations } = this;
    const along = new Float64Array(genes);
    for (let from = 0; from < z.length; from += genes) {
      for (let k = 0; k < genes; k++) along[k] = deviations[k]! * z[from + k]!;
      const row = y.subarray(from, from + genes);
      row.fill(0);
      addRows(axes, along, row);
    }
  }

  whiten(z: Readonly<Float64Array>, out: Float64Array): void {
    out.fill(0);
    addRows(this.axes, z, out);
  }

  update({ parameters, keep, path, factors, y, step }: CovarianceUpdate): void {
    const { genes, lower } = this;
    const { population, rankOneRate } = parameters;
    const coefficients = new Float64Array(population);
    for (let i = 0; i < genes; i++) {
      const row = lower.subarray(rowStart(i), rowStart(i + 1));
      const alongPath = rankOneRate * path[i]!;
      for (let j = 0; j <= i; j++) row[j] = keep * row[j]! + alongPath * path[j]!;
      for (let k = 0; k < population; k++) coefficients[k] = factors[k]! * y[k * genes + i]!;
      addRows(y, coefficients, row, genes);
    }
    if (step % parameters.decomposeEvery === 0) this.decompose();
  }

  /** B and D from C. An eigenvalue that rounding left at 0 or below is lifted, with all others, by adding to C's diagonal. */
  private decompose(): void {
    const { genes, lower, axes, deviations } = this;
    for (let i = 0; i < genes; i++) {
      for (let j = 0; j <= i; j++) axes[i * genes + j] = lower[rowStart(i) + j]!;
    }
    symmetricEigen(axes, deviations);
    const least = SMALLEST_SHARE * deviations[genes - 1]!;
    const lift = Math.max(0, least - deviations[0]!);
    for (let k = 0; k < genes; k++) {
      if (lift > 0) lower[rowStart(k) + k]! += lift;
      deviations[k] = Math.sqrt(deviations[k]! + lift);
    }
  }

  variance(gene: number): number {
    return this.lower[rowStart(gene) + gene]!;
  }

  deviation(axis: number): number {
    return this.deviations[axis]!;
  }

  component(axis: number, gene: number): number {
    return this.axes[axis * this.genes + gene]!;
  }

  condition(): number {
    const ratio = this.deviations[this.genes - 1]! / this.deviations[0]!;
    return ratio * ratio;
  }

  snapshot(): Snapshot {
    return { lower: this.lower.slice(), axes: this.axes.slice(), deviations: this.deviations.slice() };
  }
}
