import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { dense, flipped } from '../classification/patterns.js';
import { mostOf, presentTo, rest, show } from '../classification/presentation.js';
import { instruct } from '../classification/teach.js';
import { note } from '../protocol/recorder.js';
import type { Controller } from '../task.js';
import type { Options } from './options.js';
import { type Labelled, nearestSum, supportSums } from './reference.js';
import { emptyTrace, type FewShotTrace } from './trace.js';

/** What a life is to be: an episode with classes of its own. */
export interface EpisodePlan {
  settings: Options;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  flips: number;
  shots: number;
}

export interface Episode {
  support: readonly Labelled[];
  queries: readonly Labelled[];
  /** What the nearest sum of the support answers to each query. */
  nearest: readonly number[];
}

/** Everything random in the world: prototypes, patterns, and their order. */
export function episodeOf({ settings, flips, shots }: EpisodePlan, seed: string): Episode {
  const random = RandomStream.from(deriveSeed(seed, 'few-shot'));
  const { classes, bits, queries } = settings;
  const prototypes = Array.from({ length: classes }, () => dense(random, bits));
  const turns = (count: number): Labelled[] =>
    Array.from({ length: Math.ceil(count / classes) }, () => {
      const order = Array.from(prototypes.keys());
      random.shuffle(order);
      return order.map((label) => ({ label, pattern: flipped(random, prototypes[label]!, flips) }));
    })
      .flat()
      .slice(0, count);
  const support = turns(shots * classes);
  const asked = turns(queries);
  const sums = supportSums(support, classes);
  return { support, queries: asked, nearest: asked.map(({ pattern }) => nearestSum(sums, pattern, random)) };
}

/** The episode as the nearest sum of the support answers it, on the bits themselves. */
export function liveByNearest(plan: EpisodePlan, seed: string): FewShotTrace {
  const { queries, nearest } = episodeOf(plan, seed);
  const trace = emptyTrace();
  queries.forEach(({ label }, query) => {
    const answer = nearest[query]!;
    note(trace, { label, answer, nearest: answer, own: 0, best: 0, all: 0 });
  });
  return trace;
}

/** Lives an episode: the support is taught, then queries are answered. */
export function liveEpisode(plan: EpisodePlan, seed: string, controller: Controller, trace?: FewShotTrace) {
  const { settings } = plan;
  const { support, queries, nearest } = episodeOf(plan, seed);
  const tosses = RandomStream.from(deriveSeed(seed, 'few-shot tosses'));
  controller.reset(seed);
  const body = { ...plan.body, ...controller.body };
  const presenting = presentTo(controller, {
    ...settings,
    inputs: settings.bits,
    pools: settings.classes,
    teacher: body.teacher!,
  });
  const instruction = { presenting, teaching: settings.teaching, body, tosses };
  const lived = trace ?? emptyTrace();
  for (const { label, pattern } of support) {
    instruct(instruction, { pattern }, label);
    rest(presenting);
  }
  queries.forEach(({ label, pattern }, query) => {
    const spikes = show(presenting, { pattern });
    note(lived, {
      label,
      answer: mostOf(spikes, tosses),
      nearest: nearest[query]!,
      own: spikes[label]!,
      best: Math.max(...spikes.filter((_, pool) => pool !== label)),
      all: spikes.reduce((sum, count) => sum + count, 0),
    });
    rest(presenting);
  });
  const shown = support.length + queries.length;
  return { lived, spikesAPresentation: (controller.network?.spikeCount ?? 0) / shown };
}
