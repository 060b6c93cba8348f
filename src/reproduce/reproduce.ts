import { LifetimeRunner, summarise } from '../evaluate/lifetime.js';
import { resolveRun } from '../evolve/resolve.js';
import { setupOf } from '../evolve/run-spec.js';
import type { Arm } from '../inspect/relive.js';
import { deriveSeed } from '../math/seed.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';
import { type TaskSpec, taskOf } from '../tasks/table.js';
import type { Figure, Reproduction } from './reproduction.js';

/** What came out beside what was published. */
export interface Reproduced extends Figure {
  ours: { value: number; spread: number; n: number };
  /** Whether our mean lies where it must; null where nothing is asked. */
  pass: boolean | null;
}

export interface ReproductionResult {
  figures: readonly Reproduced[];
  /** Whether all figures of which something is asked pass. */
  pass: boolean;
  /** The lives of the task's first scenario, by arm. */
  arms: readonly Arm[];
}

interface Lives {
  /** Of each life, the score among them. */
  measures: Readonly<Record<string, number>>[];
  traces: unknown[];
}

/** The lives of one arm: of the untrained network, with seeds that are the same for all arms. */
function liveArm(
  { name, task, networkSeed }: Reproduction,
  options: Readonly<Record<string, unknown>>,
  seeds: number,
  onLife: (seed: number) => void,
): Lives {
  const lives: Lives = { measures: [], traces: [] };
  let runner: LifetimeRunner | undefined;
  for (let seed = 1; seed <= seeds; seed++) {
    if (!runner || networkSeed !== undefined) {
      const own = networkSeed === undefined ? {} : { [networkSeed]: seed };
      const { spec, connectome } = resolveRun({
        file: { path: `reproduction ${name}`, value: { task: { ...task, ...options, ...own } } },
      });
      runner = new LifetimeRunner(setupOf(spec, connectome));
    }
    const controller = runner.embody(runner.space.start);
    const trace = taskOf(task as TaskSpec).emptyTrace();
    const lifeSeed = deriveSeed('reproduce', name, seed);
    const episodes = runner.episodes(controller, lifeSeed, 1, 'trained', [trace]);
    const { status, reason, score, measures } = summarise(episodes, 1);
    if (status === 'failed') throw new UserError(`reproduction ${name}: seed ${seed}: ${reason}.`);
    lives.measures.push({ ...measures, score });
    lives.traces.push(trace);
    onLife(seed);
  }
  return lives;
}

function isWithin(value: number, accept: Figure['accept']): boolean | null {
  if (!accept) return null;
  const [low, high] = accept;
  return (low === null || value >= low) && (high === null || value <= high);
}

/**
 * Lives all arms of a reproduction and compares.
 * @param seeds lives of each arm
 */
export function reproduce(
  reproduction: Reproduction,
  seeds: number,
  onLife: (arm: string, seed: number) => void = () => {},
): ReproductionResult {
  const lived = new Map(
    reproduction.arms.map(({ name, options }) => [
      name,
      liveArm(reproduction, options, seeds, (seed) => onLife(name, seed)),
    ]),
  );
  const figures = reproduction.figures.map((figure): Reproduced => {
    const { mean, sd, n }: Spread = spreadOf(
      lived.get(figure.arm)!.measures.map((measures) => measures[figure.measure]!),
    );
    return { ...figure, ours: { value: mean, spread: sd, n }, pass: isWithin(mean, figure.accept) };
  });
  return {
    figures,
    pass: figures.every(({ pass }) => pass !== false),
    arms: [...lived].map(([name, { traces }]) => ({ name, traces })),
  };
}
