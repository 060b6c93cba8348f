import { invertInPlace } from '../../math/inverse.js';
import { difference, norm } from './trust-region.js';

/** How a new point stands to the points of a system. */
export interface Standing {
  /** `[points + n + 1]` the first are the values there of each point's Lagrange function: 1 at the point, 0 at the others. */
  solved: Float64Array;
  /** What the point would add to the set beyond them. */
  fresh: number;
}

/** An update divides by this number at least, in units of what it is made of; below it rounding would win. */
const leastDivisor = 1e-8;

/**
 * The inverse of the system whose solutions are the quadratics of least Hessian through given values (Powell 2006,
 * doi:10.1007/0-387-30065-1_16, section 3). It is made anew in O(points^3), and brought up to date for one point more, or
 * another, in O(points^2).
 */
export class InterpolationSystem {
  /** Points that were added or replaced since it was made. */
  updates = 0;

  private constructor(
    /** `[n]` what points are measured from */
    readonly origin: Float64Array,
    /** Length that coordinates are divided by. */
    readonly scale: number,
    /** `[points][n]` */
    readonly y: Float64Array[],
    /** `[points + n + 1, points + n + 1]` */
    public inverse: Float64Array,
  ) {}

  /** Undefined where the points are degenerate. */
  static of(
    points: readonly Float64Array[],
    origin: Float64Array,
    scale: number,
  ): InterpolationSystem | undefined {
    const n = origin.length;
    const m = points.length;
    const size = m + n + 1;
    const y = points.map((u) => difference(u, origin, scale));
    const system = new Float64Array(size * size);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b <= a; b++) {
        const product = dot(y[a]!, y[b]!);
        system[a * size + b] = (product * product) / 2;
        system[b * size + a] = system[a * size + b]!;
      }
      system[a * size + m] = 1;
      system[m * size + a] = 1;
      for (let i = 0; i < n; i++) {
        system[a * size + m + 1 + i] = y[a]![i]!;
        system[(m + 1 + i) * size + a] = y[a]![i]!;
      }
    }
    return invertInPlace(system, size) ? new InterpolationSystem(origin, scale, y, system) : undefined;
  }

  get size(): number {
    return this.y.length + this.origin.length + 1;
  }

  private scaled(u: Readonly<Float64Array>): Float64Array {
    return difference(u, this.origin, this.scale);
  }

  distance(u: Readonly<Float64Array>): number {
    return norm(difference(u, this.origin));
  }

  standing(u: Readonly<Float64Array>): Standing {
    const { y, inverse, size } = this;
    const m = y.length;
    const s = this.scaled(u);
    const w = new Float64Array(size);
    for (let t = 0; t < m; t++) {
      const product = dot(y[t]!, s);
      w[t] = (product * product) / 2;
    }
    w[m] = 1;
    w.set(s, m + 1);
    const solved = new Float64Array(size);
    for (let a = 0; a < size; a++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += inverse[a * size + b]! * w[b]!;
      solved[a] = sum;
    }
    let fresh = 0;
    for (const component of s) fresh += component * component;
    fresh = (fresh * fresh) / 2;
    for (let a = 0; a < size; a++) fresh -= w[a]! * solved[a]!;
    return { solved, fresh };
  }

  /**
   * Puts another point in the place of one, or adds it at the end (Powell's equation for the inverse; bordering).
   * @returns false where rounding would spoil it: the system is then as it was
   */
  take(place: number, u: Readonly<Float64Array>, { solved, fresh }: Standing): boolean {
    const taken = place < this.y.length ? this.replace(place, solved, fresh) : this.append(solved, fresh);
    if (!taken) return false;
    this.y[place] = this.scaled(u);
    this.updates += 1;
    return true;
  }

  private replace(place: number, solved: Float64Array, fresh: number): boolean {
    const { inverse, size } = this;
    const own = inverse[place * size + place]!;
    const lagrange = solved[place]!;
    const divisor = own * fresh + lagrange * lagrange;
    if (!(Math.abs(divisor) > leastDivisor * (Math.abs(own * fresh) + lagrange * lagrange))) return false;
    const column = inverse.slice(place * size, (place + 1) * size);
    const rest = solved.map((value, a) => (a === place ? 1 : 0) - value);
    for (let a = 0; a < size; a++) {
      const alongRest = (own * rest[a]! + lagrange * column[a]!) / divisor;
      const alongColumn = (lagrange * rest[a]! - fresh * column[a]!) / divisor;
      for (let b = 0; b <= a; b++) {
        const value = inverse[a * size + b]! + alongRest * rest[b]! + alongColumn * column[b]!;
        inverse[a * size + b] = value;
        inverse[b * size + a] = value;
      }
    }
    return true;
  }

  private append(solved: Float64Array, fresh: number): boolean {
    if (!(Math.abs(fresh) > 0)) return false;
    const { inverse, size } = this;
    const m = this.y.length;
    const wider = size + 1;
    // The new row stands after those of the points, before those of the linear part.
    const at = (a: number) => (a < m ? a : a + 1);
    const next = new Float64Array(wider * wider);
    for (let a = 0; a < size; a++) {
      const row = at(a) * wider;
      const share = solved[a]! / fresh;
      for (let b = 0; b < size; b++) next[row + at(b)] = inverse[a * size + b]! + share * solved[b]!;
      next[row + m] = -share;
      next[m * wider + at(a)] = -share;
    }
    next[m * wider + m] = 1 / fresh;
    this.inverse = next;
    return true;
  }
}

function dot(a: Readonly<Float64Array>, b: Readonly<Float64Array>): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i]! * b[i]!;
  return product;
}
