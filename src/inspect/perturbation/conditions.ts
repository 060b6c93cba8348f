import { type Habitat, openHabitat } from '../../evaluate/habitat.js';
import { seeds as seedsOf } from '../../evaluate/seeds.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { freshLives } from '../../evolve/reference-scores.js';
import { type Spread, spreadOf } from '../../math/statistics.js';
import type { Perturbation } from '../../network/build/perturb.js';
import { freshLosses } from '../attribution/losses.js';
import type { LifeSet, ScoreMeter } from '../attribution/meter.js';
import type { FreshLoss } from '../attribution/types.js';
import { learns } from '../learning.js';

/** The champion and its controls on the fresh lives that everything perturbed is lived on. */
export interface Grounds {
  lives: LifeSet;
  /** As many others, by which something is chosen, so that what measures has no part in it. */
  choosing: LifeSet;
  /** What is fresh about them. */
  about: string;
  /** `[lives]` scores; NaN of a life that failed. */
  champion: Float64Array;
  untrained: Float64Array;
  /** The champion with plasticity off; null where nothing learns. */
  innate: Float64Array | null;
}

/** Lives of the grounds on each seed. */
export const groundConditions = ({ habitat }: OpenedRun): number => (learns(habitat) ? 3 : 2);

export const finiteSpread = (scores: ArrayLike<number>): Spread =>
  spreadOf(Array.from(scores).filter(Number.isFinite));

/** What stands beside every perturbation. */
export interface Controls {
  about: string;
  champion: Spread;
  untrained: Spread;
  innate: Spread | null;
}

export const controlsOf = ({ about, champion, untrained, innate }: Grounds): Controls => ({
  about,
  champion: finiteSpread(champion),
  untrained: finiteSpread(untrained),
  innate: innate && finiteSpread(innate),
});

/** The champion in one changed setting, or another genome in its place. */
export interface Condition {
  name: string;
  perturbation?: Perturbation;
  genome: Readonly<Float64Array>;
}

/** What a condition scores, and what the champion loses by it. */
export interface Outcome {
  name: string;
  score: Spread;
  /** With 95 % the intervals of all outcomes of a table hold at once. */
  loss: FreshLoss;
}

/** A measurement that is planned, so that its lives can be counted before they are lived. */
export interface Planned<Found> {
  /** The option that asks for it. */
  option: string;
  /** Lives that it takes on so many seeds, those of the grounds aside. */
  livesOn(seeds: number): number;
  measure(grounds: Grounds, meter: ScoreMeter): Promise<Found>;
}

/** The champion, the untrained start and the champion without plasticity on fresh lives. */
export async function groundsOf(opened: OpenedRun, lives: number, meter: ScoreMeter): Promise<Grounds> {
  const { spec, habitat, champion } = opened;
  const { habitat: where, seeds, about } = await freshLives(spec, habitat, lives);
  const fresh: LifeSet = { habitat: where, seeds, repeats: 1 };
  const genomes = [champion, habitat.space.start];
  const [whole, untrained] = await meter.scores(
    fresh,
    genomes.length,
    (i) => genomes[i]!,
    'champion and start',
  );
  let innate: Float64Array | null = null;
  if (learns(habitat)) {
    const still = await where.without({ what: 'plasticity' });
    [innate] = (await meter.scores({ ...fresh, habitat: still }, 1, () => champion, 'plasticity off')) as [
      Float64Array,
    ];
    await meter.leave(still);
  }
  return {
    lives: fresh,
    choosing: { ...fresh, seeds: seedsOf.choosing(spec.seed, lives) },
    about,
    champion: whole!,
    untrained: untrained!,
    innate,
  };
}

/** Whatever follows on lives of a habitat in which something is changed; it is left behind after that. */
export async function within<Found>(
  { habitat }: LifeSet,
  perturbation: Perturbation,
  meter: ScoreMeter,
  work: (habitat: Habitat) => Promise<Found>,
): Promise<Found> {
  const changed = await openHabitat({ ...habitat.setup, perturbation });
  try {
    return await work(changed);
  } finally {
    await meter.leave(changed);
  }
}

/** `[conditions][lives]` scores; those that change a genome alone are lived together. */
export async function scoresUnder(
  meter: ScoreMeter,
  lives: LifeSet,
  conditions: readonly Condition[],
  what: string,
): Promise<Float64Array[]> {
  const found = Array<Float64Array>(conditions.length);
  const plain = [...conditions.keys()].filter((i) => conditions[i]!.perturbation === undefined);
  const together = await meter.scores(lives, plain.length, (i) => conditions[plain[i]!]!.genome, what);
  plain.forEach((condition, i) => {
    found[condition] = together[i]!;
  });
  for (const [i, { name, perturbation, genome }] of conditions.entries()) {
    if (perturbation === undefined) continue;
    const said = `${what}: ${name}, ${i + 1} of ${conditions.length}`;
    found[i] = await within(lives, perturbation, meter, async (habitat) => {
      const [scores] = await meter.scores({ ...lives, habitat }, 1, () => genome, said);
      return scores!;
    });
  }
  return found;
}

/** What each of several scores is above its control's, in pairs of lives, with intervals that hold at once. */
export const gainsOver = (
  controls: readonly Float64Array[],
  scores: readonly Float64Array[],
  purpose: string,
): FreshLoss[] =>
  freshLosses(
    new Float64Array(scores[0]?.length ?? 0),
    scores.map((of, i) => of.map((score, life) => controls[i]![life]! - score)),
    purpose,
  );

/** What conditions score, and what the champion loses by each, with intervals that hold at once. */
export function outcomesOf(
  { champion }: Pick<Grounds, 'champion'>,
  names: readonly string[],
  scores: readonly Float64Array[],
  purpose: string,
): Outcome[] {
  const losses = freshLosses(champion, scores, purpose);
  return names.map((name, i) => ({ name, score: finiteSpread(scores[i]!), loss: losses[i]! }));
}
