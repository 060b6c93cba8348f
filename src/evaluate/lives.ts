import { RandomStream } from '../math/random.js';
import type { TeachingSource } from '../network/build/perturb.js';
import type { Controller } from '../tasks/task.js';
import type { Habitat } from './habitat.js';
import { NetworkController } from './network-controller.js';
import { seeds } from './seeds.js';
import { shuffled } from './tutor.js';
import { filtersOver, type Vitals } from './vitals.js';

/** Which of a task's scenarios are lived. */
export type ScenarioSet = 'trained' | 'heldOut';

export interface EpisodeRecord {
  scenario: string;
  /** 0 for the first time this scenario is lived, 1 for the second, … */
  repeat: number;
  /** NaN where the network broke down. */
  score: number;
  measures: Readonly<Record<string, number>>;
  /** Where the life stands among all possible ones: the task's behaviour measures. */
  behaviour: Readonly<Record<string, number>>;
  /** Spikes and synaptic events, a second and cell: what the life costs; NaN where no network lived. */
  energy: number;
  /** The cells whose states were no longer finite numbers in the end. */
  broken?: string;
  /** What the network did, where the runner watches. */
  vitals?: Vitals;
  /** What is needed to draw it, where that was asked for. */
  trace?: unknown;
}

export interface LifetimeResult {
  /** failed: the score is not finite or the lifetime broke off; `reason` says which. */
  status: 'ok' | 'failed';
  reason?: string;
  /** Sum over scenarios, mean over repeats; NaN where it failed. */
  score: number;
  /** The task's measures, summed and averaged like the score. */
  measures: Readonly<Record<string, number>>;
  /** The task's behaviour measures, means over episodes. */
  behaviour: Readonly<Record<string, number>>;
  /** Mean over episodes; NaN where no network lived. */
  energy: number;
  /** What is needed to draw the first episode, where that was asked for. */
  trace?: unknown;
}

/** A lifetime with each of its episodes. */
export interface Lifetime extends LifetimeResult {
  episodes: EpisodeRecord[];
}

/** One that cannot be scored. */
export function failedLifetime(reason: string): LifetimeResult {
  return { status: 'failed', reason, score: Number.NaN, measures: {}, behaviour: {}, energy: Number.NaN };
}

export interface LifeOptions {
  /** How often each scenario is lived; once where absent. */
  repeats?: number;
  /** Which of them comes first, where the earlier ones are lived elsewhere; 0 where absent. */
  from?: number;
  set?: ScenarioSet;
  /** Whether each episode is traced, for a picture. */
  traced?: boolean;
  /** Whether what networks do is watched, for the vitals of episodes: the controller must watch too. */
  watches?: boolean;
}

/**
 * Has an episode to come be taught otherwise than its own outcomes would teach: an episode that is lived before says how.
 * @param seed of the episode to come
 */
function exchangeTeaching(
  from: TeachingSource,
  { tutor }: NetworkController,
  seed: string,
  live: (seed: string) => unknown,
): void {
  if (!tutor) throw new Error('the task says nothing of what it teaches');
  tutor.record();
  live(from === 'another-life' ? seeds.donor(seed) : seed);
  const { lessons } = tutor;
  tutor.play(from === 'own-shuffled' ? shuffled(lessons, RandomStream.from(seeds.shuffled(seed))) : lessons);
}

/** One lifetime of whoever is in the body: every scenario of the set, as often as asked. */
export function liveLifetime(
  { task, description, setup: { perturbation, watches: asksForFilters = false } }: Habitat,
  controller: Controller,
  seed: string,
  { repeats = 1, from = 0, set = 'trained', traced = false, watches = false }: LifeOptions = {},
): Lifetime {
  const episodes: EpisodeRecord[] = [];
  for (let repeat = from; repeat < from + repeats; repeat++) {
    for (const scenario of set === 'trained' ? task.scenarios : task.heldOut) {
      const trace = traced ? description.emptyTrace() : undefined;
      const episodeSeed = seeds.episode(seed, repeat, scenario.name);
      const living = controller instanceof NetworkController ? controller : undefined;
      if (living && perturbation?.what === 'teaching') {
        exchangeTeaching(perturbation.from, living, episodeSeed, (donor) =>
          task.live(scenario, donor, controller),
        );
      }
      const { score, measures, behaviour } = task.live(scenario, episodeSeed, controller, trace);
      const broken = living?.broken;
      episodes.push({
        scenario: scenario.name,
        repeat,
        score: broken === undefined ? score : Number.NaN,
        measures,
        behaviour,
        energy: living?.energy() ?? Number.NaN,
        ...(broken === undefined ? {} : { broken }),
        ...(living && watches ? { vitals: living.vitals() } : {}),
        ...(traced ? { trace } : {}),
      });
    }
  }
  const lifetime = summarise(episodes, repeats);
  const vitals = episodes.flatMap((episode) => episode.vitals ?? []);
  const measures = { ...lifetime.measures, ...(asksForFilters ? filtersOver(vitals) : {}) };
  return { ...lifetime, measures, episodes };
}

/**
 * The one loop over seeds: whoever is in the body lives once for each.
 * @param onLife told after each life
 */
export function liveOnSeeds(
  habitat: Habitat,
  controller: Controller,
  lifetimeSeeds: readonly string[],
  { onLife, ...options }: LifeOptions & { onLife?: () => void } = {},
): Lifetime[] {
  return lifetimeSeeds.map((seed) => {
    const lifetime = liveLifetime(habitat, controller, seed, options);
    onLife?.();
    return lifetime;
  });
}

/** The lifetime's score from its episodes: the sum over scenarios, averaged over repeats. */
function summarise(episodes: readonly EpisodeRecord[], repeats: number): LifetimeResult {
  let score = 0;
  const measures: Record<string, number> = {};
  for (const episode of episodes) {
    score += episode.score / repeats;
    for (const [name, value] of Object.entries(episode.measures)) {
      measures[name] = (measures[name] ?? 0) + value / repeats;
    }
  }
  if (Number.isFinite(score)) {
    const behaviours = episodes.map(({ behaviour }) => behaviour);
    return {
      status: 'ok',
      score,
      measures,
      ...meansOver(
        episodes.map(({ energy }) => energy),
        behaviours,
      ),
    };
  }
  const broken = episodes.find((episode) => episode.broken !== undefined)?.broken;
  return failedLifetime(
    broken === undefined ? `the score is ${score}` : `${broken}, so the score is ${score}`,
  );
}

/** Behaviour and energy are of a typical episode: they are not summed over scenarios. */
function meansOver(energies: readonly number[], behaviours: readonly Readonly<Record<string, number>>[]) {
  const behaviour: Record<string, number> = {};
  for (const episode of behaviours) {
    for (const [name, value] of Object.entries(episode)) {
      behaviour[name] = (behaviour[name] ?? 0) + value / behaviours.length;
    }
  }
  return { behaviour, energy: energies.reduce((sum, value) => sum + value, 0) / energies.length };
}
