import { relative } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { findRun } from '../store/run-store.js';
import { formatOption, jsonOption, runsOption } from './options.js';
import { notice, print, printJson } from './output.js';
import { drawPictures } from './pictures.js';

export const plot = new Command('plot')
  .summary("draw a run's pictures")
  .description(
    'Draws: fitness by evaluations; of a quality-diversity run, its archive as a heat map; what the task draws of lives before and after evolution, such as paths; on a ' +
      "connectome the weights against the animal's, and the cells that changed most. A run that is still going can be " +
      'drawn too.',
  )
  .argument('<run>', 'name of the run, the start of it, "latest", or its folder')
  .option('-o, --output <folder>', "where the pictures go (default: the run's folder)")
  .addOption(formatOption())
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (run, options) => {
    const folder = findRun(options.runs, run);
    const pictures = await drawPictures(folder, options.output, options.format, notice);
    if (options.json) printJson({ pictures });
    else for (const picture of pictures) print(relative('', picture));
  });
