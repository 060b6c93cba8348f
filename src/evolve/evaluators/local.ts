import type { EvaluatorHost } from './evaluator.js';
import { inProcessHost } from './in-process.js';
import { poolHost } from './pool.js';

/**
 * Where lives are lived on this machine: in this thread where there is one worker, otherwise on a pool of threads.
 * @param onNotice told of workers that died
 */
export const localHost = (workers: number, onNotice?: (message: string) => void): EvaluatorHost =>
  workers === 1
    ? inProcessHost()
    : poolHost({
        workers,
        onWorkerDeath: (message) =>
          onNotice?.(`A worker died (${message}); its work is done again on a new one.`),
      });
