/** A point that was evaluated. Everything here is minimised. */
export interface Point {
  x: Float64Array;
  f: number;
  constraints: readonly number[];
  /** Constraint violation, the sum of squares of what is above 0; 0 where feasible. */
  h: number;
}

/** Every point that was evaluated, in order, found again by its coordinates' bits. */
export class PointCache {
  readonly points: Point[] = [];
  private readonly known = new Set<string>();

  private key(x: Readonly<Float64Array>): string {
    // Adding 0 makes -0 the same as 0.
    const bytes = new Uint16Array(Float64Array.from(x, (value) => value + 0).buffer);
    let key = '';
    for (let from = 0; from < bytes.length; from += 4096) {
      key += String.fromCharCode(...bytes.subarray(from, from + 4096));
    }
    return key;
  }

  has(x: Readonly<Float64Array>): boolean {
    return this.known.has(this.key(x));
  }

  add(point: Point): void {
    this.known.add(this.key(point.x));
    this.points.push(point);
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
