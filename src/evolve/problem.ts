import type { Habitat } from '../evaluate/habitat.js';
import type { Problem } from '../strategies/strategy.js';
import { objectivesOf } from './objectives.js';
import type { RunSpec } from './run-spec.js';
import { beginningIn } from './warm-start-field.js';

/** What the run's strategy is to search. */
export const problemOf = (spec: RunSpec, { space, task }: Pick<Habitat, 'space' | 'task'>): Problem => ({
  ...space,
  objectives: objectivesOf(spec.objective).length,
  ...(spec.warmStart ? { warmStart: beginningIn(spec.warmStart, space, 'run') } : {}),
  constraints: spec.constraints?.length ?? 0,
  behaviours: Object.entries(task.behaviour).map(([name, { low, high, bins }]) => ({
    name,
    low,
    high,
    bins,
  })),
});
