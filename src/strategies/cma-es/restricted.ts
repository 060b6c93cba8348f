import { symmetricEigen } from '../../math/symmetric-eigen.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import {
  addRows,
  addSquares,
  innerProduct,
  least,
  most,
  scaleRows,
  squaredLength,
  sumOfLogs,
  variancesAbout,
} from './rows.js';

/** A direction counts as found where its variance is this many times that of the rest. */
const FOUND = 30;
/** By how much the number of directions grows when all are found. */
const GROWTH = Math.SQRT2;

/**
 * A deviation for each gene, and k directions: C = D (I + sum over j of s_j v_j v_j^T) D with orthonormal v_j, in O(n k)
 * a candidate. This is VkD-CMA (Akimoto & Hansen 2016, doi:10.1145/2908812.2908863): the updated C is brought back to
 * this form by the k largest principal components of D^-1 C D^-1, the others at their mean, and D so that every C_ii is
 * what it was. k grows while all directions are found, and shrinks where most are not: of their rule (PPSN 2016,
 * doi:10.1007/978-3-319-45823-6_1) the threshold and the growth, looked at once in the time in which C is learned.
 */
export class RestrictedCovariance implements Covariance {
  /**
   * @param deviations `[n]` D
   * @param variances `[n]` C_ii
   * @param vectors `[k, n]` v, the largest s first
   * @param excess `[k]` s
   * @param looked step at which k was looked at last
   */
  private constructor(
    private readonly deviations: Float64Array,
    private readonly variances: Float64Array,
    private vectors: Float64Array,
    private excess: Float64Array,
    private looked: number,
    private readonly mostDirections: number,
  ) {}

  static identity(genes: number, mostDirections: number): RestrictedCovariance {
    const ones = () => new Float64Array(genes).fill(1);
    return new RestrictedCovariance(
      ones(),
      ones(),
      new Float64Array(genes),
      new Float64Array(1),
      0,
      mostDirections,
    );
  }

  /** The variances of the mean of r r^T over rows `[count, genes]`, and one beside them: it finds its directions itself. */
  static about(
    genes: number,
    rows: Readonly<Float64Array>,
    variance: number,
    mostDirections: number,
  ): RestrictedCovariance {
    const variances = variancesAbout(genes, rows, variance);
    return new RestrictedCovariance(
      variances.map(Math.sqrt),
      variances,
      new Float64Array(genes),
      new Float64Array(1),
      0,
      mostDirections,
    );
  }

  static restore(_genes: number, snapshot: Snapshot, mostDirections: number): RestrictedCovariance {
    const copy = (name: string) => Float64Array.from(snapshot[name] as Float64Array);
    return new RestrictedCovariance(
      copy('deviations'),
      copy('variances'),
      copy('vectors'),
      copy('excess'),
      snapshot.looked as number,
      mostDirections,
    );
  }

  get directions(): number {
    return this.excess.length;
  }

  shape(rows: Float64Array): void {
    this.alongDirections(rows, (excess) => Math.sqrt(1 + excess) - 1);
    scaleRows(rows, this.deviations);
  }

  /** A^-1 y, which is as long as C^(-1/2) y: turned by what is the same from step to step as long as C is. */
  whiten(y: Float64Array): void {
    for (let i = 0; i < y.length; i++) y[i]! /= this.deviations[i]!;
    this.alongDirections(y, (excess) => 1 / Math.sqrt(1 + excess) - 1);
  }

  /** Each row x <- x + sum over j of factor(s_j) (v_j x) v_j. */
  private alongDirections(rows: Float64Array, factor: (excess: number) => number): void {
    const { vectors, excess } = this;
    const genes = this.deviations.length;
    const along = new Float64Array(excess.length);
    for (let from = 0; from < rows.length; from += genes) {
      const row = rows.subarray(from, from + genes);
      for (let j = 0; j < along.length; j++) {
        along[j] = factor(excess[j]!) * innerProduct(vectors, j * genes, row, 0, genes);
      }
      addRows(vectors, along, row);
    }
  }

  update({ parameters, keep, path, factors, y, step }: CovarianceUpdate): void {
    const { genes } = parameters;
    const { variances, deviations } = this;
    const learned = new Float64Array(genes);
    addSquares(y, factors, learned);
    for (let i = 0; i < genes; i++) {
      variances[i] = keep * variances[i]! + parameters.rankOneRate * path[i]! * path[i]! + learned[i]!;
    }
    this.project(this.components(keep, parameters.rankOneRate, path, factors, y), keep);
    for (let i = 0; i < genes; i++) {
      let share = 1;
      for (let j = 0; j < this.excess.length; j++) {
        const entry = this.vectors[j * genes + i]!;
        share += this.excess[j]! * entry * entry;
      }
      deviations[i] = Math.sqrt(variances[i]! / share);
    }
    const due = Math.ceil(1 / (parameters.rankOneRate + parameters.rankMuRate));
    if (step - this.looked >= due) {
      this.looked = step;
      this.reconsider();
    }
  }

  /** `[components, n]` u with D^-1 C D^-1 = keep I + sum of u u^T, C updated. */
  private components(
    keep: number,
    rankOneRate: number,
    path: Readonly<Float64Array>,
    factors: Readonly<Float64Array>,
    y: Readonly<Float64Array>,
  ): Float64Array {
    const { vectors, excess, deviations } = this;
    const genes = deviations.length;
    const taken = [...factors.keys()].filter((candidate) => factors[candidate]! > 0);
    const rows = new Float64Array((excess.length + 1 + taken.length) * genes);
    let to = 0;
    excess.forEach((value, j) => {
      const factor = Math.sqrt(keep * value);
      for (let i = 0; i < genes; i++) rows[to + i] = factor * vectors[j * genes + i]!;
      to += genes;
    });
    const scaled = (factor: number, source: Readonly<Float64Array>, from: number) => {
      for (let i = 0; i < genes; i++) rows[to + i] = (factor * source[from + i]!) / deviations[i]!;
      to += genes;
    };
    scaled(Math.sqrt(rankOneRate), path, 0);
    for (const candidate of taken) scaled(Math.sqrt(factors[candidate]!), y, candidate * genes);
    return rows;
  }

  /** v and s from the largest principal components; the mean of the others is taken into what all directions share. */
  private project(rows: Readonly<Float64Array>, keep: number): void {
    const genes = this.deviations.length;
    const count = rows.length / genes;
    const products = new Float64Array(count * count);
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < a; b++)
        products[a * count + b] = innerProduct(rows, a * genes, rows, b * genes, genes);
      products[a * count + a] = squaredLength(rows, a * genes, genes);
    }
    const lengths = new Float64Array(count);
    symmetricEigen(products, lengths);
    const k = this.excess.length;
    let rest = 0;
    for (let j = 0; j < count - k; j++) rest += Math.max(0, lengths[j]!);
    const mean = rest / Math.max(1, genes - k);
    const vectors = new Float64Array(k * genes);
    for (let j = 0; j < k; j++) {
      const at = count - 1 - j;
      const length = at < 0 ? 0 : lengths[at]!;
      this.excess[j] = Math.max(0, (length - mean) / (keep + mean));
      if (this.excess[j] === 0) continue;
      const shares = products.slice(at * count, (at + 1) * count);
      const root = Math.sqrt(length);
      for (let a = 0; a < count; a++) shares[a]! /= root;
      addRows(rows, shares, vectors.subarray(j * genes, (j + 1) * genes));
    }
    this.vectors = vectors;
  }

  /** More directions where all are found, fewer where most are not. */
  private reconsider(): void {
    const k = this.excess.length;
    const genes = this.deviations.length;
    const found = this.excess.filter((value) => 1 + value > FOUND).length;
    const wanted = found === k ? Math.max(k + 1, Math.floor(GROWTH * k)) : Math.min(k, 2 * found + 1);
    const next = Math.max(1, Math.min(wanted, this.mostDirections, genes - 1));
    if (next === k) return;
    const [vectors, excess] = [new Float64Array(next * genes), new Float64Array(next)];
    vectors.set(this.vectors.subarray(0, Math.min(k, next) * genes));
    excess.set(this.excess.subarray(0, next));
    [this.vectors, this.excess] = [vectors, excess];
  }

  variance(gene: number): number {
    return this.variances[gene]!;
  }

  largestVariance(): number {
    return most(this.variances);
  }

  leastDeviation(): number {
    return least(this.deviations);
  }

  /** The directions first, then the genes: the main axes where D is a multiple of I. */
  axis(rank: number): { deviation: number; direction: Float64Array } {
    const { deviations, vectors, excess } = this;
    const genes = deviations.length;
    const direction = new Float64Array(genes);
    if (rank >= excess.length || excess[rank] === 0) {
      direction[rank] = 1;
      return { deviation: Math.sqrt(this.variances[rank]!), direction };
    }
    for (let i = 0; i < genes; i++) direction[i] = deviations[i]! * vectors[rank * genes + i]!;
    const length = Math.sqrt(squaredLength(direction, 0, genes));
    return { deviation: length * Math.sqrt(1 + excess[rank]!), direction: direction.map((x) => x / length) };
  }

  /** At most this: cond(D)^2 times the condition number of what stands between. */
  condition(): number {
    const ratio = most(this.deviations) / this.leastDeviation();
    return ratio * ratio * (1 + this.excess[0]!);
  }

  logDeterminant(): number {
    return 2 * sumOfLogs(this.deviations) + sumOfLogs(this.excess.map((excess) => 1 + excess));
  }

  snapshot(): Snapshot {
    return {
      deviations: this.deviations.slice(),
      variances: this.variances.slice(),
      vectors: this.vectors.slice(),
      excess: this.excess.slice(),
      looked: this.looked,
    };
  }
}
