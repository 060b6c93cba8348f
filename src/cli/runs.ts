import { Command } from '@commander-js/extra-typings';
import type { RunSpec } from '../evolve/run-spec.js';
import { listRuns, type RunSummary } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { count, figure, notice, print, printJson, table } from './output.js';

function describe({ manifest, status, folder }: RunSummary) {
  const spec = manifest.spec as unknown as RunSpec;
  return {
    run: manifest.run,
    status,
    started: manifest.started,
    task: spec.task.name,
    strategy: spec.strategy.name,
    connectome: spec.connectome.id,
    seed: spec.seed,
    evaluations: manifest.progress.evaluations,
    best: manifest.progress.best?.score ?? null,
    path: folder,
  };
}

export const runs = new Command('runs')
  .summary('list the runs')
  .description('Lists the runs, newest last. A run that says "interrupted" can be resumed.')
  .option(...runsOption)
  .option(...jsonOption)
  .action((options) => {
    const found = listRuns(options.runs);
    const listed = found.runs.map(describe);
    if (options.json) {
      printJson({ runs: listed, unreadable: found.unreadable });
      return;
    }
    for (const { reason } of found.unreadable) notice(`Cannot be read: ${reason}`);
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
  });
