import type { Habitat } from '../evaluate/habitat.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import { type LifeOptions, type Lifetime, liveOnSeeds } from '../evaluate/lives.js';
import { seeds } from '../evaluate/seeds.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { ceilingOver } from '../tasks/protocol/ceiling.js';
import type { EvaluatorHost } from './evaluators/evaluator.js';
import { inProcessHost } from './evaluators/in-process.js';
import type { RunSpec } from './run-spec.js';

const policyLives = 200;
const oracleLives = 40;
/** Lives of a network cost far more than those of a policy without one. */
const controlLives = 8;

export interface Chance extends Spread {
  /** Whose score it is. */
  about: string;
  /** The task's measures; absent in runs made before they were kept. */
  measures?: Readonly<Record<string, Spread>>;
}

/** The task's measures over lives. */
export function measuresOver(lives: readonly Pick<Lifetime, 'measures'>[]): Record<string, Spread> {
  const names = Object.keys(lives[0]?.measures ?? {});
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(lives.map(({ measures }) => measures[name]!))]),
  );
}

/** What knowing nothing scores on a task: a random policy, or the untrained network where there is nothing to learn. */
export async function chanceOf(habitat: Habitat, runSeed: number): Promise<Chance> {
  const control = await habitat.control();
  const lives = control
    ? await new LifetimeRunner(control.habitat).livesInTurn(
        control.habitat.space.start,
        seeds.chance(runSeed, controlLives),
      )
    : liveOnSeeds(habitat, habitat.description.randomPolicy!(), seeds.chance(runSeed, policyLives));
  return {
    ...spreadOf(lives.map(({ score }) => score)),
    about: control ? `the untrained network, ${control.about}` : 'a random policy',
    measures: measuresOver(lives),
  };
}

/**
 * What whoever knows what the world hides scores, summed over scenarios, in the lives of chance; undefined where the task
 * has no such policy.
 */
export function oracleOf({ task }: Habitat, runSeed: number): Spread | undefined {
  const { oracle, scenarios } = task;
  if (!oracle) return undefined;
  const score = (lifetime: string) =>
    scenarios.reduce(
      (sum, scenario) => sum + oracle(scenario, seeds.episode(lifetime, 0, scenario.name)).score,
      0,
    );
  return spreadOf(seeds.chance(runSeed, oracleLives).map(score));
}

/** The best score that can be reached in principle, summed over scenarios. */
export const ceilingOf = ({ task }: Habitat): { score: number; about: string } => ceilingOver(task.scenarios);

/** The same of the scenarios that are held out; undefined where none are. */
export const heldOutCeilingOf = ({ task: { heldOut } }: Habitat) =>
  heldOut.length > 0 ? ceilingOver(heldOut) : undefined;

/** One lifetime of a genome on the task itself, with every episode. */
export function scoreGenome(
  habitat: Habitat,
  genome: Readonly<Float64Array>,
  lifetimeSeed: string,
  { watches, ...options }: LifeOptions = {},
): Lifetime {
  return new LifetimeRunner(habitat, watches === undefined ? {} : { watches }).lives(
    genome,
    [lifetimeSeed],
    options,
  )[0]!;
}

export interface FreshScore extends Spread {
  /** What is fresh about it. */
  about: string;
}

/** What is fresh about lives of a task in which everything is random. */
export const freshSeeds = 'the same task on seeds that evolution never drew';

/** Lives, and the habitat that they are lived in. */
export interface Lives {
  habitat: Habitat;
  seeds: string[];
  /** How they differ from those of the search. */
  about: string;
}

/**
 * Lives of these seeds, which evolution never drew. Where nothing in the task is random, the task is varied instead, and
 * `about` says how.
 */
export async function livesApart(habitat: Habitat, lifetimeSeeds: string[]): Promise<Lives> {
  const { scenarios } = habitat.task;
  if (scenarios.every((scenario) => scenario.random))
    return { habitat, seeds: lifetimeSeeds, about: freshSeeds };
  const some = scenarios.some((scenario) => scenario.random) ? 'not everything' : 'nothing';
  const { habitat: fresh, about } = await habitat.fresh();
  return { habitat: fresh, seeds: lifetimeSeeds, about: `${some} in the task is random, so: ${about}` };
}

/** Lives that evolution never saw, in which champions are scored. */
export const freshLives = (spec: RunSpec, habitat: Habitat, lives = spec.freshEpisodes): Promise<Lives> =>
  livesApart(habitat, seeds.fresh(spec.seed, lives));

/**
 * A genome scored on lives that evolution never saw, so that luck does not count.
 * @param host where they are lived; in this thread where absent
 */
export async function freshScore(
  spec: RunSpec,
  habitat: Habitat,
  genome: Readonly<Float64Array>,
  host: EvaluatorHost = inProcessHost(),
): Promise<FreshScore> {
  const { habitat: fresh, seeds: lifetimeSeeds, about } = await freshLives(spec, habitat);
  const evaluator = host.evaluatorOf(fresh);
  try {
    const lives = await evaluator.evaluate(lifetimeSeeds.map((seed) => ({ genome, seed, repeats: 1 })));
    return { ...spreadOf(lives.map(({ score }) => score)), about };
  } finally {
    await evaluator.close();
  }
}
