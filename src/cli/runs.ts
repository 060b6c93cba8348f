import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { bestOf } from '../evolve/incumbent.js';
import { resultOf } from '../evolve/recorded.js';
import { recordedSpec } from '../evolve/stored-spec.js';
import { UserError } from '../spec/errors.js';
import { listRuns, type RunSummary, StoredRun } from '../store/run-store.js';
import { listStudies } from '../store/study-store.js';
import { tagsOf } from '../store/tags.js';
import { type ListedStudy, listedStudy, studiesTable } from './listed-studies.js';
import { collect, jsonOption, runsOption, wholeNumber } from './options.js';
import { count, figure, notice, print, printJson, table } from './output.js';
import { deleteRuns } from './runs-delete.js';
import { tagRun } from './runs-tag.js';

/** Why a run failed: what its candidates failed of, where they did, or what broke it off. */
function whyFailed(manifest: RunSummary['manifest']): string {
  const result = resultOf(manifest);
  const [most] = result?.failures ?? [];
  return most
    ? `every candidate failed, ${count(most.count)} of them: ${most.reason}`
    : (result?.stopReason ?? 'unknown');
}

async function describe({ manifest, status, folder }: RunSummary) {
  const spec = await recordedSpec(manifest, folder);
  // The manifest of a run that has not ended lags behind its steps.
  const records = status === 'finished' ? undefined : new StoredRun(folder).records;
  const best = records ? bestOf(records, manifest.lineage) : manifest.progress.best;
  return {
    run: manifest.run,
    status,
    started: manifest.started,
    task: spec.task.name,
    strategy: spec.strategy.name,
    connectome: spec.connectome.id,
    ...(spec.connectome.null ? { null: spec.connectome.null } : {}),
    seed: spec.seed,
    evaluations: records ? (records.at(-1)?.evaluations ?? 0) : manifest.progress.evaluations,
    best: best?.score ?? null,
    tags: tagsOf(folder),
    ...(status === 'failed' ? { reason: whyFailed(manifest) } : {}),
    path: folder,
  };
}

type Listed = Awaited<ReturnType<typeof describe>>;

/** What a list is put in order by, ascending: what is looked for most stands last, where the eye is. */
const orders = {
  started: (a: Listed, b: Listed) => (a.started < b.started ? -1 : Number(a.started > b.started)),
  best: (a: Listed, b: Listed) => scoreOf(a) - scoreOf(b) || 0,
  evaluations: (a: Listed, b: Listed) => a.evaluations - b.evaluations,
} as const;
type Order = keyof typeof orders;

/** What has no score comes before the worst. */
const scoreOf = ({ best }: Listed) => best ?? -Number.MAX_VALUE;

const statuses = ['running', 'interrupted', 'finished', 'failed'] as const;

/** A moment as people write it; the start of the day where only that is given. */
function moment(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError('Expected a date such as 2026-03-31, or with a time: 2026-03-31T18:00.');
  }
  return time;
}

interface Filters {
  task?: string | undefined;
  strategy?: string | undefined;
  status?: string | undefined;
  tag?: string[] | undefined;
  since?: number | undefined;
}

/** What runs and studies are looked for by: a study has the tasks and strategies of all of its runs. */
type Sought = Pick<ListedStudy, 'tasks' | 'strategies' | 'status' | 'started' | 'tags'>;

const soughtOf = (run: Listed): Sought => ({ ...run, tasks: [run.task], strategies: [run.strategy] });

const fits = (one: Sought, { task, strategy, status, tag, since }: Filters): boolean =>
  (task === undefined || one.tasks.includes(task)) &&
  (strategy === undefined || one.strategies.includes(strategy)) &&
  (status === undefined || one.status === status) &&
  (since === undefined || Date.parse(one.started) >= since) &&
  (tag ?? []).every((wanted) => one.tags.includes(wanted));

function printRuns(listed: readonly Listed[], total: number, root: string): void {
  if (listed.length === 0) {
    print(
      total === 0
        ? `There is no run in ${root} yet. Start one with "baldwin evolve".`
        : `None of the ${count(total)} runs in ${root} fits.`,
    );
    return;
  }
  const tagged = listed.some(({ tags }) => tags.length > 0);
  print(
    table(
      ['run', 'status', 'task', 'strategy', 'seed', 'evaluations', 'best', ...(tagged ? ['tags'] : [])],
      listed.map((run) => [
        run.run,
        run.status,
        run.task,
        run.strategy,
        run.seed,
        count(run.evaluations),
        figure(run.best),
        ...(tagged ? [run.tags.join(', ')] : []),
      ]),
    ),
  );
  for (const { run, reason } of listed) if (reason !== undefined) print(`${run} failed: ${reason}`);
}

export const runs = new Command('runs')
  .summary('list the runs and studies; tag or delete them')
  .description(
    'Lists the runs, newest last. A run that says "interrupted" can be resumed; one that says "failed" has its reason below. A study is listed as one.',
  )
  .option('-t, --task <name>', 'those on this task')
  .option('-s, --strategy <name>', 'those of this strategy')
  .addOption(new Option('--status <status>', 'those that stand so').choices(statuses))
  .option('--tag <tag>', 'those with this tag; repeatable: with all of them', collect)
  .option('--since <date>', 'those started then or later, such as 2026-03-31 or 2026-03-31T18:00', moment)
  .addOption(
    new Option('--sort <by>', 'what is greatest stands last')
      .choices(Object.keys(orders) as Order[])
      .default('started' as Order),
  )
  .option('--reverse', 'what is greatest stands first')
  .option('--limit <n>', 'the greatest n: the newest, the best, those with most evaluations', wholeNumber(1))
  .option(...runsOption)
  .option(...jsonOption)
  .addCommand(tagRun)
  .addCommand(deleteRuns)
  .addHelpText(
    'after',
    `
Examples:
  baldwin runs --strategy ga --status finished --sort best --limit 10
  baldwin runs tag latest pilot
  baldwin runs --tag pilot --since 2026-03-31
  baldwin runs delete first second`,
  )
  .action(async (options) => {
    const found = listRuns(options.runs);
    const { studies: allStudies, unreadable: unreadableStudies } = listStudies(options.runs);
    const unreadable = [...found.unreadable, ...unreadableStudies];
    const studies: ListedStudy[] = [];
    for (const study of allStudies) {
      try {
        const one = listedStudy(study);
        if (fits(one, options)) studies.push(one);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unreadable.push({ folder: study.folder, reason: error.message });
      }
    }
    const all: Listed[] = [];
    for (const run of found.runs) {
      try {
        all.push(await describe(run));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unreadable.push({ folder: run.folder, reason: error.message });
      }
    }
    const fitting = all.filter((run) => fits(soughtOf(run), options)).sort(orders[options.sort]);
    const listed = options.limit === undefined ? fitting : fitting.slice(-options.limit);
    if (options.reverse) listed.reverse();
    if (options.json) {
      printJson({ runs: listed, studies, unreadable });
      return;
    }
    for (const { reason } of unreadable) notice(`Cannot be read: ${reason}`);
    if (listed.length > 0 || studies.length === 0) printRuns(listed, all.length, options.runs);
    if (studies.length > 0) print(`${listed.length > 0 ? '\n' : ''}${studiesTable(studies)}`);
    if (listed.length > 0 && listed.length < all.length)
      notice(`${count(listed.length)} of ${count(all.length)} runs`);
  });
