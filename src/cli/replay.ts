import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { openRun } from '../evolve/opened-run.js';
import { livesPictures } from '../inspect/pictures.js';
import { beforeAndAfter } from '../inspect/relive.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { measuresTable } from './measures-table.js';
import { jsonOption, runsOption } from './options.js';
import { heading, print, printJson } from './output.js';

export const replay = new Command('replay')
  .summary('re-live the champion')
  .description(
    'Lives the episodes of the champion again, step by step, and those of the untrained start beside them.\n' +
      'Writes a picture of them (foraging: paths.png) and every step as data (replay.json).',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option('-o, --output <folder>', "where the files go (default: the run's folder)")
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const opened = await openRun(findRun(options.runs, run));
    const lives = beforeAndAfter(opened);
    const { before, after } = lives;
    const folder = options.output ?? opened.stored.folder;
    const pictures = Object.entries(await livesPictures(opened, lives)).map(([file, png]) => {
      const path = join(folder, file);
      replaceFile(path, png);
      return path;
    });
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
