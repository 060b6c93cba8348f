import { log } from '../../math/logarithm.js';

const mantissas = [1, 2, 5] as const;

/** Powers of ten from 1e-330 as the decimal literals give them: correctly rounded on every machine. */
const powersOfTen = Float64Array.from({ length: 661 }, (_, k) => Number(`1e${k - 330}`));
const tenTo = (k: number) => powersOfTen[k + 330]!;

/**
 * The granular, anisotropic mesh of Audet, Le Digabel and Tribes 2019, SIAM J. Optim. 29(2):1164-1189, with continuous
 * variables: each has a frame size a 10^b with a in {1, 2, 5}, and a mesh size 10^(b - |b - b0|), so that the mesh
 * shrinks with the square of the frame.
 */
export class Mesh {
  /** `[n]` index into the mantissas */
  private readonly a: Int32Array;
  /** `[n]` */
  private readonly b: Int32Array;
  private readonly b0: Int32Array;
  /** `[n]` frame sizes: how far a poll reaches along each variable. */
  readonly frame: Float64Array;
  /** `[n]` mesh sizes: trial points differ from the centre by multiples of these. */
  readonly size: Float64Array;
  /** `[n]` frame over mesh size: how many mesh points a poll can choose from along each variable. */
  readonly ratio: Float64Array;

  /** @param frame `[n]` first frame sizes, rounded to a 10^b */
  constructor(frame: Readonly<Float64Array>) {
    const n = frame.length;
    this.a = new Int32Array(n);
    this.b = new Int32Array(n);
    this.frame = new Float64Array(n);
    this.size = new Float64Array(n);
    this.ratio = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      // The small term keeps exact powers of ten on their own side of the logarithm's rounding.
      const b = Math.floor(log(frame[i]!) / log(10) + 1e-12);
      const mantissa = frame[i]! / tenTo(b);
      this.a[i] = mantissa < 1.5 ? 0 : mantissa < 3.5 ? 1 : mantissa < 7.5 ? 2 : 0;
      this.b[i] = mantissa < 7.5 ? b : b + 1;
    }
    this.b0 = Int32Array.from(this.b);
    for (let i = 0; i < n; i++) this.measure(i);
  }

  private measure(i: number): void {
    const b = this.b[i]!;
    this.frame[i] = mantissas[this.a[i]!]! * tenTo(b);
    const finer = Math.abs(b - this.b0[i]!);
    this.size[i] = tenTo(b - finer);
    this.ratio[i] = mantissas[this.a[i]!]! * tenTo(finer);
  }

  /** 1, 2, 5, 10, … */
  enlarge(i: number): void {
    this.a[i] = (this.a[i]! + 1) % 3;
    if (this.a[i] === 0) this.b[i]! += 1;
    this.measure(i);
  }

  /** 1, 0.5, 0.2, 0.1, … */
  refine(): void {
    for (let i = 0; i < this.a.length; i++) {
      if (this.a[i] === 0) this.b[i]! -= 1;
      this.a[i] = (this.a[i]! + 2) % 3;
      this.measure(i);
    }
  }

  /**
   * After a success along `step`: enlarges the variables that took part in it, and those that have fallen far behind the
   * others (rule of NOMAD 4, anisotropy factor 0.1).
   */
  enlargeAlong(step: Readonly<Float64Array>): void {
    const n = this.a.length;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) least = Math.min(least, this.ratio[i]!);
    for (let i = 0; i < n; i++) {
      const taken = Math.abs(step[i]!) / this.frame[i]! > 0.1;
      const behind = this.b[i]! < this.b0[i]! && this.ratio[i]! > least * least;
      if (taken || behind) this.enlarge(i);
    }
  }

  /** Whether every variable has come down by so many decades. */
  refinedBy(decades: number): boolean {
    for (let i = 0; i < this.b.length; i++) if (this.b[i]! > this.b0[i]! - decades) return false;
    return true;
  }

  /** The smallest frame, in the given steps of the variables. */
  finest(step: Readonly<Float64Array>): number {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < step.length; i++) least = Math.min(least, this.frame[i]! / step[i]!);
    return least;
  }

  /**
   * `x` moved to the nearest mesh point as seen from `centre`, then into the bounds. Writes into `x`.
   * @param finer the mesh size is taken times this
   */
  project(
    x: Float64Array,
    centre: Readonly<Float64Array>,
    low: Readonly<Float64Array>,
    high: Readonly<Float64Array>,
    finer = 1,
  ): void {
    for (let i = 0; i < x.length; i++) x[i] = this.nearest(i, x[i]!, centre[i]!, low[i]!, high[i]!, finer);
  }

  /** The same of one variable. */
  nearest(i: number, value: number, centre: number, low: number, high: number, finer = 1): number {
    const size = this.size[i]! * finer;
    const steps = Math.round((value - centre) / size);
    return Math.min(high, Math.max(low, steps === 0 ? centre : centre + steps * size));
  }
}
