import { basename } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { branchRun } from '../evolve/branch.js';
import { resultOf } from '../evolve/recorded.js';
import { resumeRun } from '../evolve/run.js';
import { UsageError } from '../spec/errors.js';
import { findRun, StoredRun } from '../store/run-store.js';
import { carryOut } from './carry-out.js';
import {
  budgetFrom,
  collect,
  jsonOption,
  refuseRunName,
  runsOption,
  withBudgetOptions,
  withExecutionOptions,
} from './options.js';
import { notice, printJson } from './output.js';

/** What is said of a run that has ended, whose every step is there; undefined where there is something to do. */
function endOf(folder: string, name: string) {
  const { manifest, records, status } = new StoredRun(folder);
  const result = resultOf(manifest);
  if (status !== 'finished' || result === null || records.length < manifest.progress.steps) return undefined;
  const evaluations = records.at(-1)?.evaluations ?? 0;
  // A strategy that stopped has nothing more to try, whatever the budget.
  const furtherAdvice = result.stopReason.startsWith('strategy:')
    ? 'Its strategy has nothing more to try. Start a new run with another seed or strategy.'
    : `A larger budget lets it go on, such as "baldwin resume ${name} --evaluations ${2 * evaluations}".`;
  return {
    result,
    notice: `The run ${manifest.run} has ended (${result.stopReason}): there is nothing to do. ${furtherAdvice}`,
  };
}

export const resume = withExecutionOptions(
  withBudgetOptions(
    new Command('resume')
      .summary('go on with a run, with a larger budget, or as a branch with changed settings')
      .description(
        'Goes on with a run from its last whole step. The outcome is the same, to the bit, as if it had never ' +
          'stopped.\nA budget given here takes the place of the one the run was started with; a search that is ' +
          'planned for its evaluations (niches) keeps its plan.\n' +
          "With --as a new run branches from the state of this one, its strategy's included, with the settings that --set " +
          'changes. It holds the whole history and counts its evaluations.',
      )
      .argument('<run>', 'name of the run, the start of it, "latest", or its folder'),
  ),
)
  .option('--as <name>', 'leave the run as it is, and go on from its state as a new run of this name')
  .option(
    '--set <path=value>',
    'with --as: change a field of the run, such as strategy.mutation.genes=2; repeatable',
    collect,
  )
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin resume latest --evaluations 12800
  baldwin resume first --as harder --set task.patterns=hexagon --evaluations 12800
  baldwin resume first --as finer --set strategy.mutation.genes=1 --evaluations 12800`,
  )
  .action(async (run, options) => {
    const folder = findRun(options.runs, run);
    const manner = {
      json: options.json ?? false,
      pictures: options.pictures,
      workers: options.workers,
      redis: options.redis,
      runs: options.runs,
    };
    const budget = budgetFrom(options);
    if (options.as !== undefined) {
      const name = options.as;
      refuseRunName('--as', name);
      await carryOut(manner, name, (execution) =>
        branchRun(folder, { root: options.runs, name, set: options.set ?? [], budget }, execution),
      );
      return;
    }
    if (options.set !== undefined) {
      throw new UsageError(
        '--set: a run that goes on keeps its settings: name a new run that branches from it, with --as NAME.',
      );
    }
    const ended = budget === undefined ? endOf(folder, run) : undefined;
    if (ended !== undefined) {
      notice(ended.notice);
      if (manner.json) printJson({ ...ended.result, path: folder, pictures: [] });
      return;
    }
    await carryOut(manner, basename(folder), (execution) => resumeRun(folder, budget, execution));
  });
