import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Habitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import type { LifetimeResult } from '../../evaluate/lives.js';
import { decodeResults, encodeHabitat, encodeJob } from '../../evaluate/wire.js';
import { batchOf, type Evaluator, type Life } from './evaluator.js';
import { liveInBatches } from './isolate.js';

/** A batch lasts at most about this long, which is long beside the cost of a message. */
const longestMs = 20;
/** A batch lasts about this long at the least, so that messages cost little beside it. */
const shortestMs = 1;
/**
 * A batch is at most this share of what is left for each worker. So the first batches of a step are large, and the last
 * are small: messages are few, and none waits long for the slowest.
 */
const largestShare = 1 / 2;

/** Lives in a batch while nothing is known of their cost: where they are long, their progress is to be seen. */
const firstLives = 4;

export interface PoolOptions {
  workers: number;
  /** The worker's file, for tests of what happens when workers die. */
  workerFile?: URL;
  /** Told of every worker that died, once for each try. */
  onWorkerDeath?: (message: string) => void;
}

/** This module runs as TypeScript in development and as JavaScript, beside the built worker, when installed. */
const fromSource = import.meta.url.endsWith('.ts');
const ownWorker = fromSource
  ? new URL('../../evaluate/worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);

const startThreads = (habitat: Habitat, workerFile: URL, workers: number): Piscina =>
  new Piscina({
    filename: fileURLToPath(workerFile),
    minThreads: workers,
    maxThreads: workers,
    // The next batch waits at the worker already, so that no time passes between two.
    concurrentTasksPerWorker: 2,
    workerData: encodeHabitat({
      setup: habitat.setup,
      prepared: { modules: new LifetimeRunner(habitat).modules() },
    }),
    ...(workerFile.pathname.endsWith('.ts') ? { execArgv: ['--import', 'tsx'] } : {}),
  });

/**
 * Lives on a pool of threads. Batches are sized by the measured cost of a life, which moves work between workers and
 * changes no result. A batch whose worker dies is tried again on a new worker. What crosses is bytes, as it would to
 * another machine.
 */
export function poolEvaluator(habitat: Habitat, options: PoolOptions): Evaluator {
  const workerFile = options.workerFile ?? ownWorker;
  let pool: Piscina | undefined;
  const underWay = new Set<Promise<unknown>>();

  /** Running mean of the milliseconds that one life costs. */
  let msPerLife: number | undefined;

  /** Lives in the next batch of a step of which so many are left. */
  function batchSize(left: number): number {
    const share = Math.ceil((left / options.workers) * largestShare);
    if (msPerLife === undefined) return Math.min(share, firstLives);
    const lasting = (ms: number) => Math.max(1, Math.round(ms / msPerLife!));
    return Math.min(Math.max(share, lasting(shortestMs)), lasting(longestMs));
  }

  async function attempt(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]> {
    const job = encodeJob(batchOf(lives, from, to));
    // Threads start when the first batch comes, with the network compiled once for all of them.
    pool ??= startThreads(habitat, workerFile, options.workers);
    const answer = pool.run(job, { transferList: [job.buffer] }) as Promise<Uint8Array>;
    underWay.add(answer);
    const bytes = await answer.finally(() => underWay.delete(answer));
    // What keeps one worker from opening the habitat keeps all of them: such a refusal is a UserError, which ends the run.
    const { results, ms } = decodeResults(bytes);
    const cost = ms / (to - from);
    msPerLife = msPerLife === undefined ? cost : 0.8 * msPerLife + 0.2 * cost;
    return results;
  }

  return {
    workers: options.workers,
    evaluate: (lives, onLived) =>
      liveInBatches({ attempt, onDeath: options.onWorkerDeath, onLived }, lives, batchSize),
    close: async () => {
      // A run that fails at one batch leaves others under way: an answer to a pool that is gone would be a fault of its own.
      await Promise.allSettled(underWay);
      await pool?.destroy();
    },
  };
}
