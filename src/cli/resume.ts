import { Command } from '@commander-js/extra-typings';
import { resultOf } from '../evolve/recorded.js';
import { resumeRun } from '../evolve/run.js';
import { findRun, StoredRun } from '../store/run-store.js';
import { carryOut } from './carry-out.js';
import {
  budgetFrom,
  jsonOption,
  runsOption,
  withBudgetOptions,
  withExecutionOptions,
  workersFrom,
} from './options.js';
import { notice, printJson } from './output.js';

/** What is said of a run that has ended, whose every step is there; undefined where there is something to do. */
function endOf(folder: string) {
  const { manifest, records, status } = new StoredRun(folder);
  const result = resultOf(manifest);
  if (status !== 'finished' || result === null || records.length < manifest.progress.steps) return undefined;
  const evaluations = records.at(-1)?.evaluations ?? 0;
  // A strategy that stopped has nothing more to try, whatever the budget.
  const furtherAdvice = result.stopReason.startsWith('strategy:')
    ? 'Its strategy has nothing more to try. Start a new run with another seed or strategy.'
    : `A larger budget lets it go on, such as "baldwin resume ${manifest.run} --evaluations ${2 * evaluations}".`;
  return {
    result,
    notice: `The run ${manifest.run} has ended (${result.stopReason}): there is nothing to do. ${furtherAdvice}`,
  };
}

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
    const budget = budgetFrom(options);
    const ended = budget === undefined ? endOf(folder) : undefined;
    if (ended !== undefined) {
      notice(ended.notice);
      if (manner.json) printJson({ ...ended.result, path: folder, pictures: [] });
      return;
    }
    await carryOut(manner, (execution) => resumeRun(folder, budget, execution));
  });
