import { Command } from '@commander-js/extra-typings';
import { benchForaging } from '../bench/foraging.js';
import { resolveRun } from '../evolve/resolve.js';
import { benchBbobCommand } from './bench-bbob.js';
import { benchKernelCommand } from './bench-kernel.js';
import { benchMachinesCommand } from './bench-machines.js';
import { benchQueueCommand } from './bench-queue.js';
import { benchRulesCommand } from './bench-rules.js';
import { ourSearchers } from './bench-searchers.js';
import { benchStrategiesCommand } from './bench-strategies.js';
import { benchTasksCommand } from './bench-tasks.js';
import { jsonOption, positiveNumber, threadCount, wholeNumber, workersFrom } from './options.js';
import { fields, heading, notice, print, printJson } from './output.js';

const foraging = new Command('foraging')
  .summary('foraging rollouts a second, on one core and on all, beside C')
  .option('--seconds <s>', 'for each measurement', positiveNumber, 3)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option(
    '-w, --workers <n>',
    'threads of the measurement on all cores (default: one a core; at most four a core)',
    threadCount,
  )
  .option(...jsonOption)
  .action(async (options) => {
    const { habitat } = await resolveRun({});
    const result = await benchForaging(habitat, {
      seconds: options.seconds,
      rounds: options.rounds,
      workers: workersFrom(options.workers),
      onNotice: notice,
    });
    if (options.json) {
      printJson(result);
      return;
    }
    const { rolloutsPerSecond: rates, ratios } = result;
    print(heading('Foraging rollouts a second (250 world steps each, the ENOMAD network)'));
    print(
      fields([
        ['machine', result.machine],
        ['genomes', result.genomes],
        ['one core', rates.one.toFixed(0)],
        [`${rates.workers} workers`, `${rates.all.toFixed(0)} (${ratios.allToOne.toFixed(2)} of one core)`],
        [
          'reference',
          `${rates.reference.toFixed(0)} on one core (the compiled engine is ${ratios.oneToReference.toFixed(2)} of it)`,
        ],
        ...(rates.c !== null && ratios.oneToC !== null
          ? ([
              [
                'C, one core',
                `${rates.c.toFixed(0)} (gcc -O3 -march=native; ours is ${ratios.oneToC.toFixed(2)} of it)`,
              ],
              [
                'scores',
                result.cAgrees
                  ? 'C gives the same results'
                  : 'C gives other results: one of the two is wrong',
              ],
            ] as const)
          : ([['C', 'no compiler found']] as const)),
        ...result.others.map(
          ({ genomes, one, oneToC }) =>
            [
              genomes.slice(0, genomes.indexOf(':')),
              `${one.toFixed(0)}${oneToC === null ? '' : ` (${oneToC.toFixed(2)} of C)`}, ${genomes.slice(genomes.indexOf(':') + 2)}`,
            ] as const,
        ),
      ]),
    );
  });

export const bench = new Command('bench')
  .summary('measure speed on this machine')
  .addCommand(benchKernelCommand)
  .addCommand(foraging)
  .addCommand(benchQueueCommand)
  .addCommand(benchMachinesCommand)
  .addCommand(benchRulesCommand)
  .addCommand(benchTasksCommand)
  .addCommand(benchBbobCommand(ourSearchers))
  .addCommand(benchStrategiesCommand(ourSearchers));
