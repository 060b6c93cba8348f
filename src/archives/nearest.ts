/**
 * Finds the nearest of fixed points by a k-d tree: each node halves its points by the median along one axis, the axes in
 * turn. Of points at one distance the first counts, so that the result is that of a comparison with every point.
 */
export class NearestPoint {
  /** `[count]` points in the order of the tree: the middle of each part is its node. */
  private readonly order: Int32Array;

  /** @param points `[count, width]` row-major; they must not change */
  constructor(
    private readonly points: Readonly<Float64Array>,
    private readonly width: number,
  ) {
    this.order = Int32Array.from({ length: points.length / width }, (_, point) => point);
    this.divide(0, this.order.length, 0);
  }

  private divide(from: number, to: number, axis: number): void {
    if (to - from < 2) return;
    const { points, width, order } = this;
    order.subarray(from, to).sort((a, b) => points[a * width + axis]! - points[b * width + axis]! || a - b);
    const middle = (from + to) >> 1;
    const next = (axis + 1) % width;
    this.divide(from, middle, next);
    this.divide(middle + 1, to, next);
  }

  /** The point nearest to `place`, by Euclidean distance. */
  nearest(place: ArrayLike<number>): number {
    const { points, width, order } = this;
    let found = -1;
    let least = Number.POSITIVE_INFINITY;
    const visit = (from: number, to: number, axis: number): void => {
      if (from >= to) return;
      const middle = (from + to) >> 1;
      const point = order[middle]!;
      let square = 0;
      for (let i = 0; i < width; i++) {
        const along = place[i]! - points[point * width + i]!;
        square += along * along;
      }
      if (square < least || (square === least && point < found)) {
        least = square;
        found = point;
      }
      const beyond = place[axis]! - points[point * width + axis]!;
      const next = (axis + 1) % width;
      if (beyond < 0) visit(from, middle, next);
      else visit(middle + 1, to, next);
      // What lies beyond the plane can be no nearer than the plane is.
      if (beyond * beyond > least) return;
      if (beyond < 0) visit(middle + 1, to, next);
      else visit(from, middle, next);
    };
    visit(0, order.length, 0);
    return found;
  }
}
