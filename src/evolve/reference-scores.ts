import {
  type EpisodeRecord,
  type LifetimeResult,
  LifetimeRunner,
  type LifetimeSetup,
  type ScenarioSet,
  summarise,
} from '../evaluate/lifetime.js';
import { deriveSeed } from '../math/seed.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { controlTask, freshTask, taskOf } from '../tasks/table.js';
import type { Controller } from '../tasks/task.js';
import type { RunSpec } from './run-spec.js';

const policyLives = 200;
/** Lives of a network cost far more than those of a policy without one. */
const controlLives = 8;

export interface Chance extends Spread {
  /** Whose score it is. */
  about: string;
  /** The task's measures; absent in runs made before they were kept. */
  measures?: Readonly<Record<string, Spread>>;
}

/** The task's measures over episodes. */
export function measuresOver(episodes: readonly Pick<EpisodeRecord, 'measures'>[]): Record<string, Spread> {
  const names = Object.keys(episodes[0]?.measures ?? {});
  return Object.fromEntries(
    names.map((name) => [name, spreadOf(episodes.map(({ measures }) => measures[name]!))]),
  );
}

/** What knowing nothing scores on a task: a random policy, or the untrained network where there is nothing to learn. */
export function chanceOf(setup: LifetimeSetup, runSeed: number): Chance {
  const seeds = (lives: number) =>
    Array.from({ length: lives }, (_, life) => deriveSeed(runSeed, 'chance', life));
  const control = controlTask(setup.task);
  if (control) {
    const runner = new LifetimeRunner({ ...setup, task: control.spec });
    const lives = seeds(controlLives).map((seed) => runner.live(runner.space.start, seed, 1));
    return {
      ...spreadOf(lives.map(({ score }) => score)),
      about: `the untrained network, ${control.about}`,
      measures: measuresOver(lives),
    };
  }
  const runner = new LifetimeRunner(setup);
  const policy = taskOf(setup.task).randomPolicy!();
  const lives = seeds(policyLives).map((seed) => summarise(runner.episodes(policy, seed, 1, 'trained'), 1));
  return {
    ...spreadOf(lives.map(({ score }) => score)),
    about: 'a random policy',
    measures: measuresOver(lives),
  };
}

/** The best score that can be reached in principle, summed over scenarios. */
export function ceilingOf(setup: LifetimeSetup): { score: number; about: string } {
  const { scenarios } = new LifetimeRunner(setup).task;
  return {
    score: scenarios.reduce((sum, { ceiling }) => sum + ceiling.score, 0),
    about: scenarios[0]!.ceiling.about,
  };
}

/** A genome scored on the task itself, with every episode. */
export function scoreGenome(
  setup: LifetimeSetup,
  genome: Readonly<Float64Array>,
  seed: string,
  repeats: number,
  set: ScenarioSet = 'trained',
): LifetimeResult & { episodes: EpisodeRecord[] } {
  const runner = new LifetimeRunner(setup);
  const controller: Controller = runner.embody(genome);
  const episodes = runner.episodes(controller, seed, repeats, set);
  return { ...summarise(episodes, repeats), episodes };
}

export interface FreshScore extends Spread {
  /** What is fresh about it. */
  about: string;
}

/** What is fresh about lives of a task in which everything is random. */
export const freshSeeds = 'the same task on seeds that evolution never drew';

/**
 * Lives that evolution never saw: the setup that they are lived in, and their seeds. Where nothing in the task is random,
 * the task is varied instead, and `about` says how.
 */
export function freshLives(
  spec: RunSpec,
  setup: LifetimeSetup,
  lives = spec.freshEpisodes,
): { setup: LifetimeSetup; seeds: string[]; about: string } {
  const { scenarios } = new LifetimeRunner(setup).task;
  const isRandom = scenarios.every((scenario) => scenario.random);
  const some = scenarios.some((scenario) => scenario.random) ? 'not everything' : 'nothing';
  const { spec: task, about } = isRandom ? { spec: setup.task, about: freshSeeds } : freshTask(setup.task);
  return {
    setup: { ...setup, task },
    seeds: Array.from({ length: lives }, (_, life) => deriveSeed(spec.seed, 'fresh', life)),
    about: isRandom ? about : `${some} in the task is random, so: ${about}`,
  };
}

/** The champion scored again on lives that evolution never saw, so that luck does not count. */
export function freshScore(spec: RunSpec, setup: LifetimeSetup, genome: Readonly<Float64Array>): FreshScore {
  const { setup: fresh, seeds, about } = freshLives(spec, setup);
  const runner = new LifetimeRunner(fresh);
  return { ...spreadOf(seeds.map((seed) => runner.live(genome, seed, 1).score)), about };
}
