import { Command } from '@commander-js/extra-typings';
import { benchQueue } from '../bench/queue.js';
import { addressVariable } from '../evolve/evaluators/queue/address.js';
import { addressFrom } from './host.js';
import { jsonOption, positiveNumber, redisOption, threadCount, wholeNumber } from './options.js';
import { fields, heading, notice, print, printJson } from './output.js';

export const benchQueueCommand = new Command('queue')
  .summary('lives a second over a queue, beside a pool of as many threads and one thread')
  .description(
    'Starts workers of its own on this machine and measures lives of the default task in turn: in one thread, on a pool, over the queue.',
  )
  .option(...redisOption)
  .option('-w, --workers <n>', 'threads of the pool, and worker processes of one thread each', threadCount, 2)
  .option('--life-ms <ms>', 'how long a life lasts, about', positiveNumber, 10)
  .option('--lives <n>', 'lives of a step', wholeNumber(1), 64)
  .option('--seconds <s>', 'for each measurement', positiveNumber, 3)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option(...jsonOption)
  .action(async (options) => {
    const address = addressFrom(options.redis);
    const url = typeof options.redis === 'string' ? options.redis : process.env[addressVariable]!;
    const result = await benchQueue({
      ...{ address, url, workers: options.workers, lifeMs: options.lifeMs, lives: options.lives },
      ...{ seconds: options.seconds, rounds: options.rounds, onNotice: notice },
    });
    if (options.json) {
      printJson(result);
      return;
    }
    const { livesPerSecond: rates, ratios } = result;
    print(heading(`Lives a second, of about ${result.lifeMs.toFixed(1)} ms, ${result.livesAStep} a step`));
    print(
      fields([
        ['machine', result.machine],
        ['one thread', rates.one.toFixed(1)],
        [
          `pool of ${result.workers}`,
          `${rates.pool.toFixed(1)} (${ratios.poolToOne.toFixed(2)} of one thread)`,
        ],
        [
          `queue, ${result.workers} workers`,
          `${rates.queue.toFixed(1)} (${ratios.queueToPool.toFixed(2)} of the pool)`,
        ],
      ]),
    );
  });
