import { basename, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { Budget } from '../evolve/run-spec.js';
import { discardRun, newRunFolder } from '../store/run-store.js';
import { findStudy, isStudyFolder, readStudyRecord, studyFiles } from '../store/study-store.js';
import { namedLevels } from '../study/arms.js';
import { resumeStudy, runsLeft, type StudyEnd, type StudyExecution, startStudy } from '../study/carry-out.js';
import { planStudy, type StudyPlan } from '../study/plan.js';
import { parseStudySpec, seedsOf } from '../study/study-spec.js';
import { finishing } from './carry-out.js';
import { type HostOptions, hostFrom } from './host.js';
import {
  budgetFrom,
  collect,
  jsonOption,
  positiveNumber,
  runsOption,
  stamp,
  wholeNumber,
  withBudgetOptions,
  withExecutionOptions,
  withPartOptions,
} from './options.js';
import { count, counted, heading, notice, print, printJson, table } from './output.js';
import { hearingStops } from './stopping.js';
import { seedsFrom, studyFrom } from './study-options.js';
import { StudyProgressReporter } from './study-progress.js';
import { reportStudy, studyShow } from './study-report.js';

interface Manner extends HostOptions {
  atOnce?: number | undefined;
  json?: true | undefined;
  pictures: boolean;
  runs: string;
}

/**
 * Carries a study out with progress on stderr, and reports it. The first Ctrl-C (or SIGTERM) ends every run after the
 * step under way, the second ends the program at once. Either way the study goes on later as if it had not been stopped.
 */
async function carryOut(
  folder: string,
  manner: Manner,
  work: (execution: StudyExecution) => Promise<StudyEnd>,
): Promise<void> {
  const progress = new StudyProgressReporter();
  const say = (text: string) => {
    progress.stop();
    notice(text);
  };
  const host = await hostFrom(manner, basename(folder), say);
  try {
    const { interrupted, failed } = await hearingStops(
      () => finishing(host, 'steps', say),
      () => {
        progress.stop();
        return host.abandon?.();
      },
      (asked) =>
        work({
          host,
          ...(manner.atOnce === undefined ? {} : { atOnce: manner.atOnce }),
          interrupted: () => asked() !== undefined,
          onNotice: say,
          onProgress: (update) => progress.update(update),
        }),
    );
    progress.stop();
    await reportStudy(folder, manner);
    if (interrupted) notice(`To go on: baldwin study resume ${relative('', folder)}`);
    if (Object.keys(failed).length > 0) process.exitCode = 1;
  } finally {
    progress.stop();
    await host.close();
  }
}

/** Says where there is nothing to do, or less than was asked for may suggest. */
function sayWhatIsLeft(
  folder: string,
  { budget, seeds = [] }: { budget: Budget | undefined; seeds: readonly number[] | undefined },
): void {
  const record = readStudyRecord(folder);
  const more = seeds.filter((seed) => !record.seeds.includes(seed));
  if (seeds.length > 0 && seeds.length < record.seeds.length && more.length === 0) {
    notice(
      `The study has the seeds ${record.seeds.join(', ')}: it stays with them. More can be given, not fewer.`,
    );
  }
  const spec = parseStudySpec(record.spec, `${folder}/${studyFiles.record}: spec`);
  const left = runsLeft(folder, { ...record, spec });
  if (left.length === 0 && budget === undefined && more.length === 0) {
    notice(`The study ${record.study} has ended: there is nothing to do.`);
  }
}

/** Many seeds are named by the first and the last. */
const seedsText = (seeds: readonly number[]): string =>
  seeds.length > 20 ? `${seeds[0]} to ${seeds.at(-1)}` : seeds.join(', ');

/** When a run ends, in words. */
const endsText = (budget: Budget): string =>
  Object.entries(budget)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${count(value)}`]))
    .join(', ');

/** The plan, before it is carried out. */
function printPlan({ arms, seeds, spec, ends }: StudyPlan, json: true | undefined): void {
  if (json) {
    printJson({ arms, seeds, runs: arms.length * seeds.length, ends, spec });
    return;
  }
  const evaluations =
    arms.reduce((sum, { name }) => sum + (ends[name]!.evaluations ?? Number.NaN), 0) * seeds.length;
  const lives = Number.isFinite(evaluations) ? `, ${count(evaluations)} evaluations in all` : '';
  print(
    `${counted(arms.length * seeds.length, 'run')}: ${counted(arms.length, 'arm')} on ${counted(seeds.length, 'seed')} (${seedsText(seeds)})${lives}`,
  );
  print(
    table(
      ['arm', 'what it is', 'a run ends at'],
      arms.map(({ name, about }) => [name, about, endsText(ends[name]!)]),
    ),
  );
  const levels = namedLevels(spec);
  if (levels.length === 0) return;
  print('');
  print(
    table(
      ['factor', 'level', 'sets'],
      levels.map(({ factor, level, sets }) => [factor, level, sets]),
    ),
  );
}

const withSharing = <
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(
  command: Command<A, O, G>,
) =>
  withExecutionOptions(command).option(
    '--at-once <n>',
    'runs side by side (default: one more than workers); changes no result',
    wholeNumber(1),
  );

const resume = withSharing(
  withBudgetOptions(
    new Command('resume')
      .summary('go on with a study that was interrupted, or with more seeds or a larger budget')
      .description(
        'Goes on with every run of a study from its last whole step. The outcome is the same, to the bit, as if it had ' +
          'never stopped.\nRuns that failed are tried again. A budget given here takes the place of that of every run.',
      )
      .argument('<study>', 'name of the study, the start of it, "latest", or its folder'),
  ),
)
  .option('--seeds <n>', 'the seeds that it is to have: how many, or which; those it has stay')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    const folder = findStudy(options.runs, name);
    const budget = budgetFrom(options);
    const seeds =
      options.seeds === undefined ? undefined : seedsOf({ seeds: seedsFrom(options.seeds) }, '--seeds');
    sayWhatIsLeft(folder, { budget, seeds });
    await carryOut(folder, options, (execution) => resumeStudy(folder, { budget, seeds }, execution));
  });

export const study = withSharing(
  withBudgetOptions(
    withPartOptions(
      new Command('study')
        .summary('many runs as one: seeds, settings and controls side by side')
        .description(
          'Carries out a study: the same evolution over several seeds, with settings varied and null models of the ' +
            'connectome beside it, on one pool of workers; and says what may be claimed.\n' +
            'Options are laid over the file. A study that was stopped or killed goes on with "baldwin study resume".',
        )
        .argument(
          '[file]',
          'a study (format study/1), a run file, or the name of a run on disk: what all runs have in common',
        )
        .option(
          '-s, --strategy <name>',
          'a strategy preset by name or path, the module of one of your own, or auto: the one that fits the run (default: ga)',
        )
        .option('--objective <name>', 'what is maximised; repeatable', collect)
        .option('--seeds <n>', 'how many seeds, from 1 on, or which, such as 3,5,8 (default: 10)')
        .option(
          '--vary <path=v1,v2>',
          'a field of the run and its values; repeatable: every combination is an arm',
          collect,
        )
        .option(
          '--controls [models]',
          'also evolve on null models of the connectome, all that apply or those named (a,b)',
        )
        .option('--targets <scores>', 'scores whose reaching is reported, such as 300,400')
        .option(
          '--margin <score>',
          'differences below this count as none: the margin of equivalence',
          positiveNumber,
        )
        .option('--name <name>', 'name of the study (default: time and task)'),
    ),
  ),
)
  .option(...runsOption)
  .option('--dry-run', 'print the arms and do nothing')
  .option(...jsonOption)
  .addCommand(resume)
  .addCommand(studyShow)
  .addHelpText(
    'after',
    `
Examples:
  baldwin study --strategy ga --evaluations 6400 --seeds 10 --vary strategy.population=16,64
  baldwin study run.json --seeds 10 --controls
  baldwin study --vary strategy=ga,enomad-rea --vary task.patterns=square,triangle --evaluations 3200
  baldwin study examples/studies/spiking.json --seeds 5
  baldwin study show latest`,
  )
  .action(async (file, options) => {
    const budget = budgetFrom(options);
    const { spec, base, source, notices } = studyFrom(file, options, budget);
    const plan = await planStudy(spec, base, source);
    for (const text of [...notices, ...plan.notices]) notice(text);
    if (options.dryRun) {
      printPlan(plan, options.json);
      return;
    }
    const wanted = spec.name ?? `${stamp()}-study-${plan.task}`;
    const { run: name, folder } = newRunFolder(options.runs, wanted);
    if (name !== wanted) notice(`There is a run or study ${wanted} already: this one is ${name}.`);
    notice(
      `${heading(`Study ${name}`)}: ${counted(plan.arms.length, 'arm')} on ${counted(plan.seeds.length, 'seed')}, ` +
        counted(plan.arms.length * plan.seeds.length, 'run'),
    );
    try {
      await carryOut(folder, options, (execution) => startStudy(plan, { folder, study: name }, execution));
    } catch (error) {
      // One that could not begin leaves nothing behind.
      if (!isStudyFolder(folder)) discardRun(folder);
      throw error;
    }
  });
