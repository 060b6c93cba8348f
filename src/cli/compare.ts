import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { historyOf } from '../evolve/history.js';
import { type OpenedRun, openRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import { connectomeName } from '../evolve/run-connectome.js';
import type { Figure } from '../figure/figure.js';
import { comparableRuns, compareRuns } from '../inspect/comparison.js';
import { comparisonReport } from '../report/comparison.js';
import { fitnessApartFigure, fitnessComparisonFigure } from '../report/figures/fitness.js';
import { UsageError } from '../spec/errors.js';
import { findRun } from '../store/run-store.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, runsOption } from './options.js';
import { print } from './output.js';
import { printReport } from './print-report.js';

const title = 'Best score by evaluations';

/** Runs that may be compared in one chart, others in charts of their own. */
function comparisonPicture(groups: readonly (readonly OpenedRun[])[]): Figure {
  const drawn = groups.map((group) => {
    const { untrained, chance } = referenceOf(group[0]!.stored.manifest);
    const runs = group.map(({ stored }) => ({
      name: stored.manifest.run,
      history: historyOf(stored.records),
    }));
    const { task, connectome, network } = group[0]!.spec;
    const on = network === null ? '' : ` on ${connectomeName(connectome)}`;
    return {
      about: `${task.name}${on}`,
      figure: fitnessComparisonFigure(runs, {
        title,
        scoreLabel: 'raw score',
        untrained: untrained.score,
        chance,
      }),
    };
  });
  return drawn.length === 1 ? drawn[0]!.figure : fitnessApartFigure(title, drawn);
}

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
    const comparison = compareRuns(opened);
    const picture = options.output ?? join(options.runs, 'comparison.png');
    await drawInto(picture, () => comparisonPicture(comparableRuns(opened)));
    printReport(comparisonReport(comparison, picture), options.json);
    if (!options.json) print(`\npicture  ${relative('', picture)}`);
  });
