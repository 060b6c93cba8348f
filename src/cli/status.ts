import { Command } from '@commander-js/extra-typings';
import { type QueueStatus, queueStatus } from '../evolve/evaluators/queue/status.js';
import { addressFrom } from './host.js';
import { jsonOption, redisOption } from './options.js';
import { count, counted, heading, print, printJson, table } from './output.js';

function printStatus({ redis, workers, runs, queues }: QueueStatus): void {
  const threads = workers.reduce((sum, worker) => sum + worker.threads, 0);
  print(heading(`${counted(workers.length, 'worker')} with ${counted(threads, 'thread')} at ${redis}`));
  if (workers.length > 0) {
    print(
      table(
        [
          'host',
          'process',
          'state',
          'threads',
          'jobs in hand',
          'lives',
          'lives/s',
          'threads died',
          'code',
          'version',
        ],
        workers.map((worker) => [
          worker.host,
          worker.pid,
          worker.state,
          worker.threads,
          worker.busy,
          count(worker.lives),
          worker.livesPerSecond.toFixed(1),
          worker.deaths,
          worker.allowsCode ? 'allowed' : 'refused',
          `${worker.program}, results ${worker.results}`,
        ]),
      ),
    );
  }
  print('');
  print(heading(counted(runs.length, 'run')));
  if (runs.length > 0) {
    print(
      table(
        ['run', 'host', 'process', 'jobs waited for', 'answered', 'asked again', 'own code', 'version'],
        runs.map((run) => [
          run.serves,
          run.host,
          run.pid,
          run.waiting,
          count(run.answered),
          run.askedAgain,
          run.code.join(', ') || '-',
          `${run.program}, results ${run.results}`,
        ]),
      ),
    );
  }
  print('');
  print(heading('Jobs'));
  print(
    queues.length === 0
      ? 'none so far'
      : table(
          ['queue', 'waiting', 'in hand', 'failed'],
          queues.map(({ queue, waiting, active, failed }) => [queue, waiting, active, failed]),
        ),
  );
}

export const status = new Command('status')
  .summary('who lives for whom over a queue')
  .description('Shows the workers and the runs at a Redis, and how many jobs wait there. It changes nothing.')
  .option(...redisOption)
  .option(...jsonOption)
  .action(async (options) => {
    const found = await queueStatus({ address: addressFrom(options.redis) });
    if (options.json) printJson(found);
    else printStatus(found);
  });
