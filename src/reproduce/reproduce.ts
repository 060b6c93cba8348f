import { setImmediate } from 'node:timers/promises';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import { seeds } from '../evaluate/seeds.js';
import { resolveRun } from '../evolve/resolve.js';
import type { Arm } from '../figure/curves.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';
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
async function liveArm(
  { name, task, genome, networkSeed }: Reproduction,
  options: Readonly<Record<string, unknown>>,
  count: number,
  onLife: (seed: number) => void,
): Promise<Lives> {
  const lives: Lives = { measures: [], traces: [] };
  let runner: LifetimeRunner | undefined;
  for (let seed = 1; seed <= count; seed++) {
    if (!runner || networkSeed !== undefined) {
      const own = networkSeed === undefined ? {} : { [networkSeed]: seed };
      const { habitat } = await resolveRun({
        ...(genome === undefined ? {} : { genome }),
        file: { path: `reproduction ${name}`, value: { task: { ...task, ...options, ...own } } },
      });
      runner = new LifetimeRunner(habitat);
    }
    const { start } = runner.habitat.space;
    const [life] = runner.lives(start, [seeds.reproduction(name, seed)], { traced: true });
    const { status, reason, score, measures, episodes } = life!;
    if (status === 'failed') throw new UserError(`reproduction ${name}: seed ${seed}: ${reason}.`);
    lives.measures.push({ ...measures, score });
    lives.traces.push(episodes[0]!.trace);
    onLife(seed);
    // So that Ctrl-C is heard.
    await setImmediate();
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
 * @param count lives of each arm
 */
export async function reproduce(
  reproduction: Reproduction,
  count: number,
  onLife: (arm: string, seed: number) => void = () => {},
): Promise<ReproductionResult> {
  const lived = new Map<string, Lives>();
  for (const { name, options } of reproduction.arms) {
    lived.set(name, await liveArm(reproduction, options, count, (seed) => onLife(name, seed)));
  }
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
