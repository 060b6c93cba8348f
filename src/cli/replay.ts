import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { openRun } from '../evolve/opened-run.js';
import { beforeAndAfter } from '../inspect/relive.js';
import { livesFigures } from '../inspect/task-pictures.js';
import { drawFigures } from '../picture/draw-figure.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { measuresTable } from './measures-table.js';
import { formatOption, jsonOption, runsOption } from './options.js';
import { heading, print, printJson } from './output.js';

export const replay = new Command('replay')
  .summary('re-live the champion')
  .description(
    'Lives the episodes of the champion again, step by step, and those of the untrained start beside them.\n' +
      'Writes a picture of them (foraging: paths.png, or paths.svg with --format svg) and every step as data (replay.json).',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option('-o, --output <folder>', "where the files go (default: the run's folder)")
  .addOption(formatOption())
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const opened = await openRun(findRun(options.runs, run));
    const lives = beforeAndAfter(opened);
    const { before, after } = lives;
    const folder = options.output ?? opened.stored.folder;
    const pictures = await drawFigures(livesFigures(opened, lives), folder, options.format);
    const picture = pictures[0] ?? null;
    const data = join(folder, 'replay.json');
    replaceFile(
      data,
      `${JSON.stringify({ run: opened.stored.manifest.run, untrained: before, champion: after })}\n`,
    );
    if (options.json) {
      printJson({
        run: opened.stored.manifest.run,
        picture,
        pictures,
        data,
        untrained: before,
        champion: after,
      });
      return;
    }
    const rows = (who: string, episodes: typeof after) =>
      episodes.map(({ scenario, heldOut, score, measures }) => ({
        heads: [who, heldOut ? `${scenario} (held out)` : scenario],
        score,
        measures,
      }));
    print(heading(`Replay of ${opened.stored.manifest.run}`));
    print(measuresTable([...rows('untrained', before), ...rows('champion', after)], ['who', 'scenario']));
    print('');
    for (const path of pictures) print(`picture  ${relative('', path)}`);
    print(`data     ${relative('', data)}`);
  });
