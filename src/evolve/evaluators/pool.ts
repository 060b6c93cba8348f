import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { type BatchReport, setupFailed, type WorkerSetup } from '../../evaluate/batch.js';
import type { Habitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import { failedLifetime, type LifetimeResult } from '../../evaluate/lives.js';
import { UserError } from '../../spec/errors.js';
import { batchOf, type Evaluator, type Life } from './evaluator.js';

/** A batch is made to last about this long: long beside the cost of a message, short beside a step. */
const batchMs = 20;
/** A step is cut into at least this many batches a worker, so that none waits long for the slowest. */
const batchesPerWorker = 8;
/** How often a batch is tried when its worker dies, before its lives are tried one by one. */
const tries = 3;

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

/**
 * Lives on a pool of threads. Batches are sized by the measured cost of a life, which moves work between workers and
 * changes no result. A batch whose worker dies is tried again on a new worker; a life that kills every worker it is
 * given, alone, is a failed one.
 */
export function poolEvaluator(habitat: Habitat, options: PoolOptions): Evaluator {
  const workerFile = options.workerFile ?? ownWorker;
  let pool: Piscina | undefined;

  /** Threads start when the first batch comes, with the network compiled once for all of them. */
  function threads(): Piscina {
    pool ??= new Piscina({
      filename: fileURLToPath(workerFile),
      minThreads: options.workers,
      maxThreads: options.workers,
      // The next batch waits at the worker already, so that no time passes between two.
      concurrentTasksPerWorker: 2,
      workerData: {
        setup: habitat.setup,
        prepared: { modules: new LifetimeRunner(habitat).modules() },
      } satisfies WorkerSetup,
      ...(workerFile.pathname.endsWith('.ts') ? { execArgv: ['--import', 'tsx'] } : {}),
    });
    return pool;
  }

  /** Running mean of the milliseconds that one life costs. */
  let msPerLife: number | undefined;

  const batchSize = (lives: number): number => {
    const share = Math.ceil(lives / (options.workers * batchesPerWorker));
    const wanted = msPerLife === undefined ? share : Math.round(batchMs / msPerLife);
    return Math.max(1, Math.min(share, wanted));
  };

  async function attempt(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]> {
    const batch = batchOf(lives, from, to);
    const report = (await threads().run(batch, {
      transferList: [batch.genomes.buffer as ArrayBuffer],
    })) as BatchReport;
    const ms = report.ms / (to - from);
    msPerLife = msPerLife === undefined ? ms : 0.8 * msPerLife + 0.2 * ms;
    return report.results;
  }

  /** The results of a batch, or why its worker died at every try. */
  async function persist(
    lives: readonly Life[],
    from: number,
    to: number,
  ): Promise<LifetimeResult[] | string> {
    let last = '';
    for (let tried = 0; tried < tries; tried++) {
      try {
        return await attempt(lives, from, to);
      } catch (error) {
        // What keeps one worker from opening the habitat keeps all of them.
        if (error instanceof Error && error.name === setupFailed)
          throw new UserError(error.message, { cause: error });
        last = error instanceof Error ? error.message : String(error);
        options.onWorkerDeath?.(last);
      }
    }
    return last;
  }

  /**
   * A worker that dies takes the batch that waits there with it. So the lives of batches that never came through are
   * lived one by one with nothing else on the pool: whoever's worker dies then has killed it.
   */
  async function alone(lives: readonly Life[], from: number, to: number): Promise<LifetimeResult[]> {
    const results: LifetimeResult[] = [];
    for (let i = from; i < to; i++) {
      const result = await persist(lives, i, i + 1);
      results.push(
        ...(typeof result === 'string'
          ? [failedLifetime(`its worker died ${tries} times: ${result}`)]
          : result),
      );
    }
    return results;
  }

  return {
    workers: options.workers,
    evaluate: async (lives) => {
      const size = batchSize(lives.length);
      const starts = Array.from({ length: Math.ceil(lives.length / size) }, (_, batch) => batch * size);
      const end = (from: number) => Math.min(lives.length, from + size);
      const batches = await Promise.all(starts.map((from) => persist(lives, from, end(from))));
      const results: LifetimeResult[] = [];
      for (const [batch, outcome] of batches.entries()) {
        const from = starts[batch]!;
        results.push(...(typeof outcome === 'string' ? await alone(lives, from, end(from)) : outcome));
      }
      return results;
    },
    close: async () => pool?.destroy(),
  };
}
