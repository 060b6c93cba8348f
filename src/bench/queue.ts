import { type ChildProcess, spawn } from 'node:child_process';
import type { EvaluatorHost, Life } from '../evolve/evaluators/evaluator.js';
import { poolHost } from '../evolve/evaluators/pool.js';
import type { RedisAddress } from '../evolve/evaluators/queue/address.js';
import { queueHost } from '../evolve/evaluators/queue/queue.js';
import { resolveRun } from '../evolve/resolve.js';
import { programVersion } from '../evolve/run.js';
import { median } from '../math/statistics.js';
import { UserError } from '../spec/errors.js';
import { machineName } from './machine.js';
import { rate } from './rate.js';

export interface QueueBenchOptions {
  address: RedisAddress;
  /** The address as it was given, for the workers. */
  url: string;
  /** Threads of the pool, and worker processes of one thread each. */
  workers: number;
  lifeMs: number;
  /** Lives of a step. */
  lives: number;
  /** For each measurement. */
  seconds: number;
  rounds: number;
  onNotice?: (message: string) => void;
}

export interface QueueBench {
  machine: string;
  workers: number;
  /** Mean, as lived by one thread of the pool alone. */
  lifeMs: number;
  livesAStep: number;
  livesPerSecond: { one: number; pool: number; queue: number };
  /** Medians of the ratios within each round. */
  ratios: { poolToOne: number; queueToPool: number };
  rounds: { one: number; pool: number; queue: number }[];
}

/** A life of the default task in so many steps of its world. */
const habitatOf = async (steps: number) =>
  (await resolveRun({ set: [`task.steps=${steps}`, 'task.startJitterUnits=20'] })).habitat;

async function livesOf(steps: number, count: number) {
  const habitat = await habitatOf(steps);
  const lives = Array.from(
    { length: count },
    (_, i): Life => ({ genome: habitat.space.start, seed: `bench ${i}`, repeats: 1 }),
  );
  return { habitat, lives };
}

/** Steps of the world with which a life lasts about so long here. */
async function stepsFor(lifeMs: number, one: EvaluatorHost): Promise<number> {
  const steps = 1000;
  const { habitat, lives } = await livesOf(steps, 64);
  const evaluator = one.evaluatorOf(habitat);
  await rate(evaluator, lives, 0.5);
  return Math.max(1, Math.round((lifeMs / 1000) * (await rate(evaluator, lives, 1)) * steps));
}

/** Worker processes of this program, once their threads are there. */
async function startWorkers(
  { url, workers }: QueueBenchOptions,
  host: EvaluatorHost,
): Promise<ChildProcess[]> {
  const started = Array.from({ length: workers }, () =>
    spawn(process.execPath, [process.argv[1]!, 'worker', '--redis', '--workers', '1'], {
      env: { ...process.env, BALDWIN_REDIS: url },
      stdio: 'ignore',
    }),
  );
  for (let waited = 0; host.workers < workers; waited += 100) {
    if (waited > 30_000)
      throw new UserError(`Expected ${workers} workers at the queue, found ${host.workers}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (host.workers > workers) {
    throw new UserError(
      `Other workers are at this Redis (${host.workers - workers} threads): measure at one of its own.`,
    );
  }
  return started;
}

/** One thread, a pool, and the queue with as many workers, in turn within each round. */
export async function benchQueue(options: QueueBenchOptions): Promise<QueueBench> {
  const one = poolHost({ workers: 1 });
  const pool = poolHost({ workers: options.workers });
  const queue = await queueHost({ address: options.address, program: programVersion, serves: 'bench queue' });
  let workers: ChildProcess[] = [];
  try {
    const steps = await stepsFor(options.lifeMs, one);
    const { habitat, lives } = await livesOf(steps, options.lives);
    workers = await startWorkers(options, queue);
    const evaluators = [one, pool, queue].map((host) => host.evaluatorOf(habitat));
    options.onNotice?.('Warming up.');
    for (const evaluator of evaluators) await rate(evaluator, lives, 1);
    const rounds: QueueBench['rounds'] = [];
    for (let round = 0; round < options.rounds; round++) {
      const [a, b, c] = [
        await rate(evaluators[0]!, lives, options.seconds),
        await rate(evaluators[1]!, lives, options.seconds),
        await rate(evaluators[2]!, lives, options.seconds),
      ];
      rounds.push({ one: a, pool: b, queue: c });
      options.onNotice?.(
        `Round ${round + 1} of ${options.rounds}: one ${a.toFixed(1)}, pool ${b.toFixed(1)}, queue ${c.toFixed(1)} lives a second.`,
      );
    }
    const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
    return {
      machine: machineName(),
      workers: options.workers,
      lifeMs: 1000 / middle((round) => round.one),
      livesAStep: options.lives,
      livesPerSecond: {
        one: middle((round) => round.one),
        pool: middle((round) => round.pool),
        queue: middle((round) => round.queue),
      },
      ratios: {
        poolToOne: middle((round) => round.pool / round.one),
        queueToPool: middle((round) => round.queue / round.pool),
      },
      rounds,
    };
  } finally {
    for (const worker of workers) worker.kill('SIGTERM');
    for (const host of [one, pool, queue]) await host.close();
  }
}
