import { type RunSpec, withoutPath } from '../evolve/run-spec.js';
import { canonicalHash } from '../spec/canonical.js';
import { taskOf } from '../tasks/table.js';

/** What a run's scores measure, whatever network is scored. */
export function worldOf({ task, episodes, seeds }: Pick<RunSpec, 'task' | 'episodes' | 'seeds'>): string {
  // What is held out does not change what is trained on.
  const apart = new Set(['heldOut', ...(taskOf(task).ofNetwork ?? [])]);
  const world = Object.fromEntries(Object.entries(withoutPath(task)).filter(([field]) => !apart.has(field)));
  return canonicalHash([world, episodes, seeds ?? null]).slice(0, 12);
}
