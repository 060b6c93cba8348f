import { LifetimeRunner } from '../evaluate/lifetime.js';
import { poolHost } from '../evolve/evaluators/pool.js';
import { resolveRun } from '../evolve/resolve.js';
import { deriveSeed } from '../math/seed.js';
import type { Controller } from '../tasks/task.js';
import { machineName } from './machine.js';

export interface TasksBenchOptions {
  /** Names of the tasks. */
  tasks: readonly string[];
  /** Threads of the measurement on all cores. */
  workers: number;
  /** For each measurement; of longer lives one is lived, and one on each worker. */
  seconds: number;
  onNotice?: (message: string) => void;
}

export interface TaskTiming {
  task: string;
  cells: number;
  synapses: number;
  /** Of simulated time in a life, summed over scenarios. */
  lifeS: number;
  /** Milliseconds of a life on one thread, of how many. */
  lifeMs: number;
  lives: number;
  /** Of that, what the task's world takes: all that is not the network's. */
  worldShare: number;
  /** Lives a second on one thread, and on all workers. */
  one: number;
  all: number;
}

/** What a network does for its world. */
const networkWork = ['load', 'run', 'signal', 'release', 'setState', 'play', 'synapses', 'fired'] as const;

/** Counts the time that a controller's network takes, whoever asks it for what. */
function timed(controller: Controller): { ms: number } {
  const spent = { ms: 0 };
  let depth = 0;
  const network = controller.network as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const name of networkWork) {
    const work = network[name]!.bind(network);
    network[name] = (...given) => {
      const from = performance.now();
      depth += 1;
      const result = work(...given);
      depth -= 1;
      if (depth === 0) spent.ms += performance.now() - from;
      return result;
    };
  }
  return spent;
}

async function timeTask(task: string, { seconds, workers }: TasksBenchOptions): Promise<TaskTiming> {
  const { habitat } = await resolveRun({ task });
  const { embodied, space } = habitat;
  const { network } = embodied;
  const runner = new LifetimeRunner(habitat);
  const controller = runner.embody(space.start);
  const spent = timed(controller);
  const live = (life: number) => {
    let steps = 0;
    for (const scenario of habitat.task.scenarios) {
      habitat.task.live(scenario, deriveSeed('bench tasks', task, life, scenario.name), controller);
      steps += controller.network!.step;
    }
    return steps;
  };
  let from = performance.now();
  const steps = live(0);
  // The first life counts, cold as it is, where it takes all the time that there is.
  const isLong = performance.now() - from > 1000 * seconds;
  if (!isLong) {
    from = performance.now();
    spent.ms = 0;
  }
  let lives = isLong ? 1 : 0;
  while (!isLong && (lives < 2 || performance.now() - from < 1000 * seconds)) live(++lives);
  const elapsed = performance.now() - from;
  const lifeMs = elapsed / lives;
  const worldShare = 1 - spent.ms / elapsed;

  const host = poolHost({ workers });
  const pool = host.evaluatorOf(habitat);
  const batch = isLong ? workers : Math.max(2 * workers, Math.ceil((1000 * seconds * workers) / lifeMs));
  const jobs = (count: number, what: string) =>
    Array.from({ length: count }, (_, life) => ({
      genome: space.start,
      seed: deriveSeed('bench tasks', what, task, life),
      repeats: 1,
    }));
  if (!isLong) await pool.evaluate(jobs(2 * workers, 'warm'));
  const begun = performance.now();
  await pool.evaluate(jobs(batch, 'timed'));
  const all = (1000 * batch) / (performance.now() - begun);
  await pool.close();
  await host.close();
  return {
    task,
    cells: network.populations.reduce((sum, { count }) => sum + count, 0),
    synapses: network.projections.reduce((sum, { post }) => sum + post.length, 0),
    lifeS: (steps * network.dtMs) / 1000,
    lifeMs,
    lives,
    worldShare,
    one: 1000 / lifeMs,
    all,
  };
}

/** Lives a second of tasks as they come, on one thread and on all, and what of a life is the world's. */
export async function benchTasks(
  options: TasksBenchOptions,
): Promise<{ machine: string; workers: number; tasks: TaskTiming[] }> {
  const tasks: TaskTiming[] = [];
  for (const task of options.tasks) {
    options.onNotice?.(`measuring ${task}`);
    tasks.push(await timeTask(task, options));
  }
  return { machine: machineName(), workers: options.workers, tasks };
}
