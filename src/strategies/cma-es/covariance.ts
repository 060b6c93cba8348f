import type { Snapshot } from '../strategy.js';
import type { Parameters } from './parameters.js';

/**
 * What C, the covariance matrix of the search, has to do. Vectors are `[genes]`, populations `[population, genes]`
 * row-major. C = A A^T; A may lag behind C between decompositions, and sampling goes by it.
 */
export interface Covariance {
  /** Each row z <- A z. */
  shape(rows: Float64Array): void;
  /** y <- C^(-1/2) y. */
  whiten(y: Float64Array): void;
  /**
   * C <- keep C + c_1 p p^T + sum over k of factors[k] y_k y_k^T.
   * @param factors `[population]` c_mu times the weights, the negative ones scaled by n / |z|^2
   */
  update(update: CovarianceUpdate): void;
  /** C_ii, the variance of a gene before sigma^2. */
  variance(gene: number): number;
  /** The largest of the variances of genes. */
  largestVariance(): number;
  /** No deviation along a main axis is below this, rounding apart. */
  leastDeviation(): number;
  /** A main axis, a unit vector, and the deviation along it: ascending with `rank` where axes are not the genes. */
  axis(rank: number): { deviation: number; direction: Float64Array };
  /** cond(C): the ratio of its largest to its smallest eigenvalue, to a few thousandths of it. */
  condition(): number;
  /** The natural logarithm of its determinant. */
  logDeterminant(): number;
  /** k, where C is restricted to so many directions: rates depend on it. */
  readonly directions?: number;
  /** Its state: plain arrays of its own. */
  snapshot(): Snapshot;
}

export interface CovarianceUpdate {
  parameters: Parameters;
  /** 1 + c_1 (1 - h) c_c (2 - c_c) - c_1 - c_mu sum w */
  keep: number;
  /** p_c */
  path: Readonly<Float64Array>;
  factors: Readonly<Float64Array>;
  y: Readonly<Float64Array>;
  /** Number of this step, from 1. */
  step: number;
}
