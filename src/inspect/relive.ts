import type { OpenedRun } from '../evolve/opened-run.js';
import { deriveSeed } from '../math/seed.js';
import { taskOf } from '../tasks/table.js';
import type { EpisodeResult, Scenario } from '../tasks/task.js';

/** One episode lived again, with all that is needed to draw it. */
export interface Replayed<Trace = unknown> extends EpisodeResult {
  scenario: string;
  heldOut: boolean;
  trace: Trace;
}

/** Lives under one condition. */
export interface Arm<Trace = unknown> {
  name: string;
  traces: readonly Trace[];
}

/** The episodes of the lifetime that made the champion, lived by a genome. */
function relive(opened: OpenedRun, genome: Readonly<Float64Array>): Replayed[] {
  const { runner, spec, best } = opened;
  const task = taskOf(spec.task);
  const controller = runner.embody(genome);
  const lifetimeSeed = deriveSeed(spec.seed, 'lifetime', best.step, best.index);
  const live = (heldOut: boolean) => (scenario: Scenario) => {
    const trace = task.emptyTrace();
    const seed = deriveSeed(lifetimeSeed, 0, scenario.name);
    return {
      scenario: scenario.name,
      heldOut,
      trace,
      ...runner.task.live(scenario, seed, controller, trace),
    };
  };
  return [...runner.task.scenarios.map(live(false)), ...runner.task.heldOut.map(live(true))];
}

/** Those episodes lived by the untrained start, and by the champion. */
export const beforeAndAfter = (opened: OpenedRun): { before: Replayed[]; after: Replayed[] } => ({
  before: relive(opened, opened.runner.space.start),
  after: relive(opened, opened.champion),
});
