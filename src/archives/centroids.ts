import type { RandomStream } from '../math/random.js';
import type { Cells, Dimension } from './cells.js';
import { NearestPoint } from './nearest.js';

/** k-means ends where no sample changes its centroid, or after so many rounds. */
const mostRounds = 50;

/**
 * A centroidal Voronoi tessellation: a cell holds what is nearest to its centroid, measured in shares of the ranges, so that
 * units do not matter (Vassiliades, Chatzilygeroudis and Mouret 2018, doi:10.1109/TEVC.2017.2735550).
 */
export class Tessellation implements Cells {
  readonly count: number;
  private readonly tree: NearestPoint;

  /** @param centroids `[cells, dimensions]` row-major, in shares of the ranges */
  constructor(
    readonly dimensions: readonly Dimension[],
    readonly centroids: Readonly<Float64Array>,
  ) {
    this.count = centroids.length / dimensions.length;
    this.tree = new NearestPoint(centroids, dimensions.length);
  }

  cellAt(measures: readonly number[]): number {
    return this.tree.nearest(this.dimensions.map(({ low, high }, i) => (measures[i]! - low) / (high - low)));
  }

  centreOf(cell: number): number[] {
    return this.dimensions.map(({ low, high }, i) => {
      const share = this.centroids[cell * this.dimensions.length + i]!;
      return low + (high - low) * share;
    });
  }
}

/**
 * Centroids of a unit box: k-means of samples drawn uniformly from it, which begins with the first samples and moves each
 * centroid to the mean of those nearest to it, until none changes hands.
 * @param cells how many centroids, at most as many as samples
 * @returns `[cells, width]` row-major
 */
export function centroidsOf(
  cells: number,
  width: number,
  samples: number,
  stream: RandomStream,
): Float64Array {
  const drawn = Float64Array.from({ length: samples * width }, () => stream.uniform());
  const centroids = drawn.slice(0, cells * width);
  const owner = new Int32Array(samples).fill(-1);
  for (let round = 0; round < mostRounds; round++) {
    const tree = new NearestPoint(centroids.slice(), width);
    let changed = 0;
    const sums = new Float64Array(cells * width);
    const counts = new Int32Array(cells);
    for (let sample = 0; sample < samples; sample++) {
      const place = drawn.subarray(sample * width, (sample + 1) * width);
      const nearest = tree.nearest(place);
      if (owner[sample] !== nearest) changed += 1;
      owner[sample] = nearest;
      counts[nearest]! += 1;
      for (let i = 0; i < width; i++) sums[nearest * width + i]! += place[i]!;
    }
    if (changed === 0) break;
    for (let cell = 0; cell < cells; cell++) {
      // One that is nearest to no sample stays where it is.
      for (let i = 0; i < width && counts[cell]! > 0; i++)
        centroids[cell * width + i] = sums[cell * width + i]! / counts[cell]!;
    }
  }
  return centroids;
}
