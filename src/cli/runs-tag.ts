import { Command } from '@commander-js/extra-typings';
import { UsageError } from '../spec/errors.js';
import { plainName, plainNameAbout } from '../spec/plain-name.js';
import { findRunOrStudy } from '../store/find.js';
import { changeTags } from '../store/tags.js';
import { jsonOption, runsOption } from './options.js';
import { print, printJson } from './output.js';

function refuseOdd(tag: string): void {
  if (plainName.test(tag)) return;
  throw new UsageError(`Tag "${tag}": expected ${plainNameAbout}.`);
}

export const tagRun = new Command('tag')
  .summary('give a run or a study tags, or take them away')
  .description(
    'Gives a run or a study tags, by which "baldwin runs --tag" finds it. They change nothing else of the run, not its hashes either.',
  )
  .argument('<run>', 'name of the run or study, the start of it, "latest", or its folder')
  .argument('<tags...>', 'tags: letters, digits, dots, dashes and underscores')
  .option('--remove', 'take these tags away')
  .option(...runsOption)
  .option(...jsonOption)
  .action((run, tags, { runs, json, remove }) => {
    tags.forEach(refuseOdd);
    const folder = findRunOrStudy(runs, run).folder;
    const now = changeTags(folder, tags, remove ? 'remove' : 'add');
    if (json) printJson({ path: folder, tags: now });
    else print(now.length > 0 ? now.join(', ') : 'no tags');
  });
