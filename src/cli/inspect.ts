import { Command } from '@commander-js/extra-typings';
import { openRun } from '../evolve/opened-run.js';
import { formatGenomeFile } from '../genome/genome-file.js';
import { lifeCount, inspect as look } from '../inspect/inspection.js';
import { inspectionFigure } from '../report/figures/inspection.js';
import { inspectionReport } from '../report/inspection.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, runsOption, wholeNumber } from './options.js';
import { notice, print } from './output.js';
import { printReport } from './print-report.js';
import { untilStopped } from './stopping.js';

export const inspect = new Command('inspect')
  .summary("what a run's champion is, and what each part of it is good for")
  .description(
    "Shows the rules at work in a run's champion as formulas, what evolved, what modulators do to which cells, its " +
      'scores with plasticity on and off, and what the score loses without each modulator, statement, receptor and ' +
      'plasticity itself: all on lives that evolution never saw.',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option('--lives <n>', 'fresh lives for every condition', wholeNumber(2), 10)
  .option('--picture <file>', 'draw scores, effects and gains, as PNG or SVG by the ending', pictureFile)
  .option('--export <file>', 'write the champion as a genome file, such as genomes/evolved/NAME.json')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    const opened = await openRun(findRun(options.runs, name));
    const total = lifeCount(opened, options.lives);
    let lived = 0;
    const inspection = await untilStopped((goOn) =>
      look(opened, options.lives, (what) => {
        goOn();
        lived += 1;
        if (lived % options.lives === 0) notice(`${what} (${lived} of ${total} lives)`);
      }),
    );
    if (options.export !== undefined) {
      const { champion, habitat, spec } = opened;
      replaceFile(options.export, formatGenomeFile(champion, habitat.space, spec, habitat.setup.connectome));
    }
    const title = `${opened.stored.manifest.run}: ${opened.spec.strategy.name} on ${opened.spec.task.name}, seed ${opened.spec.seed}`;
    await drawInto(options.picture, () => inspectionFigure(title, inspection));
    printReport(inspectionReport(opened.stored.manifest.run, inspection), options.json);
    if (options.json) return;
    if (options.export !== undefined) print(`\nexported: ${options.export}`);
    if (options.picture !== undefined) print(`picture: ${options.picture}`);
  });
