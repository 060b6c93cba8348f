import { seeds as seedsOf } from '../../evaluate/seeds.js';
import { lifetimeSeedOf } from '../../evolve/champion.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { freshLives } from '../../evolve/reference-scores.js';
import { mean } from '../../math/statistics.js';
import { UserError } from '../../spec/errors.js';
import { type LeastLossOrder, leastLossOrder, type OrderOptions, type PathPoint } from './elimination.js';
import type { LifeSet, ScoreMeter } from './meter.js';
import { type GeneUnit, reverted, type UnitKind } from './units.js';

/** Lives, with the scores of the champion and of the start in each. */
export interface MeasuredLives extends LifeSet {
  champion: Float64Array;
  untrained: Float64Array;
}

/** The lives on which changes are put back. */
export interface LifeSets {
  /** The lifetime that made the champion the best. */
  trained: LifeSet;
  /** Those that measure. */
  fresh: LifeSet;
  /** Those that choose, so that what measures has no part in it. */
  choosing: LifeSet;
  /** What is fresh about them. */
  about: string;
}

export async function lifeSets({ spec, habitat, best }: OpenedRun, lives: number): Promise<LifeSets> {
  const { habitat: where, seeds, about } = await freshLives(spec, habitat, lives);
  return {
    trained: { habitat, seeds: [lifetimeSeedOf(spec, best)], repeats: spec.episodes },
    fresh: { habitat: where, seeds, repeats: 1 },
    choosing: { habitat: where, seeds: seedsOf.choosing(spec.seed, lives), repeats: 1 },
    about,
  };
}

/** A champion's changes, and how it scores with sets of them back at the start. */
export class Reversion {
  constructor(
    private readonly opened: OpenedRun,
    readonly by: UnitKind,
    readonly units: readonly GeneUnit[],
    private readonly meter: ScoreMeter,
  ) {}

  genome(back: readonly number[]): Float64Array {
    const { champion, habitat } = this.opened;
    return reverted(
      champion,
      habitat.space.start,
      back.map((unit) => this.units[unit]!),
    );
  }

  /** `[genomes][lives]` */
  scoresOf(
    lives: LifeSet,
    genomes: number,
    genomeOf: (index: number) => Float64Array,
    what: string,
  ): Promise<Float64Array[]> {
    return this.meter.scores(lives, genomes, genomeOf, `${this.by}: ${what}`);
  }

  /** `[sets][lives]` of sets of changes that are back at the start */
  scores(lives: LifeSet, sets: readonly (readonly number[])[], what: string): Promise<Float64Array[]> {
    return this.scoresOf(lives, sets.length, (i) => this.genome(sets[i]!), what);
  }

  /**
   * Lives in which both the champion and the start have a score: without one there is no gain.
   * @throws UserError where there is no such life
   */
  async measured(lives: LifeSet, what: string): Promise<MeasuredLives> {
    const all = [...this.units.keys()];
    const [champion, untrained] = await this.scores(lives, [[], all], `champion and start, ${what}`);
    const whole = [...lives.seeds.keys()].filter((i) => Number.isFinite(champion![i]! + untrained![i]!));
    if (whole.length === 0) {
      throw new UserError(
        `Nothing can be put back: on ${what} the champion or the genome that the run started from always fails, so there is no gain. ` +
          '"baldwin score" says why.',
      );
    }
    const pick = (scores: Float64Array) => Float64Array.from(whole, (i) => scores[i]!);
    const seeds = whole.map((i) => lives.seeds[i]!);
    return { ...lives, seeds, champion: pick(champion!), untrained: pick(untrained!) };
  }

  order(lives: LifeSet, options: OrderOptions, what: string): Promise<LeastLossOrder> {
    let back = 0;
    return leastLossOrder(this.units.length, options, async (sets) => {
      back = Math.min(...sets.map((set) => set.length));
      return (await this.scores(lives, sets, `${what}, ${back} of ${this.units.length} back`)).map(mean);
    });
  }

  /** Scores along an order, with these numbers of changes back. */
  async path(
    lives: LifeSet,
    { units }: LeastLossOrder,
    backs: readonly number[],
    what: string,
  ): Promise<PathPoint[]> {
    const sets = backs.map((back) => units.slice(0, back));
    const scores = await this.scores(lives, sets, what);
    return backs.map((back, i) => ({ kept: units.length - back, score: mean(scores[i]!) }));
  }
}
