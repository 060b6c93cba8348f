import { Command } from '@commander-js/extra-typings';
import { resolveRun } from '../evolve/resolve.js';
import { startRun } from '../evolve/run.js';
import { findRun } from '../store/run-store.js';
import { carryOut } from './carry-out.js';
import { eliteMeaning, seedFrom } from './elite.js';
import {
  budgetFrom,
  collect,
  jsonOption,
  refuseRunName,
  requestFrom,
  runsOption,
  stamp,
  withBudgetOptions,
  withExecutionOptions,
  withRunOptions,
} from './options.js';
import { notice, print, printJson } from './output.js';

export const evolve = withExecutionOptions(
  withBudgetOptions(
    withRunOptions(
      new Command('evolve')
        .summary('start an evolution run')
        .description(
          'Starts an evolution run: strategy + genome + connectome + task -> run.\n' +
            'A run file overrides the preset, the command line overrides a run file, --set overrides all.',
        )
        .argument(
          '[run]',
          'a run as a file, or by name one that comes with the program (forager); "--dry-run" shows its form',
        )
        .option(
          '-s, --strategy <name>',
          'a strategy preset by name or path, the module of one of your own, or auto: the one that fits the run (default: ga)',
        )
        .option(
          '--objective <name>',
          "what is maximised: by name, or the module of one of your own; repeatable (default: the preset's)",
          collect,
        ),
    ),
  ),
)
  .option(
    '--from <file>',
    'a file that the run starts from: a genome file, as "baldwin inspect RUN --export FILE" writes it, or a rule file; with --elite, a run',
  )
  .option('--elite <cell>', eliteMeaning('with --from RUN: an elite of its archive'))
  .option(
    '--inject <genome.json>',
    'a genome file whose genome the first steps live in place of a candidate, for the strategy to learn from; repeatable',
    collect,
  )
  .option(
    '--warm-start <run>',
    'an earlier run of the same genes: the strategy begins where its best genomes lie, which are recorded with this run (cma-es); repeatable',
    collect,
  )
  .option('--name <name>', 'name of the run (default: time, task, strategy and seed)')
  .option(...runsOption)
  .option('--dry-run', 'print the resolved run and do nothing')
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin evolve forager
  baldwin evolve --task go-no-go --strategy auto --evaluations 600
  baldwin evolve --strategy ga --seed 3 --evaluations 6400
  baldwin evolve --set task.patterns=pentagon --set strategy.population=128 --seconds 60
  baldwin evolve --set 'task.patterns=["square","triangle"]' --set task.heldOut=circle
  baldwin evolve run.json --seed 2
  baldwin evolve --task ./my-task.mjs --strategy ./my-strategy.mjs --objective ./my-objective.mjs
  baldwin evolve --redis redis://head-node:6379 --evaluations 200000
  baldwin inspect latest --export champion.json   writes the genome file that the next lines read
  baldwin evolve --from champion.json --strategy cma-es --evaluations 2000
  baldwin evolve --from latest --elite foodEaten=3,endX=120 --evaluations 2000   an elite of an archive
  baldwin evolve --inject champion.json --evaluations 2000   a genome among the first candidates
  baldwin evolve --strategy cma-es --warm-start square-run --evaluations 2000   from the best tenth of an earlier run
  baldwin evolve --task reward-driven --genome reward-driven-form --strategy cgp --from my-rule.json   the form of a rule`,
  )
  .action(async (file, options) => {
    const resolved = await resolveRun({
      ...requestFrom(file, options, budgetFrom(options)),
      ...(await seedFrom(options)),
      ...(options.inject === undefined ? {} : { inject: options.inject }),
      ...(options.warmStart === undefined
        ? {}
        : { warmStart: options.warmStart.map((run) => findRun(options.runs, run)) }),
    });
    const { spec } = resolved;
    for (const text of resolved.notices) notice(text);
    if (options.dryRun) {
      if (options.json) printJson(spec);
      else print(JSON.stringify(spec, null, 2));
      return;
    }
    if (options.name !== undefined) refuseRunName('--name', options.name);
    const name = options.name ?? `${stamp()}-${spec.task.name}-${spec.strategy.name}-s${spec.seed}`;
    const manner = {
      json: options.json ?? false,
      pictures: options.pictures,
      workers: options.workers,
      redis: options.redis,
      runs: options.runs,
    };
    await carryOut(manner, name, (execution) => startRun(resolved, options.runs, name, execution));
  });
