import { log } from '../../math/logarithm.js';

export type CovarianceKind = 'full' | 'separable' | 'vkd';

/** The constants of one search: Hansen's names, with the tutorial's equation numbers (arXiv 1604.00772v2). */
export interface Parameters {
  genes: number;
  /** lambda, candidates a step */
  population: number;
  /** mu, candidates with a positive weight */
  parents: number;
  /** `[population]` by rank; the first `parents` are positive and add up to 1, the others are negative or 0 */
  weights: Float64Array;
  /** mu_eff, variance-effective number of parents (8) */
  effective: number;
  /** c_sigma and d_sigma, of the step size (55) */
  stepRate: number;
  stepDamping: number;
  /** c_c, of the evolution path (56) */
  pathRate: number;
  /** c_1 and c_mu, of the rank-one and rank-mu updates (57), (58) */
  rankOneRate: number;
  rankMuRate: number;
  /** chi_n, expected length of a standard normal vector */
  expectedLength: number;
  /** Steps from one eigen-decomposition to the next: 1 / (10 n (c_1 + c_mu)), so that most time goes elsewhere. */
  decomposeEvery: number;
}

/** lambda as a real number, 4 + 3 ln n (48): restarts double this and round after it. */
export const defaultPopulation = (genes: number): number => 4 + 3 * log(genes);

/**
 * The constants for `genes` genes and `population` candidates a step.
 *
 * Full covariance: the tutorial's, with what pycma 4.4 does otherwise: c_sigma has n + mu_eff + 3 where (55) has
 * n + mu_eff + 5, and c_1 is multiplied by min(1, lambda / 6). Separable covariance: the rates of pycma's
 * `CMA_diagonal`, which learn n variances in O(n) evaluations: c_1 = 1 / (n + 2 sqrt n + mu_eff / n) and
 * c_mu = (1/4 + mu_eff + 1/mu_eff - 2) / (n + 4 sqrt n + mu_eff / 2). They take the place of the factor (n + 2) / 3
 * of Ros & Hansen 2008 (doi:10.1007/978-3-540-87700-4_30).
 *
 * vkd: those of VkD-CMA (Akimoto & Hansen 2016, doi:10.1145/2908812.2908863) for e = n (k + 1)
 * elements; negative weights have no place in it.
 *
 * @param active whether the worse half of the candidates is learned from, with negative weights
 * @param directions k of the restricted covariance
 */
export function parametersOf(
  genes: number,
  population: number,
  kind: CovarianceKind,
  active: boolean,
  directions = 1,
): Parameters {
  const n = genes;
  const parents = Math.floor(population / 2);
  const raw = Float64Array.from({ length: population }, (_, i) => log((population + 1) / 2) - log(i + 1));
  const positive = sums(raw, 0, parents);
  const negative = sums(raw, parents, population);
  const effective = (positive.sum * positive.sum) / positive.squares;

  const root = Math.sqrt(n);
  const learned = 1 / 4 + effective + 1 / effective - 2;
  const square = (x: number) => x * x;
  const elements = n * (directions + 1);
  const restrictedRate = 2 / (elements + n + 2 * (directions + 2) + effective);
  const rates = {
    full: {
      pathRate: (4 + effective / n) / (n + 4 + (2 * effective) / n),
      rankOneRate: (Math.min(1, population / 6) * 2) / (square(n + 1.3) + effective),
      rankMu: (2 * learned) / (square(n + 2) + effective),
    },
    separable: {
      pathRate: (1 + 1 / n + effective / n) / (root + 1 / n + (2 * effective) / n),
      rankOneRate: 1 / (n + 2 * root + effective / n),
      rankMu: learned / (n + 4 * root + effective / 2),
    },
    vkd: {
      pathRate: Math.sqrt(restrictedRate),
      rankOneRate: restrictedRate,
      rankMu: (2 * (effective - 2 + 1 / effective)) / (elements + 4 * (directions + 2) + effective),
    },
  }[kind];
  const { pathRate, rankOneRate } = rates;
  const rankMuRate = Math.min(1 - rankOneRate, rates.rankMu);

  const negativeEffective = negative.squares > 0 ? (negative.sum * negative.sum) / negative.squares : 0;
  // (50) to (53): as much unlearning as learning, no more than the parents are worth, and C stays positive definite.
  const negativeSum =
    active && kind !== 'vkd'
      ? Math.min(
          1 + rankOneRate / rankMuRate,
          1 + (2 * negativeEffective) / (effective + 2),
          (1 - rankOneRate - rankMuRate) / (n * rankMuRate),
        )
      : 0;
  const weights = raw.map((weight, i) => {
    if (i < parents) return weight / positive.sum;
    return negative.sum < 0 ? (weight * Math.max(0, negativeSum)) / -negative.sum : 0;
  });

  const stepRate = (effective + 2) / (n + effective + 3);
  return {
    genes,
    population,
    parents,
    weights,
    effective,
    stepRate,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepRate,
    pathRate,
    rankOneRate,
    rankMuRate,
    expectedLength: root * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
    decomposeEvery: Math.max(1, Math.ceil(1 / (10 * n * (rankOneRate + rankMuRate)))),
  };
}

function sums(values: Float64Array, from: number, to: number): { sum: number; squares: number } {
  let sum = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  return { sum, squares };
}
