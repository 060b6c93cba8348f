import { Command } from '@commander-js/extra-typings';
import { resumeRun } from '../evolve/run.js';
import { findRun } from '../store/run-store.js';
import { carryOut } from './carry-out.js';
import {
  budgetFrom,
  jsonOption,
  runsOption,
  withBudgetOptions,
  withExecutionOptions,
  workersFrom,
} from './options.js';

export const resume = withExecutionOptions(
  withBudgetOptions(
    new Command('resume')
      .summary('go on with a run that was interrupted, or with a larger budget')
      .description(
        'Goes on with a run from its last whole step. The outcome is the same, to the bit, as if it had never ' +
          'stopped.\nA budget given here takes the place of the one the run was started with.',
      )
      .argument('<run>', 'name of the run, the start of it, "latest", or its folder'),
  ),
)
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const folder = findRun(options.runs, run);
    const manner = {
      json: options.json ?? false,
      pictures: options.pictures,
      workers: workersFrom(options.workers),
      runs: options.runs,
    };
    await carryOut(manner, (execution) => resumeRun(folder, budgetFrom(options), execution));
  });
