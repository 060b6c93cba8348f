import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { historyOf } from '../evolve/history.js';
import { openRun } from '../evolve/opened-run.js';
import type { ReferenceScores, RunResult } from '../evolve/run.js';
import { weightChange } from '../inspect/change.js';
import { fitnessComparisonChart } from '../inspect/fitness-chart.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { count, figure, notice, print, printJson, table } from './output.js';

export const compare = new Command('compare')
  .summary('compare runs at equal evaluations')
  .description(
    'Compares runs at the number of evaluations that all of them reached, and draws their best scores together.',
  )
  .argument('<runs...>', 'two or more runs')
  .option('-o, --output <file>', 'where the picture goes (default: comparison.png in the folder of the runs)')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (names, options) => {
    const opened = names.map((name) => openRun(findRun(options.runs, name)));
    const histories = opened.map(({ stored }) => historyOf(stored.records));
    const common = Math.min(...histories.map((history) => history.at(-1)!.evaluations));
    const rows = opened.map(({ stored, spec, runner, champion }, i) => {
      const history = histories[i]!;
      const result = stored.manifest.result as unknown as RunResult | null;
      const reached = history.filter(({ evaluations }) => evaluations <= common).at(-1) ?? history[0]!;
      const { changed, l2 } = weightChange(runner.space.start, champion);
      return {
        run: stored.manifest.run,
        strategy: spec.strategy.name,
        seed: spec.seed,
        scenarios: runner.task.scenarios.map(({ name }) => name),
        evaluations: history.at(-1)!.evaluations,
        atEqual: { evaluations: reached.evaluations, best: reached.best },
        best: history.at(-1)!.best,
        fresh: result?.best?.fresh ?? null,
        genesChanged: changed,
        l2,
        outcomeHash: stored.manifest.hashes.outcome,
      };
    });
    const worlds = new Set(
      opened.map(({ spec }) => JSON.stringify([spec.task, spec.connectome.hash, spec.episodes])),
    );
    const comparable = worlds.size === 1;
    const { untrained, chance } = opened[0]!.stored.manifest.reference as unknown as ReferenceScores;
    const picture = options.output ?? join(options.runs, 'comparison.png');
    replaceFile(
      picture,
      await fitnessComparisonChart(
        rows.map(({ run }, i) => ({ name: run, history: histories[i]! })),
        {
          title: 'Best score by evaluations',
          scoreLabel: 'raw score',
          ...(comparable ? { untrained: untrained.score, chance } : {}),
        },
      ),
    );
    if (options.json) {
      printJson({ evaluations: common, comparable, runs: rows, picture });
      return;
    }
    if (!comparable)
      notice('These runs differ in task, connectome or episodes: their scores do not measure the same.');
    print(
      table(
        [
          'run',
          'strategy',
          'seed',
          'evaluations',
          `best at ${count(common)}`,
          'best',
          'fresh mean',
          'genes changed',
          'L2',
        ],
        rows.map((row) => [
          row.run,
          row.strategy,
          row.seed,
          count(row.evaluations),
          figure(row.atEqual.best),
          figure(row.best),
          figure(row.fresh?.mean),
          count(row.genesChanged),
          row.l2.toFixed(2),
        ]),
      ),
    );
    print(`\npicture  ${relative('', picture)}`);
  });
