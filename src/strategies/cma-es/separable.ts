import { exp } from '../../math/exponential.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import { addSquares, least, most, scaleRows, sumOfLogs, variancesAbout } from './rows.js';

/**
 * Variances alone: C is diagonal, and time and memory are O(n) a candidate. The update of C is multiplicative, so that
 * no variance can reach 0: where the full matrix has C_ii <- (1 + d) C_ii, here it is C_ii <- e^d C_ii, the same to
 * first order in d.
 */
export class SeparableCovariance implements Covariance {
  private readonly deviations: Float64Array;
  /** Of the variances: searches ask at every step. */
  private least: number;
  private most: number;

  private constructor(private readonly variances: Float64Array) {
    this.deviations = variances.map(Math.sqrt);
    this.least = least(variances);
    this.most = most(variances);
  }

  static identity(genes: number): SeparableCovariance {
    return new SeparableCovariance(new Float64Array(genes).fill(1));
  }

  /** The mean of r r^T over rows `[count, genes]`, and a variance beside it. */
  static about(genes: number, rows: Readonly<Float64Array>, variance: number): SeparableCovariance {
    return new SeparableCovariance(variancesAbout(genes, rows, variance));
  }

  static restore(_genes: number, { variances }: Snapshot): SeparableCovariance {
    return new SeparableCovariance(Float64Array.from(variances as Float64Array));
  }

  shape(rows: Float64Array): void {
    scaleRows(rows, this.deviations);
  }

  whiten(y: Float64Array): void {
    for (let i = 0; i < y.length; i++) y[i]! /= this.deviations[i]!;
  }

  update({ parameters, keep, path, factors, y }: CovarianceUpdate): void {
    const { variances, deviations } = this;
    const genes = variances.length;
    const learned = new Float64Array(genes);
    addSquares(y, factors, learned);
    [this.least, this.most] = [Infinity, 0];
    for (let i = 0; i < genes; i++) {
      const added = parameters.rankOneRate * path[i]! * path[i]! + learned[i]!;
      const change = keep - 1 + added / variances[i]!;
      const variance = variances[i]! * exp(change);
      variances[i] = variance;
      deviations[i] = Math.sqrt(variance);
      if (variance < this.least) this.least = variance;
      if (variance > this.most) this.most = variance;
    }
  }

  variance(gene: number): number {
    return this.variances[gene]!;
  }

  largestVariance(): number {
    return this.most;
  }

  leastDeviation(): number {
    return Math.sqrt(this.least);
  }

  axis(gene: number): { deviation: number; direction: Float64Array } {
    const direction = new Float64Array(this.deviations.length);
    direction[gene] = 1;
    return { deviation: this.deviations[gene]!, direction };
  }

  condition(): number {
    return this.most / this.least;
  }

  logDeterminant(): number {
    return sumOfLogs(this.variances);
  }

  snapshot(): Snapshot {
    return { variances: this.variances.slice() };
  }
}
