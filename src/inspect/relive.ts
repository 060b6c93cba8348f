import { LifetimeRunner } from '../evaluate/lifetime.js';
import type { ScenarioSet } from '../evaluate/lives.js';
import { lifetimeSeedOf } from '../evolve/champion.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import type { TracedEpisode } from '../tasks/task.js';

/** The episodes of the lifetime that made the champion, lived by a genome. */
function relive({ spec, best, habitat }: OpenedRun, genome: Readonly<Float64Array>): TracedEpisode[] {
  const runner = new LifetimeRunner(habitat);
  const seed = lifetimeSeedOf(spec, best);
  const lived = (set: ScenarioSet) =>
    runner
      .lives(genome, [seed], { set, traced: true })[0]!
      .episodes.map(({ scenario, score, measures, behaviour, trace }) => ({
        scenario,
        heldOut: set === 'heldOut',
        trace,
        score,
        measures,
        behaviour,
      }));
  return [...lived('trained'), ...lived('heldOut')];
}

/** Those episodes lived by the untrained start, and by the champion. */
export const beforeAndAfter = (opened: OpenedRun): { before: TracedEpisode[]; after: TracedEpisode[] } => ({
  before: relive(opened, opened.habitat.space.start),
  after: relive(opened, opened.champion),
});
