import { Command } from '@commander-js/extra-typings';
import { benchTasks } from '../bench/tasks.js';
import { suggest, UsageError } from '../spec/errors.js';
import { tasks as known } from '../tasks/table.js';
import { jsonOption, positiveNumber, threadCount, workersFrom } from './options.js';
import { heading, notice, print, printJson, table } from './output.js';

const figure = (value: number) => String(Number(value.toPrecision(3)));

export const benchTasksCommand = new Command('tasks')
  .summary('lives a second of each task, and what of a life is the world’s')
  .description(
    'Lives each task as it comes, with the untrained start: on one thread, where the time of the network is counted apart ' +
      'from that of the world, and on all workers.',
  )
  .argument('[tasks...]', 'tasks by name (default: all)')
  .option(
    '--seconds <s>',
    'for each measurement; of longer lives one is lived, and one on each worker',
    positiveNumber,
    2,
  )
  .option(
    '-w, --workers <n>',
    'threads of the measurement on all cores (default: one a core; at most four a core)',
    threadCount,
  )
  .option(...jsonOption)
  .action(async (names, { seconds, workers, json }) => {
    for (const name of names) {
      if (!Object.hasOwn(known, name))
        throw new UsageError(`Unknown task "${name}". ${suggest(name, Object.keys(known))}`);
    }
    const found = await benchTasks({
      tasks: names.length > 0 ? names : Object.keys(known),
      workers: workersFrom(workers),
      seconds,
      onNotice: notice,
    });
    if (json) {
      printJson(found);
      return;
    }
    print(heading('Lives a second of each task, with the untrained start'));
    print(
      table(
        [
          'task',
          'cells',
          'synapses',
          's of a life',
          'ms a life',
          'world',
          'one thread',
          `${found.workers} workers`,
        ],
        found.tasks.map((one) => [
          one.task,
          String(one.cells),
          String(one.synapses),
          one.lifeS.toFixed(2),
          figure(one.lifeMs),
          `${(100 * one.worldShare).toFixed(0)} %`,
          figure(one.one),
          figure(one.all),
        ]),
      ),
    );
    print(`\nworld: what of a life is not the network’s. machine: ${found.machine}`);
  });
