import type { Habitat } from '../evaluate/habitat.js';
import type { EpisodeRecord } from '../evaluate/lives.js';
import { filterOf, type Vitals } from '../evaluate/vitals.js';
import { measuresOver, scoreGenome } from '../evolve/reference-scores.js';
import { mean, type Spread, spreadOf } from '../math/statistics.js';
import { type Effect, effectOf } from './effect.js';

/** Each episode's, where they were watched. */
export const vitalsIn = (episodes: readonly EpisodeRecord[]): Vitals[] =>
  episodes.flatMap(({ vitals }) => (vitals ? [vitals] : []));

/** Of several lives, the means, with the filters on those. */
export function meanVitals(all: readonly Vitals[]): Vitals {
  const [first] = all;
  const meanOver = (value: (vitals: Vitals) => number) => mean(all.map(value));
  const names = Object.keys(first!).filter((name) => name !== 'filters') as Exclude<
    keyof Vitals,
    'filters'
  >[];
  const means = Object.fromEntries(names.map((name) => [name, meanOver((vitals) => vitals[name])]));
  return {
    ...(means as Omit<Vitals, 'filters'>),
    filters: first!.filters.map(({ key }, i) =>
      filterOf(
        key,
        meanOver((vitals) => vitals.filters[i]!.value),
      ),
    ),
  };
}

/** What plasticity is good for in lives that were scored. */
export interface Learning {
  /** Plasticity off, on the same seeds. */
  innate: Spread;
  learned: Spread;
  /** What learning adds. */
  gain: Effect;
  /** The task's measures over the lives, each summed over scenarios; plasticity on and off. */
  measures: { learned: Record<string, Spread>; innate: Record<string, Spread> };
  /** Means over the episodes. */
  vitals: Vitals;
}

/** Spikes and synaptic events for a point of score, over lives that were watched; NaN where nothing was scored. */
export function operationsForAPoint(episodes: readonly EpisodeRecord[]): number {
  const total = (value: (episode: EpisodeRecord) => number) =>
    episodes.reduce((sum, episode) => sum + value(episode), 0);
  const score = total((episode) => episode.score);
  const operations = total(({ vitals }) => (vitals ? vitals.spikes + vitals.synapticEvents : Number.NaN));
  return score > 0 ? operations / score : Number.NaN;
}

/** Whether anything in the network of a habitat learns. */
export const learns = ({ embodied }: Habitat): boolean =>
  embodied.network.projections.some(({ plasticity }) => plasticity !== undefined);

interface Scored {
  score: number;
  measures: Record<string, number>;
}

/** Scores and measures of a lifetime by repeat, each the sum over scenarios. */
function byRepeat(episodes: readonly EpisodeRecord[]): Scored[] {
  const lives: Scored[] = [];
  for (const { repeat, score, measures } of episodes) {
    lives[repeat] ??= { score: 0, measures: {} };
    const life = lives[repeat];
    life.score += score;
    for (const [name, value] of Object.entries(measures))
      life.measures[name] = (life.measures[name] ?? 0) + value;
  }
  return lives;
}

/**
 * Parts what a genome's network was born with from what it learned, in a lifetime that was scored and watched.
 * @param scored its episodes, by `scoreGenome` with the same genome, seed and repeats
 */
export async function learningOf(
  habitat: Habitat,
  genome: Readonly<Float64Array>,
  seed: string,
  repeats: number,
  scored: readonly EpisodeRecord[],
): Promise<Learning> {
  const still = await habitat.without({ what: 'plasticity' });
  const learned = byRepeat(scored);
  const innate = byRepeat(scoreGenome(still, genome, seed, { repeats }).episodes);
  const scores = (lives: readonly Scored[]) => lives.map(({ score }) => score);
  const spread = (lives: readonly Scored[]) => spreadOf(scores(lives).filter(Number.isFinite));
  return {
    innate: spread(innate),
    learned: spread(learned),
    gain: effectOf('plasticity', scores(learned), scores(innate)),
    measures: { learned: measuresOver(learned), innate: measuresOver(innate) },
    vitals: meanVitals(vitalsIn(scored)),
  };
}
