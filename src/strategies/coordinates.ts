import { UsageError } from '../spec/errors.js';
import type { Problem } from './strategy.js';

/** A first deviation is at most this share of a gene's range. */
const LARGEST_SHARE = 1 / 3;

/** A coordinate whose gene is the nearest whole number from `low` to `high`. */
export interface IntegerCoordinate {
  at: number;
  /** What a coordinate is multiplied by to be the gene before it is rounded. */
  unit: number;
  low: number;
  high: number;
}

/** Coordinates one after the other, of genes one after the other that have the same bounds and unit. */
interface Run {
  from: number;
  end: number;
  /** A gene's index is its coordinate's and this. */
  shift: number;
  unit: number;
  /** Between these a coordinate times its unit is the gene. */
  plainFrom: number;
  plainTo: number;
}

function runsOf({ low, high, levels }: Problem, free: Int32Array, units: Float64Array): Run[] {
  const runs: Run[] = [];
  free.forEach((gene, i) => {
    const unit = units[i]!;
    const bend = margin(low[gene]!, high[gene]!, unit);
    // What is a whole number is never as it is.
    const plainFrom = levels[gene]! > 0 ? Infinity : low[gene]! + bend;
    const [plainTo, shift] = [high[gene]! - bend, gene - i];
    const last = runs.at(-1);
    const isSame =
      last?.shift === shift && last.unit === unit && last.plainFrom === plainFrom && last.plainTo === plainTo;
    if (isSame) last.end = i + 1;
    else runs.push({ from: i, end: i + 1, shift, unit, plainFrom, plainTo });
  });
  return runs;
}

/**
 * The coordinates that searches by a normal distribution move in, `[genes]` where a gene of one value only has none: unbounded, and in units in
 * which every gene's first deviation is sigma0. A unit is the gene's step, or less where sigma0 steps are more than a
 * third of its range.
 *
 * A coordinate becomes a gene by a smooth, periodic fold, the idea of pycma's BoundTransform. Within the bounds it is
 * the gene; within a margin of a bound it bends quadratically, so that the bound is reached with slope 0 one margin
 * outside; from there it goes back the way it came. Every point of the box is reached, a bound is a place like any
 * other, and candidates need no repair. The margin is the unit, at most a twentieth of the range, so that nearly all of the box is as
 * it is; pycma's is (1 + |bound|) / 20, which depends on the gene's origin.
 *
 * An integer gene is the nearest of its levels.
 */
export class Coordinates {
  readonly genes: number;
  /** `[genes]` indices into the genome */
  private readonly free: Int32Array;
  private readonly unit: Float64Array;
  /** Neighbours alike, for which little is read beside their points: with thousands of genes that is most of the time. */
  private readonly runs: readonly Run[];

  constructor(
    private readonly problem: Problem,
    sigma0: number,
  ) {
    const { low, high, step } = problem;
    this.free = Int32Array.from([...low.keys()].filter((gene) => low[gene]! < high[gene]!));
    this.genes = this.free.length;
    this.unit = Float64Array.from(this.free, (gene) => {
      const unit = Math.min(step[gene]!, ((high[gene]! - low[gene]!) * LARGEST_SHARE) / sigma0);
      if (!(unit > 0 && unit < Infinity)) {
        throw new UsageError(
          `gene ${gene} has a step of ${step[gene]}: expected a number above 0. Give the genome spec a step.`,
        );
      }
      return unit;
    });
    this.runs = runsOf(problem, this.free, this.unit);
  }

  /**
   * The genome at a point.
   * @param genome an earlier one, to be written over
   */
  genomeAt(point: Readonly<Float64Array>, genome: Float64Array = this.problem.start.slice()): Float64Array {
    for (const { from, end, shift, unit, plainFrom, plainTo } of this.runs) {
      for (let i = from; i < end; i++) {
        const x = point[i]! * unit;
        genome[i + shift] = x >= plainFrom && x <= plainTo ? x : this.folded(i, x);
      }
    }
    return genome;
  }

  /**
   * The genome at mean + sigma y, y the entries of `rows` from `from` on. One call instead of a loop and a call: with
   * thousands of genes it is half of what a candidate costs.
   * @param into a genome of this problem, of which the genes of one value only are there already
   */
  genomeBeside(
    mean: Readonly<Float64Array>,
    sigma: number,
    rows: Readonly<Float64Array>,
    from: number,
    into: Float64Array,
  ): void {
    for (const run of this.runs) {
      const { end, shift, unit, plainFrom, plainTo } = run;
      for (let i = run.from; i < end; i++) {
        const x = (mean[i]! + sigma * rows[from + i]!) * unit;
        into[i + shift] = x >= plainFrom && x <= plainTo ? x : this.folded(i, x);
      }
    }
  }

  private folded(i: number, x: number): number {
    const gene = this.free[i]!;
    // Adding 0 makes 0 of -0.
    if (this.problem.levels[gene]! > 0)
      return Math.min(this.problem.high[gene]!, Math.max(this.problem.low[gene]!, Math.round(x))) + 0;
    return fold(x, this.problem.low[gene]!, this.problem.high[gene]!, this.unit[i]!);
  }

  /** Those whose genes are whole numbers. */
  get integers(): IntegerCoordinate[] {
    const { low, high, levels } = this.problem;
    return Array.from(this.free, (gene, at) => ({ at, gene, unit: this.unit[at]! }))
      .filter(({ gene }) => levels[gene]! > 0)
      .map(({ at, gene, unit }) => ({ at, unit, low: low[gene]!, high: high[gene]! }));
  }

  /** The point nearest the middle of the box whose genome this is. */
  pointOf(genome: Readonly<Float64Array>): Float64Array {
    const point = new Float64Array(this.genes);
    for (const { from, end, shift, unit, plainFrom, plainTo } of this.runs) {
      for (let i = from; i < end; i++) {
        const x = genome[i + shift]!;
        point[i] = (x >= plainFrom && x <= plainTo ? x : this.unfolded(i, x)) / unit;
      }
    }
    return point;
  }

  private unfolded(i: number, x: number): number {
    const gene = this.free[i]!;
    if (this.problem.levels[gene]! > 0) return x;
    return unfold(x, this.problem.low[gene]!, this.problem.high[gene]!, this.unit[i]!);
  }
}

/** A wide bend changes the shape of what is searched: ill-conditioned functions then take more evaluations. */
const margin = (low: number, high: number, unit: number) => Math.min(unit, (high - low) / 20);

/** A number of [low, high] for any number. Infinite bounds do not bend. */
export function fold(coordinate: number, low: number, high: number, unit: number): number {
  const bend = margin(low, high, unit);
  const first = low - bend;
  const last = high + bend;
  let x = coordinate;
  if (x < first || x > last) {
    const period = 2 * (last - first);
    if (period < Infinity) {
      const within = x - first - period * Math.floor((x - first) / period);
      x = first + Math.min(within, period - within);
    } else x = x < first ? 2 * first - x : 2 * last - x;
  }
  if (x < low + bend) x = low + ((x - first) * (x - first)) / (4 * bend);
  else if (x > high - bend) x = high - ((last - x) * (last - x)) / (4 * bend);
  return Math.min(high, Math.max(low, x));
}

/** The coordinate in [low - bend, high + bend] that folds to a number of [low, high]. */
export function unfold(gene: number, low: number, high: number, unit: number): number {
  const bend = margin(low, high, unit);
  if (gene < low + bend) return low - bend + 2 * Math.sqrt(bend * Math.max(0, gene - low));
  if (gene > high - bend) return high + bend - 2 * Math.sqrt(bend * Math.max(0, high - gene));
  return gene;
}
