import { isDeepStrictEqual } from 'node:util';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import type { ScenarioSet } from '../evaluate/lives.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import type { Simulator } from '../kernel/simulator.js';
import type { Network } from '../network/model/network.js';
import { UserError } from '../spec/errors.js';
import type { Controller, TracedEpisode } from '../tasks/task.js';
import { relive, reliveIn } from './relive.js';
import { type Grain, type Probe, type Sampling, Watch, type Watched } from './watch.js';

/** An episode, and what the network did in it. */
export type WatchedLife = TracedEpisode & Watched;

/** Genomes whose lives were watched in one way. */
export interface WatchedLives {
  /** `[genomes]` */
  networks: Network[];
  /** Spike times are multiples of this; so are those of samples. */
  resolutionMs: number;
  /** `[genomes][episodes]` */
  episodes: WatchedLife[][];
}

export interface WatchRequest extends Sampling {
  /** What is taken of a genome's network; nothing where absent. */
  probes?: (network: Network) => Probe[];
  sets?: readonly ScenarioSet[];
  /** How finely, the most wanted first; by step, or by interval where that would change the life, where absent. */
  grains?: readonly Grain[];
}

/** The network that a genome lives with. */
export const watchedNetwork = ({ habitat }: OpenedRun, genome: Readonly<Float64Array>): Network =>
  (new LifetimeRunner(habitat).embody(genome).network as Simulator).network;

/** A genome's episodes, and what its network did from one reset to the next. Undefined where watching changes the episodes. */
function watchedAt(
  grain: Grain,
  opened: OpenedRun,
  { genome, unwatched }: { genome: Readonly<Float64Array>; unwatched: readonly TracedEpisode[] },
  { probes = () => [], sets, ...sampling }: WatchRequest,
): { network: Network; traced: TracedEpisode[]; watched: Watched[] } | undefined {
  const controller: Controller = new LifetimeRunner(opened.habitat).embody(genome);
  const simulator = controller.network as Simulator;
  const watch = new Watch(simulator, grain, probes(simulator.network), sampling);
  const reset = controller.reset.bind(controller);
  controller.reset = (...life) => {
    reset(...life);
    watch.begin();
  };
  const traced = reliveIn(opened, controller, sets);
  watch.end();
  if (!isDeepStrictEqual(traced, unwatched)) return undefined;
  return { network: simulator.network, traced, watched: watch.episodes };
}

const unwatchable = ({ stored }: OpenedRun) =>
  new UserError(
    `The lives of the run ${stored.manifest.run} cannot be watched: its task begins lives of the network in a way of ` +
      'its own, so that spikes cannot be told by episode.',
  );

/** What a genome's network did in the champion's episodes by intervals of the task, from one reset to the next. */
export function watchNetwork(
  opened: OpenedRun,
  genome: Readonly<Float64Array>,
  request: Omit<WatchRequest, 'grains'>,
): Watched[] {
  const life = { genome, unwatched: relive(opened, genome, request.sets) };
  const found = watchedAt('intervals', opened, life, request);
  if (!found) throw unwatchable(opened);
  return found.watched;
}

/**
 * The episodes of a run's champion lived by genomes, with their networks watched, as finely as leaves each of the lives as
 * it is to the bit: step by step, or by intervals of the task.
 */
export function watchLives(
  opened: OpenedRun,
  genomes: readonly Readonly<Float64Array>[],
  request: WatchRequest,
): WatchedLives {
  const lives = genomes.map((genome) => ({ genome, unwatched: relive(opened, genome, request.sets) }));
  const { network, stepsAnInterval } = opened.habitat.embodied;
  for (const grain of request.grains ?? (['steps', 'intervals'] as const)) {
    const watched: NonNullable<ReturnType<typeof watchedAt>>[] = [];
    for (const life of lives) {
      const found = watchedAt(grain, opened, life, request);
      // A task may reset the network more than once an episode.
      if (!found || found.watched.length !== found.traced.length) break;
      watched.push(found);
    }
    if (watched.length < lives.length) continue;
    return {
      networks: watched.map((of) => of.network),
      resolutionMs: network.dtMs * (grain === 'steps' ? 1 : stepsAnInterval),
      episodes: watched.map((of) => of.traced.map((episode, i) => ({ ...episode, ...of.watched[i]! }))),
    };
  }
  throw unwatchable(opened);
}

/** What the network did in one episode of one of the two lives. */
export interface WatchedEpisode extends WatchedLife {
  life: 'untrained' | 'champion';
}

export interface WatchedRun {
  network: Network;
  /** Spike times are multiples of this. */
  resolutionMs: number;
  episodes: WatchedEpisode[];
}

/** The episodes of the untrained start and of the champion. */
export function watchRun(opened: OpenedRun, request: WatchRequest): WatchedRun {
  const { networks, resolutionMs, episodes } = watchLives(
    opened,
    [opened.habitat.space.start, opened.champion],
    request,
  );
  const [untrained, champion] = episodes;
  const named = (life: WatchedEpisode['life'], of: readonly WatchedLife[]) =>
    of.map((episode): WatchedEpisode => ({ life, ...episode }));
  return {
    network: networks[1]!,
    resolutionMs,
    episodes: [...named('untrained', untrained!), ...named('champion', champion!)],
  };
}
