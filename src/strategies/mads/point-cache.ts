/** A point that was evaluated. Everything here is minimised. */
export interface Point {
  x: Float64Array;
  f: number;
  constraints: readonly number[];
  /** Constraint violation, the sum of squares of what is above 0; 0 where feasible. */
  h: number;
}

/** Every point that was evaluated, in order, and their coordinates to be found again. */
export class PointCache {
  readonly points: Point[] = [];
  /** Coordinates by their hash; equal hashes are told apart by comparison. */
  private readonly known = new Map<number, Float64Array[]>();

  has(x: Readonly<Float64Array>): boolean {
    return this.known.get(hashOf(x))?.some((other) => same(other, x)) ?? false;
  }

  /** Whether coordinates are met for the first time; from then on they are known, before their point is evaluated. */
  claim(x: Float64Array): boolean {
    const hash = hashOf(x);
    const alike = this.known.get(hash);
    if (alike?.some((other) => same(other, x))) return false;
    if (alike) alike.push(x);
    else this.known.set(hash, [x]);
    return true;
  }

  /** Up to `most` usable points whose every coordinate is within `reach` of the centre, nearest first. */
  near(centre: Readonly<Float64Array>, reach: Readonly<Float64Array>, most: number): Point[] {
    const found: { point: Point; distance: number; order: number }[] = [];
    for (let order = 0; order < this.points.length; order++) {
      const point = this.points[order]!;
      if (!Number.isFinite(point.f)) continue;
      let distance = 0;
      for (let i = 0; i < centre.length && distance <= 1; i++) {
        distance = Math.max(distance, Math.abs(point.x[i]! - centre[i]!) / reach[i]!);
      }
      if (distance <= 1) found.push({ point, distance, order });
    }
    found.sort((a, b) => a.distance - b.distance || b.order - a.order);
    return found.slice(0, most).map(({ point }) => point);
  }
}

function same(a: Readonly<Float64Array>, b: Readonly<Float64Array>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * A number that equal coordinates share, and others as good as never: their sum, each with a weight of its own. 0 and -0,
 * which are equal, add the same.
 */
function hashOf(x: Readonly<Float64Array>): number {
  let sum = 0;
  let weight = 0.5;
  for (let i = 0; i < x.length; i++) {
    sum += weight * x[i]!;
    // Fractional parts of the multiples of the golden ratio: evenly spread, and no two alike.
    weight += 0.6180339887498949;
    if (weight > 1) weight -= 1;
  }
  return sum;
}
