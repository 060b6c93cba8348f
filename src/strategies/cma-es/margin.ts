import { normalCumulative, normalQuantile } from '../../math/normal.js';
import type { IntegerCoordinate } from '../coordinates.js';
import type { Covariance } from './covariance.js';

/**
 * Keeps integer genes moving: without it their deviations become much smaller than the distance of two levels, and all candidates have
 * one level before it is the best. This is the margin of CMA-ES with margin (Hamano, Saito, Nomura & Shirakawa 2022,
 * doi:10.1145/3512290.3528827; arXiv 2212.09260): after each step, the level of the mean leaves a probability of at least
 * 1 / (n lambda) to the others. A candidate is x = m + sigma A y with a diagonal A beside C, which learns from y: where the
 * mean's level has neighbours on both sides, m and A_ii follow from the two probabilities, and at the ends of the levels m
 * alone moves towards the border.
 */
export class Margin {
  /** How many deviations a border may be away at the ends of the levels. */
  private readonly farthest: number;
  private readonly row: Float64Array;

  /**
   * @param scale `[genes]` A, 1 where a gene is real
   * @param probability of all other levels together
   */
  private constructor(
    private readonly integers: readonly IntegerCoordinate[],
    readonly scale: Float64Array,
    private readonly probability: number,
  ) {
    this.farthest = normalQuantile(1 - probability);
    this.row = new Float64Array(scale.length);
  }

  static begin(integers: readonly IntegerCoordinate[], genes: number, population: number): Margin {
    return Margin.restore(integers, new Float64Array(genes).fill(1), population);
  }

  static restore(integers: readonly IntegerCoordinate[], scale: Float64Array, population: number): Margin {
    return new Margin(integers, scale, 1 / (scale.length * population));
  }

  /** The share of genes that are whole numbers. */
  get share(): number {
    return this.integers.length / this.scale.length;
  }

  /** A y of a candidate, whose y begins at `from`. The next call writes over it. */
  stretched(rows: Readonly<Float64Array>, from: number): Readonly<Float64Array> {
    const { row, scale } = this;
    for (let i = 0; i < row.length; i++) row[i] = scale[i]! * rows[from + i]!;
    return row;
  }

  /** Corrects the mean in place, and A. */
  correct(mean: Float64Array, sigma: number, covariance: Covariance): void {
    for (const { at, unit, low, high } of this.integers) {
      const x = mean[at]! * unit;
      const deviation = sigma * Math.sqrt(covariance.variance(at)) * unit;
      const level = Math.min(high, Math.max(low, Math.round(x)));
      if (level === low || level === high) {
        const border = level === low ? low + 0.5 : high - 0.5;
        const reach = this.farthest * deviation * this.scale[at]!;
        if (Math.abs(x - border) > reach) mean[at] = (border + Math.sign(x - border) * reach) / unit;
      } else this.widen(mean, { at, unit, x, deviation, level });
    }
  }

  /** Of a level between two others. */
  private widen(
    mean: Float64Array,
    { at, unit, x, deviation, level }: Record<'at' | 'unit' | 'x' | 'deviation' | 'level', number>,
  ): void {
    const [lower, upper] = [level - 0.5, level + 0.5];
    const least = this.probability / 2;
    const below = normalCumulative((lower - x) / (deviation * this.scale[at]!));
    const above = normalCumulative((x - upper) / (deviation * this.scale[at]!));
    if (below >= least && above >= least) return;
    const [down, up] = [Math.max(below, least), Math.max(above, least)];
    const middle = 1 - below - above;
    // The three are brought back to a sum of 1, none below its least.
    const share = (1 - down - up - middle) / (down + up + middle - 3 * least);
    const toLower = -normalQuantile(down + share * (down - least));
    const toUpper = -normalQuantile(up + share * (up - least));
    mean[at] = (lower * toUpper + upper * toLower) / (toLower + toUpper) / unit;
    this.scale[at] = 1 / (deviation * (toLower + toUpper));
  }
}
