import { availableParallelism } from 'node:os';
import { Command } from '@commander-js/extra-typings';
import { QueueWorker } from '../evolve/evaluators/queue/queue-worker.js';
import { programVersion } from '../evolve/run.js';
import { addressFrom } from './host.js';
import { redisOption, threadCount } from './options.js';
import { count, notice } from './output.js';
import { hearingStops } from './stopping.js';

/** How often it is said what was done. */
const lineEveryMs = 60_000;
/** How soon a signal is heard. */
const askEveryMs = 100;

/** Lines about what a worker did since the last one. */
function sayNowAndThen(worker: QueueWorker): () => void {
  let last = worker.record;
  let idle = false;
  const timer = setInterval(() => {
    const now = worker.record;
    const [jobs, lives] = [now.jobs - last.jobs, now.lives - last.lives];
    last = now;
    const at = new Date().toISOString();
    if (jobs > 0 || now.busy > 0) {
      notice(
        `${at} ${count(lives)} lives in ${count(jobs)} jobs in the last minute, ${now.busy} in hand, ${count(now.deaths)} threads died so far`,
      );
    } else if (!idle) {
      notice(`${at} no jobs in the last minute`);
    }
    idle = jobs === 0 && now.busy === 0;
  }, lineEveryMs);
  return () => clearInterval(timer);
}

export const worker = new Command('worker')
  .summary('live for runs on other machines, from a queue')
  .description(
    'Feeds the cores of this machine from the queue at a Redis, for all runs there, until it is stopped. The first Ctrl-C ends ' +
      'it after the jobs in hand, the second at once: the jobs are then lived elsewhere.',
  )
  .option(...redisOption)
  .option('-w, --workers <n>', 'threads (default: one a core; at most four a core)', threadCount)
  .option(
    '--allow-code',
    "run tasks of users' own that runs bring along (only where you trust whoever uses the queue)",
  )
  .addHelpText(
    'after',
    `
Examples:
  baldwin worker --redis redis://head-node:6379
  BALDWIN_REDIS=rediss://:PASSWORD@head-node:6379 baldwin worker --workers 8`,
  )
  .action(async (options) => {
    const address = addressFrom(options.redis);
    const threads = options.workers ?? availableParallelism();
    const worker = await QueueWorker.open({
      ...{ address, program: programVersion, threads, allowsCode: options.allowCode ?? false },
      onNotice: notice,
    });
    notice(
      `Worker ${process.pid} lives for the runs at ${address.shown}, with ${threads} thread${threads === 1 ? '' : 's'}. ` +
        'Ctrl-C ends it after the jobs in hand.',
    );
    const quiet = sayNowAndThen(worker);
    try {
      await hearingStops(
        () => {
          notice('Finishing the jobs in hand. Once more stops at once; others live them then.');
          return undefined;
        },
        () => undefined,
        async (asked) => {
          let given: Error | undefined;
          worker.givenUp.catch((error: Error) => {
            given = error;
          });
          while (asked() === undefined && !given)
            await new Promise((resolve) => setTimeout(resolve, askEveryMs));
          await worker.close();
          if (given) throw given;
          const { jobs, lives } = worker.record;
          notice(`Lived ${count(lives)} lives in ${count(jobs)} jobs.`);
        },
      );
    } finally {
      quiet();
    }
  });
