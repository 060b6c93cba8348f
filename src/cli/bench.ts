import { Command } from '@commander-js/extra-typings';
import { benchForaging } from '../bench/foraging.js';
import { resolveRun } from '../evolve/resolve.js';
import { setupOf } from '../evolve/run-spec.js';
import { jsonOption, positiveNumber, wholeNumber, workersFrom } from './options.js';
import { fields, heading, notice, print, printJson } from './output.js';

const foraging = new Command('foraging')
  .summary('foraging rollouts a second, on one core and on all, beside C')
  .option('--seconds <s>', 'for each measurement', positiveNumber, 3)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option(
    '-w, --workers <n>',
    'threads of the measurement on all cores (default: one a core)',
    wholeNumber(1),
  )
  .option(...jsonOption)
  .action(async (options) => {
    const { spec, connectome } = resolveRun({});
    const result = await benchForaging(setupOf(spec, connectome), {
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
              ['scores', result.cAgrees ? 'C gives the same' : 'C gives others: one of the two is wrong'],
            ] as const)
          : ([['C', 'no compiler found']] as const)),
      ]),
    );
  });

export const bench = new Command('bench').summary('measure speed on this machine').addCommand(foraging);
