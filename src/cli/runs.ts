import { Command } from '@commander-js/extra-typings';
import { bestOf } from '../evolve/incumbent.js';
import { resultOf } from '../evolve/recorded.js';
import { recordedSpec } from '../evolve/stored-spec.js';
import { UserError } from '../spec/errors.js';
import { listRuns, type RunSummary, StoredRun } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { count, figure, notice, print, printJson, table } from './output.js';

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
    ...(status === 'failed' ? { reason: whyFailed(manifest) } : {}),
    path: folder,
  };
}

export const runs = new Command('runs')
  .summary('list the runs')
  .description(
    'Lists the runs, newest last. A run that says "interrupted" can be resumed; one that says "failed" has its reason below.',
  )
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (options) => {
    const found = listRuns(options.runs);
    const unreadable = [...found.unreadable];
    const listed: Awaited<ReturnType<typeof describe>>[] = [];
    for (const run of found.runs) {
      try {
        listed.push(await describe(run));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        unreadable.push({ folder: run.folder, reason: error.message });
      }
    }
    if (options.json) {
      printJson({ runs: listed, unreadable });
      return;
    }
    for (const { reason } of unreadable) notice(`Cannot be read: ${reason}`);
    if (listed.length === 0) {
      print(`There is no run in ${options.runs} yet. Start one with "baldwin evolve".`);
      return;
    }
    print(
      table(
        ['run', 'status', 'task', 'strategy', 'seed', 'evaluations', 'best'],
        listed.map((run) => [
          run.run,
          run.status,
          run.task,
          run.strategy,
          run.seed,
          count(run.evaluations),
          figure(run.best),
        ]),
      ),
    );
    for (const { run, reason } of listed) if (reason !== undefined) print(`${run} failed: ${reason}`);
  });
