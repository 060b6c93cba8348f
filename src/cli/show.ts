import { Command } from '@commander-js/extra-typings';
import { runData, runReport } from '../report/run.js';
import { findRun, StoredRun } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { printJson } from './output.js';
import { printReport } from './print-report.js';

export const show = new Command('show')
  .summary('what a run is and how it went')
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const stored = new StoredRun(findRun(options.runs, run));
    // What is stored can be written of runs whose parts are missing here, too.
    if (options.json) printJson(runData(stored));
    else printReport(await runReport(stored), false);
  });
