import type { Cells, Dimension } from '../../archives/cells.js';
import { centroidsOf, Tessellation } from '../../archives/centroids.js';
import {
  type Added,
  type ArchiveSnapshot,
  EliteArchive,
  type Entry,
  noThreshold,
} from '../../archives/elites.js';
import { Grid } from '../../archives/grid.js';
import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { UsageError, UserError } from '../../spec/errors.js';
import { fitness } from '../ranking.js';
import type { Candidate, KeptArchive, Outcome, Problem, Snapshot } from '../strategy.js';
import { type ArchiveOptions, dimensionsOf } from './archive-options.js';

/** Samples of a tessellation for each of its cells. */
const samplesACell = 20;

/** Thresholds of the archive that the search goes by, where it is another than the one that is kept. */
export interface Annealing {
  learningRate: number;
  /** What an empty cell asks for; null: the lowest objective so far. */
  minThreshold: number | null;
}

/** A candidate that has a score and a place. */
export interface Placed extends Added, Entry {}

/** @throws UsageError naming the option at fault */
function settled(problem: Problem, options: ArchiveOptions): Dimension[] {
  const { dimensions, fault } = dimensionsOf(problem, options);
  if (fault !== undefined) throw new UsageError(`strategy.${fault}`);
  return dimensions;
}

/**
 * Keeps the elites of a search: turns outcomes into entries, clips measures to their ranges, and counts what it clips and
 * what it cannot place. With annealing, the search goes by a second archive with thresholds.
 */
export class Keeper implements KeptArchive {
  readonly clipped: Int32Array;
  unplaced = 0;
  private steps = 0;

  private constructor(
    readonly offset: number,
    readonly elites: EliteArchive,
    private readonly annealing: Annealing | undefined,
    private readonly annealed: EliteArchive | undefined,
  ) {
    this.clipped = new Int32Array(elites.cells.dimensions.length);
  }

  /** @throws UsageError naming the option at fault */
  static begin(problem: Problem, options: ArchiveOptions, seed: string, annealing?: Annealing): Keeper {
    const dimensions = settled(problem, options);
    const { cells, samples } = options;
    const random = () => RandomStream.from(deriveSeed(seed, 'centroids'));
    const space =
      cells === null
        ? new Grid(dimensions)
        : new Tessellation(
            dimensions,
            centroidsOf(cells, dimensions.length, samples ?? samplesACell * cells, random()),
          );
    const annealed =
      annealing &&
      new EliteArchive(space, {
        learningRate: annealing.learningRate,
        least: annealing.minThreshold ?? Number.POSITIVE_INFINITY,
      });
    return new Keeper(options.offset, new EliteArchive(space), annealing, annealed);
  }

  static restore(
    problem: Problem,
    options: ArchiveOptions,
    snapshot: Snapshot,
    annealing?: Annealing,
  ): Keeper {
    const dimensions = settled(problem, options);
    const { centroids, elites, annealed, clipped, unplaced, steps } = snapshot;
    const cells: Cells =
      centroids === null
        ? new Grid(dimensions)
        : new Tessellation(dimensions, Float64Array.from(centroids as Float64Array));
    const keeper = new Keeper(
      options.offset,
      EliteArchive.restore(cells, noThreshold, elites as unknown as ArchiveSnapshot),
      annealing,
      annealing && EliteArchive.restore(cells, annealing, annealed as unknown as ArchiveSnapshot),
    );
    keeper.clipped.set(clipped as Int32Array);
    keeper.unplaced = unplaced as number;
    keeper.steps = steps as number;
    return keeper;
  }

  /** The archive that the search goes by; nothing is in it before a first score. */
  get guide(): EliteArchive {
    return this.annealed ?? this.elites;
  }

  /**
   * Adds a step's candidates.
   * @returns for each what became of it in the guide; undefined where it failed or has no place
   * @throws UserError where the outcomes lack a measure
   */
  tell(candidates: readonly Candidate[], outcomes: readonly Outcome[]): (Placed | undefined)[] {
    const entries = outcomes.map((outcome, index) => this.entryOf(candidates[index]!, outcome, index));
    this.steps += 1;
    const sound = entries.filter((entry) => entry !== undefined);
    if (this.annealed && this.annealing?.minThreshold === null)
      for (const { objective } of sound) this.annealed.lowerTo(objective);
    const added = this.guide.add(sound);
    if (this.annealed) this.elites.add(sound);
    let next = 0;
    return entries.map((entry) => (entry ? { ...entry, ...added[next++]! } : undefined));
  }

  private entryOf({ genome }: Candidate, outcome: Outcome, index: number): Entry | undefined {
    const objective = fitness(outcome);
    if (objective === Number.NEGATIVE_INFINITY) return undefined;
    const measures = this.elites.cells.dimensions.map(({ name }) => {
      const value = outcome.measures[name];
      if (value !== undefined) return value;
      const known = Object.keys(outcome.measures);
      throw new UserError(
        `strategy.measures: the evaluations give no measure "${name}". They give ` +
          `${known.length > 0 ? known.join(', ') : 'none'}.`,
      );
    });
    if (measures.some(Number.isNaN)) {
      this.unplaced += 1;
      return undefined;
    }
    const within = measures.map((value, i) => this.clip(value, i));
    return {
      ...{ objective, measures: within, genome },
      ...{ step: this.steps, index },
    };
  }

  private clip(value: number, dimension: number): number {
    const { low, high } = this.elites.cells.dimensions[dimension]!;
    if (value >= low && value <= high) return value;
    this.clipped[dimension]! += 1;
    return value < low ? low : high;
  }

  snapshot(): Snapshot {
    const { cells } = this.elites;
    return {
      centroids: cells instanceof Tessellation ? cells.centroids.slice() : null,
      elites: this.elites.snapshot(),
      annealed: this.annealed?.snapshot() ?? null,
      clipped: this.clipped.slice(),
      unplaced: this.unplaced,
      steps: this.steps,
    };
  }
}
