import { join, relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { beforeAndAfter } from '../inspect/relive.js';
import { drawFigures } from '../picture/draw-figure.js';
import { livesFigures } from '../report/figures/lives.js';
import { measuresTable } from '../report/measures.js';
import { replaceFile } from '../store/files.js';
import { findRun } from '../store/run-store.js';
import { eliteOption, openNamed } from './elite.js';
import { formatOption, jsonOption, positiveNumber, runsOption } from './options.js';
import { print, printJson } from './output.js';
import { sectionText } from './print-report.js';
import { recordReplay, refuseWithoutRecord, windowOf } from './replay-record.js';

export const replay = new Command('replay')
  .summary('re-live the champion, or an elite of an archive')
  .description(
    'Lives the episodes of the champion again, step by step, and those of the untrained start beside them.\n' +
      'Writes pictures of them (PNG, or SVG with --format svg) and every step as data (replay.json).\n\n' +
      'With --record, writes what is named of one life instead, at each step of the network: states of cells, weights, ' +
      'eligibilities, traces, modulators and levels of receptors, as a picture or as a table by the ending of -o FILE. ' +
      '"--record list" tells the names.',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option(
    '-o, --output <path>',
    "where the files go (default: the run's folder, or a folder in it for an elite); with --record, a file",
  )
  .option(
    '--record <names...>',
    'quantities, each with its cells or synapses in brackets if not all: "cells.v[AVAL,AVAR]" m.DA',
  )
  .option('--every <ms>', 'with --record: milliseconds between samples (default: each step)', positiveNumber)
  .option('--window <from,to>', 'with --record: from when to when, ms since the episode began', windowOf)
  .option('--scenario <name>', 'with --record: which episode (default: the first)')
  .option(...eliteOption)
  .option('--from <file>', "with --record: a genome file in the champion's place")
  .option('--untrained', "with --record: the untrained start in the champion's place")
  .addOption(formatOption())
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin replay latest
  baldwin replay latest --record list
  baldwin replay latest --record "cells.v[AVAL,AVAR]" m.DA -o life.png --window 0,500
  baldwin replay latest --record synapse.w synapse.c --every 100 -o life.npz`,
  )
  .action(async (run, options) => {
    refuseWithoutRecord(options);
    const opened = await openNamed(findRun(options.runs, run), options.elite);
    if (options.record !== undefined) {
      await recordReplay(opened, options);
      return;
    }
    const lives = beforeAndAfter(opened);
    const { before, after } = lives;
    // The pictures of the champion stay as they are.
    const own = opened.elite ? [`elite-${opened.elite.cell}`] : [];
    const folder = options.output ?? join(opened.stored.folder, ...own);
    const who = opened.elite ? 'elite' : 'champion';
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
    const title = `Replay of ${opened.stored.manifest.run}`;
    const lived = measuresTable([...rows('untrained', before), ...rows(who, after)], ['who', 'scenario']);
    print(sectionText({ title, parts: [lived] }));
    print('');
    for (const path of pictures) print(`picture  ${relative('', path)}`);
    print(`data     ${relative('', data)}`);
  });
