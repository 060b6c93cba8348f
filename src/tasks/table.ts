import { type PartSpec, type PartTable, partOf } from '../spec/parts/part.js';
import { validate } from '../spec/validate.js';
import { acrobot } from './acrobot/task.js';
import { adoptTask } from './adopt.js';
import { cartpole } from './cartpole/task.js';
import { continual } from './continual/task.js';
import { continualFamiliarity } from './continual-familiarity/task.js';
import { correlationDriven } from './correlation-driven/task.js';
import { distalReward } from './distal-reward/task.js';
import { doubleTMaze } from './double-t-maze/task.js';
import { errorDriven } from './error-driven/task.js';
import { evidenceAccumulation } from './evidence-accumulation/task.js';
import { familiarity } from './familiarity/task.js';
import { fewShot } from './few-shot/task.js';
import { foraging } from './foraging/task.js';
import { goNoGo } from './go-no-go/task.js';
import { gridMaze } from './grid-maze/task.js';
import { halfCentre } from './half-centre/task.js';
import { navigation } from './navigation/task.js';
import { patchForaging } from './patch-foraging/task.js';
import { pendulum } from './pendulum/task.js';
import { rewardDriven } from './reward-driven/task.js';
import { seasonalForaging } from './seasonal-foraging/task.js';
import { spatioTemporalLogic } from './spatio-temporal-logic/task.js';
import { spikePatterns } from './spike-patterns/task.js';
import { stability } from './stability/task.js';
import { tMaze } from './t-maze/task.js';
import { targetDiscovery } from './target-discovery/task.js';
import type { PreparedTask, Task } from './task.js';
import { suiteOf } from './task-suite/task.js';
import { twoStimulus } from './two-stimulus/task.js';
import { waterMaze } from './water-maze/task.js';

/** Every task, by the name used on the command line and in run files. */
export const tasks = {
  foraging,
  'patch-foraging': patchForaging,
  'go-no-go': goNoGo,
  'few-shot': fewShot,
  continual,
  'continual-familiarity': continualFamiliarity,
  'spike-patterns': spikePatterns,
  'seasonal-foraging': seasonalForaging,
  navigation,
  'distal-reward': distalReward,
  'reward-driven': rewardDriven,
  'error-driven': errorDriven,
  'correlation-driven': correlationDriven,
  stability,
  'task-suite': suiteOf((spec) => prepareTask(spec)),
  familiarity,
  't-maze': tMaze,
  'double-t-maze': doubleTMaze,
  cartpole,
  acrobot,
  pendulum,
  'half-centre': halfCentre,
  'water-maze': waterMaze,
  'evidence-accumulation': evidenceAccumulation,
  'target-discovery': targetDiscovery,
  'two-stimulus': twoStimulus,
  'grid-maze': gridMaze,
  'spatio-temporal-logic': spatioTemporalLogic,
} as const;

export type TaskName = keyof typeof tasks;

/** Tasks that come with the program, and users' own. */
export const taskParts: PartTable<Task> = {
  what: 'task',
  entries: tasks as unknown as Readonly<Record<string, Task>>,
  adopt: adoptTask,
};

/** A task and its options, as run files hold them: `{ "name": "foraging", "patterns": ["square"] }`. */
export type TaskSpec = PartSpec;

/** The task that a spec names. */
export const taskOf = (spec: TaskSpec): Task => partOf(taskParts, spec);

function settled(spec: TaskSpec): unknown {
  const { name, module: _, ...options } = spec;
  return validate(taskOf(spec).options, options, { source: 'task' }, `${name} task`);
}

/** The task of a spec with its options settled. */
export const prepareTask = (spec: TaskSpec): PreparedTask => taskOf(spec).prepare(settled(spec));

/** The genome spec that evolves where none is named; undefined for a task on a connectome. */
export function genomeOf(
  { name: _, module: __, ...options }: TaskSpec,
  { genome }: Task,
): string | undefined {
  return typeof genome === 'function' ? genome(options) : genome;
}

/** Whether a task brings the network that lives in it, so that it needs no connectome. */
export const bringsNetwork = (spec: TaskSpec): boolean => taskOf(spec).lives === 'in-circuit';

interface ChangedTask {
  spec: TaskSpec;
  /** What differs. */
  about: string;
}

const changed = (
  { name, module }: TaskSpec,
  { options, about }: { options: unknown; about: string },
): ChangedTask => ({
  spec: { ...(options as object), name, ...(module ? { module } : {}) },
  about,
});

/** The same task made new, for honest scores. */
export const freshTask = (spec: TaskSpec): ChangedTask => changed(spec, taskOf(spec).fresh(settled(spec)));

/** The task whose untrained score is chance; undefined where a random policy's is. */
export function controlTask(spec: TaskSpec): ChangedTask | undefined {
  const task = taskOf(spec);
  return task.control && changed(spec, task.control(settled(spec)));
}
