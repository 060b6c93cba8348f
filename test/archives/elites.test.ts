import { describe, expect, it } from 'vitest';
import { centroidsOf, Tessellation } from '../../src/archives/centroids.js';
import { archiveFigures, EliteArchive, type Entry } from '../../src/archives/elites.js';
import { Grid } from '../../src/archives/grid.js';
import { NearestPoint } from '../../src/archives/nearest.js';
import { RandomStream } from '../../src/math/random.js';

const along = { name: 'along', low: -1, high: 1, bins: 4 };
const up = { name: 'up', low: 0, high: 30, bins: 3 };
const grid = () => new Grid([along, up]);

const entry = (objective: number, measures: [number, number], gene = objective): Entry => ({
  ...{ objective, measures, genome: Float64Array.of(gene) },
  ...{ step: 3, index: 5 },
});

describe('a grid', () => {
  it('numbers cells row-major; bins hold their lower edge, the last its upper one too', () => {
    const cells = grid();
    expect(cells.count).toBe(12);
    expect(cells.cellAt([-1, 0])).toBe(0);
    expect(cells.cellAt([-1, 10])).toBe(1);
    expect(cells.cellAt([-0.5, 9.99])).toBe(3);
    expect(cells.cellAt([1, 30])).toBe(11);
    expect(cells.binsOf(7)).toEqual([2, 1]);
    expect(cells.centreOf(7)).toEqual([0.25, 15]);
  });
});

describe('the nearest point', () => {
  it('is that of a comparison with every point, the first of equals', () => {
    const stream = RandomStream.from('points');
    for (const width of [1, 2, 3]) {
      // Places of a coarse lattice: many points coincide, and many distances are equal.
      const place = () => stream.integer(6) / 4;
      const points = Float64Array.from({ length: 40 * width }, place);
      const tree = new NearestPoint(points, width);
      for (let trial = 0; trial < 200; trial++) {
        const from = Array.from({ length: width }, place);
        const square = (point: number) =>
          from.reduce((sum, x, i) => sum + (x - points[point * width + i]!) ** 2, 0);
        const squares = Array.from({ length: 40 }, (_, point) => square(point));
        expect(tree.nearest(from)).toBe(squares.indexOf(Math.min(...squares)));
      }
    }
  });
});

describe('a tessellation', () => {
  const centroids = centroidsOf(20, 2, 1000, RandomStream.from('centroids'));

  it('has each centroid at the mean of the samples nearest to it, as k-means ends', () => {
    const stream = RandomStream.from('centroids');
    const samples = Array.from({ length: 1000 }, () => [stream.uniform(), stream.uniform()] as const);
    const tree = new NearestPoint(centroids, 2);
    const sums = Array.from({ length: 20 }, () => [0, 0, 0] as [number, number, number]);
    for (const [x, y] of samples) {
      const sum = sums[tree.nearest([x, y])]!;
      sum[0] += x;
      sum[1] += y;
      sum[2] += 1;
    }
    sums.forEach(([x, y, count], cell) => {
      expect(centroids[2 * cell]).toBeCloseTo(x / count, 12);
      expect(centroids[2 * cell + 1]).toBeCloseTo(y / count, 12);
    });
  });

  it('measures in shares of the ranges', () => {
    const cells = new Tessellation([along, up], Float64Array.of(0.25, 0.5, 0.75, 0.5));
    expect(cells.centreOf(0)).toEqual([-0.5, 15]);
    // Far from both up, and nearer to the second along.
    expect(cells.cellAt([0.1, 30])).toBe(1);
    expect(cells.cellAt([-0.1, 0])).toBe(0);
  });
});

describe('an archive of elites', () => {
  it('tells new cells, improvements and rejections, with what they improve by', () => {
    const archive = new EliteArchive(grid());
    expect(archive.add([entry(5, [-1, 0]), entry(7, [1, 30])])).toEqual([
      { status: 2, cell: 0, improvement: 5 },
      { status: 2, cell: 11, improvement: 7 },
    ]);
    // Compared with the archive as it was before: both are better, and the better of them stays.
    expect(archive.add([entry(6, [-1, 1]), entry(8, [-1, 2]), entry(7, [1, 29])])).toEqual([
      { status: 1, cell: 0, improvement: 1 },
      { status: 1, cell: 0, improvement: 3 },
      { status: 0, cell: 11, improvement: 0 },
    ]);
    expect(archive.eliteIn(0)).toMatchObject({ objective: 8, measures: [-1, 2], step: 3, index: 5 });
    expect(archive.eliteIn(1)).toBeUndefined();
    expect(archive.elites().map(({ cell }) => cell)).toEqual([0, 11]);
  });

  it('moves thresholds by the batch formula of CMA-MAE', () => {
    const archive = new EliteArchive(grid(), { learningRate: 0.1, least: -10 });
    expect(archive.add([entry(-11, [0, 0])])).toMatchObject([{ status: 0, improvement: -1 }]);
    expect(archive.thresholdOf(6)).toBe(-10);
    // (1 - 0.1)^2 (-10) + (1 - 0.81) (5 + 9) / 2 = -8.1 + 1.33
    expect(archive.add([entry(5, [0, 0]), entry(9, [0, 0])])).toMatchObject([
      { status: 2, improvement: 15 },
      { status: 2, improvement: 19 },
    ]);
    expect(archive.thresholdOf(6)).toBeCloseTo(-6.77, 12);
    // A worse one than the elite is taken, for it exceeds the threshold: 0.9 (-6.77) + 0.1 (0) = -6.093.
    expect(archive.add([entry(0, [0, 0])])).toMatchObject([{ status: 1, cell: 6 }]);
    expect(archive.eliteIn(6)!.objective).toBe(0);
    expect(archive.thresholdOf(6)).toBeCloseTo(-6.093, 12);
    // One that is not above the threshold changes nothing.
    expect(archive.add([entry(-7, [0, 0])])).toMatchObject([{ status: 0 }]);
    expect(archive.thresholdOf(6)).toBeCloseTo(-6.093, 12);
  });

  it('keeps its thresholds where the learning rate is 0: the threshold of every cell is the least', () => {
    const archive = new EliteArchive(grid(), { learningRate: 0, least: 1 });
    archive.add([entry(5, [0, 0])]);
    expect(archive.thresholdOf(6)).toBe(1);
  });

  it('comes back from a snapshot with all it held, in its order', () => {
    const threshold = { learningRate: 0.01, least: 0 };
    const archive = new EliteArchive(grid(), threshold);
    archive.add([entry(7, [1, 30]), entry(5, [-1, 0])]);
    archive.add([entry(9, [-1, 0])]);
    const again = EliteArchive.restore(grid(), threshold, archive.snapshot());
    expect(again.snapshot()).toEqual(archive.snapshot());
    expect(again.elites()).toEqual(archive.elites());
    expect(again.thresholdOf(0)).toBe(archive.thresholdOf(0));
    // Neither writes into the other's genomes.
    archive.snapshot().genomes.fill(77);
    expect([...again.eliteIn(0)!.genome]).toEqual([9]);
  });

  it('is told in figures: coverage, QD score over all cells with its offset, the best', () => {
    const archive = new EliteArchive(grid());
    const none = { cells: 12, elites: 0, coverage: 0, qdScore: 0, offset: 2, belowOffset: 0, best: null };
    expect(archiveFigures(archive, 2)).toEqual(none);
    archive.add([entry(8, [-1, 0]), entry(7, [1, 30]), entry(1, [0, 0])]);
    // (6 + 5 - 1) / 12
    expect(archiveFigures(archive, 2)).toEqual({
      ...{ cells: 12, elites: 3, coverage: 0.25, qdScore: 10 / 12, offset: 2, belowOffset: 1, best: 8 },
    });
  });
});
