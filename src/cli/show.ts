import { Command } from '@commander-js/extra-typings';
import { runData, runReport } from '../report/run.js';
import { findRunOrStudy } from '../store/find.js';
import { StoredRun } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { printJson } from './output.js';
import { printReport } from './print-report.js';
import { showStudy } from './study-report.js';

export const show = new Command('show')
  .summary('what a run is and how it went; of a study, its report')
  .argument('<run>', 'name of the run or study, the start of it, "latest", or its folder')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const { is, folder } = findRunOrStudy(options.runs, run);
    if (is === 'study') {
      await showStudy(folder, options);
      return;
    }
    const stored = new StoredRun(folder);
    // What is stored can be written of runs whose parts are missing here, too.
    if (options.json) printJson(runData(stored));
    else printReport(await runReport(stored), false);
  });
