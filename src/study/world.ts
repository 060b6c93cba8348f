import { type RunSpec, withoutPath } from '../evolve/run-spec.js';
import { canonicalHash } from '../spec/canonical.js';
import { prepareTask, type TaskSpec, taskOf } from '../tasks/table.js';

const hash = (value: unknown) => canonicalHash(value).slice(0, 12);

/** What a run's scores measure, whatever network is scored. */
export function worldOf({ task }: Pick<RunSpec, 'task'>): string {
  // What is held out does not change what is trained on.
  const apart = new Set(['heldOut', ...(taskOf(task).ofNetwork ?? [])]);
  return hash(Object.fromEntries(Object.entries(withoutPath(task)).filter(([field]) => !apart.has(field))));
}

/** By task, whether anything in it is random. */
const random = new Map<string, boolean>();

function isRandom(task: TaskSpec): boolean {
  const key = hash(task);
  const known = random.get(key) ?? prepareTask(task).scenarios.some((scenario) => scenario.random);
  random.set(key, known);
  return known;
}

/**
 * By how many lives, and which, a run scores a candidate. Best scores over other lives are favoured otherwise, and not
 * comparable. Where nothing is random, one life is as good as another.
 */
export const livesOf = ({ task, episodes, seeds }: Pick<RunSpec, 'task' | 'episodes' | 'seeds'>): string =>
  isRandom(task) ? hash([episodes, seeds ?? null]) : '';
