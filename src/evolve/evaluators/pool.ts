import type { Habitat } from '../../evaluate/habitat.js';
import type { LifetimeResult } from '../../evaluate/lives.js';
import { decodeResults, encodeJob } from '../../evaluate/wire.js';
import type { SentBytes } from '../../evaluate/worker.js';
import { type BatchLimits, BatchSizes } from './batch-sizes.js';
import { batchOf, type Evaluator, type EvaluatorHost, type Life } from './evaluator.js';
import { liveInBatches } from './isolate.js';
import { habitatBytes, shared } from './sent-habitat.js';
import { Threads, type ThreadsOptions } from './threads.js';

/** Messages to threads cost little. */
const limits: BatchLimits = { shortestMs: 1, longestMs: 20 };

export interface PoolOptions extends ThreadsOptions {
  /** Told of every worker that died, once for each try. */
  onWorkerDeath?: (message: string) => void;
}

/**
 * Lives in one habitat on the threads of a pool. Batches are sized by the measured cost of a life, which moves work
 * between workers and changes no result. A batch whose worker dies is tried again on a new worker. What crosses is bytes,
 * as it would to another machine.
 */
function poolEvaluator(habitat: Habitat, threads: Threads, onDeath: PoolOptions['onWorkerDeath']): Evaluator {
  const { workers } = threads;
  let sent: SentBytes | undefined;
  const underWay = new Set<Promise<unknown>>();

  const sizes = new BatchSizes(limits, () => workers);

  async function attempt(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]> {
    sent ??= shared(habitatBytes(habitat));
    const answer = threads.run(sent, encodeJob(batchOf(lives, from, to)));
    underWay.add(answer);
    const bytes = await answer.finally(() => underWay.delete(answer));
    // What keeps one worker from opening the habitat keeps all of them: such a refusal is a UserError, which ends the run.
    const { results, ms } = decodeResults(bytes);
    sizes.learn(to - from, ms);
    return results;
  }

  return {
    workers,
    evaluate: (lives, onLived) =>
      liveInBatches({ attempt, onDeath, onLived }, lives, (left) => sizes.next(left)),
    close: async () => {
      // A run that fails at one batch leaves others under way: an answer to a pool that is gone would be a fault of its own.
      await Promise.allSettled(underWay);
    },
  };
}

/** Lives on a pool of threads, which start as work needs them and serve any number of habitats. */
export function poolHost(options: PoolOptions): EvaluatorHost {
  const threads = new Threads(options);
  const open = new Set<Evaluator>();
  return {
    workers: options.workers,
    evaluatorOf: (habitat) => {
      const evaluator = poolEvaluator(habitat, threads, options.onWorkerDeath);
      open.add(evaluator);
      return { ...evaluator, close: () => evaluator.close().finally(() => open.delete(evaluator)) };
    },
    close: async () => {
      await Promise.all([...open].map((evaluator) => evaluator.close()));
      await threads.close();
    },
  };
}
