import { seeds } from '../evaluate/seeds.js';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { inProcessHost } from '../evolve/evaluators/in-process.js';
import { inLanes } from '../evolve/lanes.js';
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
  /** The lives of the task's first scenario, by arm, for a picture; none where they were not traced. */
  arms: readonly Arm[];
}

export interface ReproductionExecution {
  /** Where lives are lived, which changes no result; in this thread where absent. Whoever gives it closes it. */
  host?: EvaluatorHost;
  /** Whether the result has what is needed to draw the arms. */
  traced?: boolean;
  /** Told after each life how many its arm has. What it throws ends the reproduction when the lives under way are over. */
  onLife?: (arm: string, lived: number) => void;
}

/** One life of an arm, and what came of it. */
interface PlannedLife {
  arm: Reproduction['arms'][number];
  seed: number;
  lived?: LivedOnce;
}

interface LivedOnce {
  /** The score among them. */
  measures: Readonly<Record<string, number>>;
  trace: unknown;
}

/** A life of the untrained network, with a seed that is the same for all arms. */
async function live(
  { name, task, genome, networkSeed }: Reproduction,
  { arm, seed }: PlannedLife,
  host: EvaluatorHost,
  traced: boolean,
): Promise<LivedOnce> {
  const ownNetwork = networkSeed === undefined ? {} : { [networkSeed]: seed };
  const { habitat } = await resolveRun({
    ...(genome === undefined ? {} : { genome }),
    file: { path: `reproduction ${name}`, value: { task: { ...task, ...arm.options, ...ownNetwork } } },
  });
  const evaluator = host.evaluatorOf(habitat);
  try {
    const life = { genome: habitat.space.start, seed: seeds.reproduction(name, seed), repeats: 1, traced };
    const [result] = await evaluator.evaluate([life]);
    const { status, reason, score, measures, trace } = result!;
    if (status === 'failed') throw new UserError(`reproduction ${name}: seed ${seed}: ${reason}.`);
    return { measures: { ...measures, score }, trace };
  } finally {
    await evaluator.close();
  }
}

/** Lives what is planned, as much at once as the host can. No life begins after one that failed. */
async function liveAll(
  reproduction: Reproduction,
  planned: readonly PlannedLife[],
  { host = inProcessHost(), traced = false, onLife }: ReproductionExecution,
): Promise<void> {
  const livedOf = new Map<string, number>();
  const failures: unknown[] = [];
  // Where other threads live, one more than they are, so that none waits while this one makes a network.
  await inLanes(
    [...planned.entries()],
    () => (host.workers === 1 ? 1 : host.workers + 1),
    async ([place, life]) => {
      if (failures.length > 0) return;
      try {
        life.lived = await live(reproduction, life, host, traced);
        const lived = (livedOf.get(life.arm.name) ?? 0) + 1;
        livedOf.set(life.arm.name, lived);
        onLife?.(life.arm.name, lived);
      } catch (error) {
        failures[place] = error;
      }
    },
  );
  // The first in the order of lives is the same whatever ended first: those before it had begun.
  for (const error of failures) if (error !== undefined) throw error;
}

function isWithin(value: number, accept: Figure['accept']): boolean | null {
  if (!accept) return null;
  const [low, high] = accept;
  return (low === null || value >= low) && (high === null || value <= high);
}

/**
 * Lives all arms of a reproduction and compares.
 * @param count lives of each arm
 * @throws UserError where a life fails
 */
export async function reproduce(
  reproduction: Reproduction,
  count: number,
  execution: ReproductionExecution = {},
): Promise<ReproductionResult> {
  const planned = reproduction.arms.flatMap((arm) =>
    Array.from({ length: count }, (_, i): PlannedLife => ({ arm, seed: i + 1 })),
  );
  await liveAll(reproduction, planned, execution);
  const livesOf = (name: string) => planned.flatMap(({ arm, lived }) => (arm.name === name ? [lived!] : []));
  const figures = reproduction.figures.map((figure): Reproduced => {
    const values = livesOf(figure.arm).map(({ measures }) => measures[figure.measure]!);
    const { mean, sd, n }: Spread = spreadOf(values);
    return { ...figure, ours: { value: mean, spread: sd, n }, pass: isWithin(mean, figure.accept) };
  });
  const arms = execution.traced ? reproduction.arms : [];
  return {
    figures,
    pass: figures.every(({ pass }) => pass !== false),
    arms: arms.map(({ name }) => ({ name, traces: livesOf(name).map(({ trace }) => trace) })),
  };
}
