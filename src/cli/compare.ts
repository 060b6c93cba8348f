import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { bestOfFirst, historyOf } from '../evolve/history.js';
import { openRun } from '../evolve/opened-run.js';
import { referenceOf, resultOf } from '../evolve/recorded.js';
import { weightChange } from '../inspect/change.js';
import { fitnessComparisonFigure } from '../report/figures/fitness.js';
import { canonicalJson } from '../spec/canonical.js';
import { UsageError } from '../spec/errors.js';
import { findRun } from '../store/run-store.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, runsOption } from './options.js';
import { count, figure, notice, print, printJson, table } from './output.js';

export const compare = new Command('compare')
  .summary('compare runs at equal evaluations')
  .description(
    'Compares runs at the number of evaluations that all of them reached, and draws their best scores together.',
  )
  .argument('<runs...>', 'two or more runs')
  .option(
    '-o, --output <file>',
    'where the picture goes, as PNG or SVG by its ending (default: comparison.png in the folder of the runs)',
    pictureFile,
  )
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (names, options) => {
    if (names.length < 2) throw new UsageError('Name at least two runs to compare.');
    const opened = await Promise.all(names.map((name) => openRun(findRun(options.runs, name))));
    const histories = opened.map(({ stored }) => historyOf(stored.records));
    const common = Math.min(...histories.map((history) => history.at(-1)!.evaluations));
    const rows = opened.map(({ stored, spec, habitat, champion }, i) => {
      const history = histories[i]!;
      const result = resultOf(stored.manifest);
      const reached = bestOfFirst(stored.records, common);
      const { changed, l2 } = weightChange(habitat.space.start, champion);
      return {
        run: stored.manifest.run,
        strategy: spec.strategy.name,
        seed: spec.seed,
        scenarios: habitat.task.scenarios.map(({ name }) => name),
        evaluations: history.at(-1)!.evaluations,
        atEqual: { evaluations: common, best: reached },
        best: history.at(-1)!.best,
        fresh: result?.best?.fresh ?? null,
        genesChanged: changed,
        l2,
        outcomeHash: stored.manifest.hashes.outcome,
      };
    });
    const worlds = new Set(
      opened.map(({ spec }) => {
        // What is held out does not change what is trained on.
        const { heldOut: _, ...task } = spec.task;
        return canonicalJson([task, spec.connectome.hash, spec.network, spec.episodes]);
      }),
    );
    const comparable = worlds.size === 1;
    const { untrained, chance } = referenceOf(opened[0]!.stored.manifest);
    const picture = options.output ?? join(options.runs, 'comparison.png');
    await drawInto(picture, () =>
      fitnessComparisonFigure(
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
      notice(
        'These runs differ in task, connectome, network or episodes: their scores do not measure the same.',
      );
    print(
      table(
        [
          'run',
          'strategy',
          'seed',
          'evaluations',
          `best at ${count(common)}`,
          'final best',
          'final fresh mean',
          'final genes changed',
          'final L2',
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
