import { LifetimeRunner } from '../evaluate/lifetime.js';
import { liveOnSeeds, type ScenarioSet } from '../evaluate/lives.js';
import { lifetimeSeedOf } from '../evolve/champion.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import type { Controller, TracedEpisode } from '../tasks/task.js';

const allSets: readonly ScenarioSet[] = ['trained', 'heldOut'];

/** The episodes of the lifetime that made the champion, lived by whoever is in the body. */
export function reliveIn(
  { spec, best, habitat }: OpenedRun,
  controller: Controller,
  sets: readonly ScenarioSet[] = allSets,
): TracedEpisode[] {
  const seed = lifetimeSeedOf(spec, best);
  return sets.flatMap((set) =>
    liveOnSeeds(habitat, controller, [seed], { set, traced: true })[0]!.episodes.map(
      ({ scenario, score, measures, behaviour, trace }) => ({
        ...{ scenario, heldOut: set === 'heldOut', trace },
        ...{ score, measures, behaviour },
      }),
    ),
  );
}

/** Those episodes lived by a genome. */
export const relive = (
  opened: OpenedRun,
  genome: Readonly<Float64Array>,
  sets?: readonly ScenarioSet[],
): TracedEpisode[] => reliveIn(opened, new LifetimeRunner(opened.habitat).embody(genome), sets);

/** Those episodes lived by the untrained start, and by the champion. */
export const beforeAndAfter = (opened: OpenedRun): { before: TracedEpisode[]; after: TracedEpisode[] } => ({
  before: relive(opened, opened.habitat.space.start),
  after: relive(opened, opened.champion),
});
