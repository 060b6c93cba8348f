import { pow } from '../math/power.js';
import type { Cells } from './cells.js';

/** What may become an elite. */
export interface Entry {
  /** To be maximised. */
  objective: number;
  /** `[dimensions]` within their ranges. */
  measures: readonly number[];
  /** `[genes]` copied by an archive that keeps it */
  genome: Readonly<Float64Array>;
  /** Where it was evaluated: the step, and the candidate in it. */
  step: number;
  index: number;
}

/** An elite in its cell. */
export interface Elite extends Entry {
  cell: number;
}

/** What became of an entry: turned down, better than what its cell asked for, or the first of its cell. */
export type AddStatus = 0 | 1 | 2;

export interface Added {
  status: AddStatus;
  cell: number;
  /** The objective less what the cell asked for; the objective itself where the cell asked for nothing. */
  improvement: number;
}

export interface Threshold {
  /** alpha: how far what a cell asks for moves towards what it takes; 1: to its elite. */
  learningRate: number;
  /** What an empty cell asks for; minus infinity: nothing. */
  least: number;
}

/** An elite's objective is what its cell asks for. */
export const noThreshold: Threshold = { learningRate: 1, least: Number.NEGATIVE_INFINITY };

/** The state of an archive, elites in the order in which their cells were filled. */
export type ArchiveSnapshot = {
  /** `[1]` what an empty cell asks for */
  least: Float64Array;
  /** `[elites]` */
  cells: Int32Array;
  objectives: Float64Array;
  thresholds: Float64Array;
  steps: Int32Array;
  indices: Int32Array;
  /** `[elites, dimensions]` row-major */
  measures: Float64Array;
  /** `[elites, genes]` row-major */
  genomes: Float64Array;
};

/**
 * Elites, at most one a cell (Mouret and Clune 2015, arXiv 1504.04909). With a learning rate below 1 it is the archive of
 * CMA-MAE (Fontaine and Nikolaidis 2023, doi:10.1145/3583131.3590389): a cell takes what exceeds its threshold t, which
 * then moves to (1 - alpha) t + alpha f. Of k that a cell takes at once, of mean objective m, it moves to
 * (1 - alpha)^k t + (1 - (1 - alpha)^k) m.
 */
export class EliteArchive {
  private readonly byCell = new Map<number, { entry: Entry; threshold: number }>();
  /** Cells in the order in which they were filled. */
  private readonly filled: number[] = [];
  private leastThreshold: number;

  constructor(
    readonly cells: Cells,
    private readonly threshold: Threshold = noThreshold,
  ) {
    this.leastThreshold = threshold.least;
  }

  static restore(
    cells: Cells,
    { learningRate }: Pick<Threshold, 'learningRate'>,
    snapshot: ArchiveSnapshot,
  ): EliteArchive {
    const archive = new EliteArchive(cells, { learningRate, least: snapshot.least[0]! });
    const width = cells.dimensions.length;
    const genes = snapshot.genomes.length / Math.max(1, snapshot.cells.length);
    snapshot.cells.forEach((cell, i) => {
      const entry: Entry = {
        objective: snapshot.objectives[i]!,
        measures: [...snapshot.measures.subarray(i * width, (i + 1) * width)],
        genome: snapshot.genomes.slice(i * genes, (i + 1) * genes),
        step: snapshot.steps[i]!,
        index: snapshot.indices[i]!,
      };
      archive.byCell.set(cell, { entry, threshold: snapshot.thresholds[i]! });
      archive.filled.push(cell);
    });
    return archive;
  }

  /** How many cells have an elite. */
  get size(): number {
    return this.filled.length;
  }

  /** The elite of a cell; undefined where it is empty. */
  eliteIn(cell: number): Elite | undefined {
    const held = this.byCell.get(cell);
    return held && { ...held.entry, cell };
  }

  /** An elite by the order in which cells were filled. @param place from 0 to `size` - 1 */
  eliteAt(place: number): Elite {
    return this.eliteIn(this.filled[place]!)!;
  }

  /** Every elite, in the order in which cells were filled. */
  elites(): Elite[] {
    return this.filled.map((_, place) => this.eliteAt(place));
  }

  /** What an empty cell asks for. */
  get least(): number {
    return this.leastThreshold;
  }

  /** Makes empty cells ask for no more than this. */
  lowerTo(objective: number): void {
    this.leastThreshold = Math.min(this.leastThreshold, objective);
  }

  /** What a cell asks for. */
  thresholdOf(cell: number): number {
    return this.byCell.get(cell)?.threshold ?? this.least;
  }

  /** Adds entries at once: each is compared with the archive as it was before all of them. */
  add(entries: readonly Entry[]): Added[] {
    const added = entries.map(({ objective, measures }): Added => {
      const cell = this.cells.cellAt(measures);
      const held = this.byCell.get(cell);
      if (held) {
        const status = objective > held.threshold ? 1 : 0;
        return { status, cell, improvement: objective - held.threshold };
      }
      const { least } = this;
      const asksNothing = least === Number.NEGATIVE_INFINITY;
      return {
        status: objective >= least ? 2 : 0,
        cell,
        improvement: asksNothing ? objective : objective - least,
      };
    });
    const taken = new Map<number, Entry[]>();
    added.forEach(({ status, cell }, i) => {
      if (status === 0) return;
      const others = taken.get(cell);
      if (others) others.push(entries[i]!);
      else taken.set(cell, [entries[i]!]);
    });
    for (const [cell, those] of taken) this.take(cell, those);
    return added;
  }

  private take(cell: number, entries: readonly Entry[]): void {
    const best = entries.reduce((a, b) => (b.objective > a.objective ? b : a));
    const { learningRate } = this.threshold;
    let threshold = best.objective;
    if (learningRate < 1) {
      const kept = pow(1 - learningRate, entries.length);
      // One by one, so that the mean of huge objectives is a number.
      const mean = entries.reduce((sum, { objective }) => sum + objective / entries.length, 0);
      threshold = kept * this.thresholdOf(cell) + (1 - kept) * mean;
    }
    if (!this.byCell.has(cell)) this.filled.push(cell);
    const entry = { ...best, genome: Float64Array.from(best.genome) };
    this.byCell.set(cell, { entry, threshold });
  }

  snapshot(): ArchiveSnapshot {
    const held = this.filled.map((cell) => this.byCell.get(cell)!);
    const genes = held[0]?.entry.genome.length ?? 0;
    const genomes = new Float64Array(held.length * genes);
    held.forEach(({ entry }, i) => {
      genomes.set(entry.genome, i * genes);
    });
    return {
      least: Float64Array.of(this.least),
      cells: Int32Array.from(this.filled),
      objectives: Float64Array.from(held, ({ entry }) => entry.objective),
      thresholds: Float64Array.from(held, ({ threshold }) => threshold),
      steps: Int32Array.from(held, ({ entry }) => entry.step),
      indices: Int32Array.from(held, ({ entry }) => entry.index),
      measures: Float64Array.from(held.flatMap(({ entry }) => [...entry.measures])),
      genomes,
    };
  }
}

/** An archive in figures. */
export interface ArchiveFigures {
  cells: number;
  elites: number;
  /** Share of the cells that have an elite. */
  coverage: number;
  /** The sum over elites of objective less `offset`, divided by the number of cells: an empty cell counts 0. */
  qdScore: number;
  offset: number;
  /** Elites whose objective is below the offset: each of them lowers the QD score. */
  belowOffset: number;
  /** The greatest objective; null where there is no elite. */
  best: number | null;
}

/** @param offset an objective that counts nothing, the least that there can be */
export function archiveFigures(archive: EliteArchive, offset: number): ArchiveFigures {
  const { count } = archive.cells;
  let [sum, best, belowOffset] = [0, Number.NEGATIVE_INFINITY, 0];
  for (const { objective } of archive.elites()) {
    sum += objective - offset;
    if (objective > best) best = objective;
    if (objective < offset) belowOffset += 1;
  }
  return {
    cells: count,
    elites: archive.size,
    coverage: archive.size / count,
    qdScore: sum / count,
    ...{ offset, belowOffset },
    best: archive.size > 0 ? best : null,
  };
}
