import { entryOf } from '../spec/errors.js';
import { validate } from '../spec/validate.js';
import { foraging } from './foraging.js';
import type { PreparedTask, Task } from './task.js';

/** Every task, by the name used on the command line and in run files. */
export const tasks = {
  foraging,
} as const;

export type TaskName = keyof typeof tasks;

/** A task and its options, as run files hold them: `{ "name": "foraging", "patterns": ["square"] }`. */
export interface TaskSpec {
  name: TaskName;
  readonly [option: string]: unknown;
}

/** The task that a spec names. */
export function taskOf(spec: TaskSpec): Task {
  return entryOf(tasks, spec.name, 'task') as unknown as Task;
}

/** The task of a spec with its options settled. */
export function prepareTask(spec: TaskSpec): PreparedTask {
  const { name: _, ...options } = spec;
  const task = taskOf(spec);
  return task.prepare(validate(task.options, options, { source: 'task' }, `${spec.name} task`));
}

/** The same task made new, for honest scores, and what differs. */
export function freshTask(spec: TaskSpec): { spec: TaskSpec; about: string } {
  const { name, ...options } = spec;
  const { options: made, about } = taskOf(spec).fresh(options);
  return { spec: { ...(made as object), name }, about };
}
