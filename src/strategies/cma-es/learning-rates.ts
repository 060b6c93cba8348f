import { exp } from '../../math/exponential.js';
import { addOuter, packedLength } from '../../math/loops/dense.js';
import { pow } from '../../math/power.js';
import type { Snapshot } from '../strategy.js';
import type { Covariance, CovarianceUpdate } from './covariance.js';
import { squaredLength } from './rows.js';

/** alpha, the signal that is asked of a rate of 1, and gamma, how fast a rate changes. */
const SIGNAL = 1.4;
const CHANGE = 0.1;
/** beta of the mean and of the covariance: how much of the averages is the latest step. */
const MEAN_SMOOTHING = 0.1;
const SHAPE_SMOOTHING = 0.03;

/** One rate, by the ratio of signal to noise of the changes that it scales. */
class Rate {
  private constructor(
    private readonly smoothing: number,
    private readonly average: Float64Array,
    private square: number,
    public value: number,
  ) {}

  static begin(smoothing: number, length: number): Rate {
    return new Rate(smoothing, new Float64Array(length), 0, 1);
  }

  static restore(smoothing: number, { average, square, value }: Snapshot): Rate {
    return new Rate(smoothing, Float64Array.from(average as Float64Array), square as number, value as number);
  }

  snapshot(): Snapshot {
    return { average: this.average.slice(), square: this.square, value: this.value };
  }

  /** @param change of the step, in coordinates in which the distribution is the standard normal one */
  adapt(change: Readonly<Float64Array>): void {
    const { average, smoothing } = this;
    for (let i = 0; i < average.length; i++) average[i]! += smoothing * (change[i]! - average[i]!);
    this.square += smoothing * (squaredLength(change, 0, change.length) - this.square);
    const steady = squaredLength(average, 0, average.length);
    const noise = this.square - steady;
    const ratio = noise > 0 ? (steady - (smoothing / (2 - smoothing)) * this.square) / noise : Infinity;
    const wanted = Math.min(1, Math.max(-1, ratio / (SIGNAL * this.value) - 1));
    this.value = Math.min(1, this.value * exp(Math.min(CHANGE * this.value, smoothing) * wanted));
  }
}

/** What of an update of C is to be made: C <- keep C + scale (c_1 p p^T + ...), and sigma times `growth`. */
export interface SlowedUpdate {
  keep: number;
  scale: number;
  growth: number;
}

/**
 * Learning rates of mean and covariance that fall where steps contradict each other, as with noise or many optima, and
 * rise to 1 where they agree: LRA-CMA (Nomura, Akimoto & Ono 2023, doi:10.1145/3583131.3590358). The covariance is that
 * of candidates, sigma^2 C; a rate r of its change is taken as sigma^r for sigma, and as what is then left for C.
 */
export class LearningRates {
  private constructor(
    private readonly mean: Rate,
    private readonly shape: Rate,
    private readonly diagonal: boolean,
  ) {}

  static begin(genes: number, diagonal: boolean): LearningRates {
    const shape = Rate.begin(SHAPE_SMOOTHING, diagonal ? genes : packedLength(genes));
    return new LearningRates(Rate.begin(MEAN_SMOOTHING, genes), shape, diagonal);
  }

  static restore(diagonal: boolean, { mean, shape }: Snapshot): LearningRates {
    return new LearningRates(
      Rate.restore(MEAN_SMOOTHING, mean as Snapshot),
      Rate.restore(SHAPE_SMOOTHING, shape as Snapshot),
      diagonal,
    );
  }

  snapshot(): Snapshot {
    return { mean: this.mean.snapshot(), shape: this.shape.snapshot() };
  }

  /** @returns the rate of the mean, and the factor by which sigma makes up for its change */
  ofMean(white: Readonly<Float64Array>): { rate: number; sigmaFactor: number } {
    const before = this.mean.value;
    this.mean.adapt(white);
    return { rate: this.mean.value, sigmaFactor: before / this.mean.value };
  }

  /** @param growth of sigma in a whole step */
  ofShape(
    covariance: Covariance,
    { parameters, keep, path, factors, y }: CovarianceUpdate,
    growth: number,
  ): SlowedUpdate {
    const { genes } = parameters;
    const rows = new Float64Array((factors.length + 1) * genes);
    rows.set(y);
    rows.set(path, factors.length * genes);
    for (let from = 0; from < rows.length; from += genes)
      covariance.whiten(rows.subarray(from, from + genes));
    const square = growth * growth;
    const shares = Float64Array.of(...factors, parameters.rankOneRate).map((share) => share * square);
    this.shape.adapt(this.change(rows, shares, square * keep - 1, genes));
    const rate = this.shape.value;
    const slowed = pow(growth, rate);
    return {
      keep: (1 - rate + rate * square * keep) / (slowed * slowed),
      scale: (rate * square) / (slowed * slowed),
      growth: slowed,
    };
  }

  /** The change as a vector as long as the matrix (Frobenius), over the square root of 2: onDiagonal I + shares of rows. */
  private change(
    rows: Readonly<Float64Array>,
    shares: Readonly<Float64Array>,
    onDiagonal: number,
    genes: number,
  ): Float64Array {
    if (this.diagonal) {
      const change = new Float64Array(genes).fill(onDiagonal);
      shares.forEach((share, k) => {
        for (let i = 0; i < genes; i++) change[i]! += share * rows[k * genes + i]! * rows[k * genes + i]!;
      });
      return change.map((value) => value * Math.SQRT1_2);
    }
    const change = new Float64Array(packedLength(genes));
    addOuter(change, 0, rows, shares);
    for (let i = 0; i < genes; i++) {
      const at = packedLength(i) + i;
      change[at] = (change[at]! + onDiagonal) * Math.SQRT1_2;
    }
    return change;
  }
}
