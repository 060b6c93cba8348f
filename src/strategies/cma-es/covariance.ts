import type { Snapshot } from '../strategy.js';
import type { Parameters } from './parameters.js';

/**
 * What C, the covariance matrix of the search, has to do. Vectors are `[genes]`, populations `[population, genes]`
 * row-major. C = B D^2 B^T; B and D may lag behind C between decompositions, and sampling goes by them.
 */
export interface Covariance {
  /** y = B D z for each candidate. */
  shape(z: Readonly<Float64Array>, y: Float64Array): void;
  /** C^(-1/2) y, where y = B D z: that is, B z. */
  whiten(z: Readonly<Float64Array>, out: Float64Array): void;
  /**
   * C <- keep C + c_1 p p^T + sum over k of factors[k] y_k y_k^T.
   * @param factors `[population]` c_mu times the weights, the negative ones scaled by n / |z|^2
   */
  update(update: CovarianceUpdate): void;
  /** C_ii, the variance of a gene before sigma^2. */
  variance(gene: number): number;
  /** D_kk, the deviation along main axis k, ascending in k where axes are not the genes. */
  deviation(axis: number): number;
  /** Component `gene` of main axis k, a unit vector. */
  component(axis: number, gene: number): number;
  /** cond(C): the ratio of its largest to its smallest eigenvalue; infinite where that is not above 0. */
  condition(): number;
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
