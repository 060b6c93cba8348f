import { exp } from '../../math/exponential.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';

/**
 * Variances alone: C is diagonal, and time and memory are O(n) a candidate. The update of C is multiplicative, so that
 * no variance can reach 0: where the full matrix has C_ii <- (1 + d) C_ii, here it is C_ii <- e^d C_ii, the same to
 * first order in d.
 */
export class SeparableCovariance implements Covariance {
  private constructor(
    private readonly variances: Float64Array,
    private readonly deviations: Float64Array = variances.map(Math.sqrt),
  ) {}

  static identity(genes: number): SeparableCovariance {
    return new SeparableCovariance(new Float64Array(genes).fill(1));
  }

  static restore(_genes: number, { variances }: Snapshot): SeparableCovariance {
    return new SeparableCovariance(Float64Array.from(variances as Float64Array));
  }

  shape(z: Readonly<Float64Array>, y: Float64Array): void {
    const { deviations } = this;
    const genes = deviations.length;
    for (let from = 0; from < z.length; from += genes) {
      for (let i = 0; i < genes; i++) y[from + i] = deviations[i]! * z[from + i]!;
    }
  }

  whiten(z: Readonly<Float64Array>, out: Float64Array): void {
    out.set(z);
  }

  update({ parameters, keep, path, factors, y }: CovarianceUpdate): void {
    const { variances, deviations } = this;
    const genes = variances.length;
    const learned = new Float64Array(genes);
    for (let k = 0; k < parameters.population; k++) {
      const factor = factors[k]!;
      const from = k * genes;
      for (let i = 0; i < genes; i++) learned[i]! += factor * y[from + i]! * y[from + i]!;
    }
    for (let i = 0; i < genes; i++) {
      const added = parameters.rankOneRate * path[i]! * path[i]! + learned[i]!;
      const change = keep - 1 + added / variances[i]!;
      variances[i]! *= exp(change);
      deviations[i] = Math.sqrt(variances[i]!);
    }
  }

  variance(gene: number): number {
    return this.variances[gene]!;
  }

  deviation(axis: number): number {
    return this.deviations[axis]!;
  }

  component(axis: number, gene: number): number {
    return axis === gene ? 1 : 0;
  }

  condition(): number {
    let least = Infinity;
    let most = 0;
    for (const variance of this.variances) {
      if (variance < least) least = variance;
      if (variance > most) most = variance;
    }
    return most / least;
  }

  snapshot(): Snapshot {
    return { variances: this.variances.slice() };
  }
}
