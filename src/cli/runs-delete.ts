import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from '@commander-js/extra-typings';
import { UsageError } from '../spec/errors.js';
import { deleteRun, refuseInUse, sizeOfRun } from '../store/delete-run.js';
import { findRun } from '../store/run-store.js';
import { jsonOption, runsOption } from './options.js';
import { notice, print, printJson } from './output.js';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Asks on the terminal, and takes nothing but a clear yes for one. */
async function agreed(folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) notice(`${folder}  ${megabytes(sizeOfRun(folder))}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = folders.length === 1 ? 'this run' : `these ${folders.length} runs`;
    const answer = await terminal.question(`Delete ${what}? It cannot be undone. [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

export const deleteRuns = new Command('delete')
  .summary('delete runs')
  .description(
    'Deletes runs for good: the files that Baldwin wrote, and the folder where nothing else is in it. It asks first. A run ' +
      'that a process is writing is not deleted.',
  )
  .argument('<runs...>', 'names of runs, the start of them, "latest", or folders')
  .option('-y, --yes', 'do not ask')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (names, _options, command) => {
    const { runs, json, yes } = command.optsWithGlobals();
    const folders = [...new Set(names.map((name) => findRun(runs, name)))];
    folders.forEach(refuseInUse);
    if (!yes && !process.stdin.isTTY) {
      throw new UsageError(
        `There is no terminal to ask on whether to delete ${folders.map((folder) => basename(folder)).join(', ')}. ` +
          'Give --yes to delete without asking.',
      );
    }
    if (!yes && !(await agreed(folders))) {
      if (json) printJson({ deleted: [] });
      else print('Nothing was deleted.');
      return;
    }
    const deleted = folders.map((path) => ({ run: basename(path), path, left: deleteRun(path) }));
    if (json) {
      printJson({ deleted });
      return;
    }
    for (const { run, path, left } of deleted) {
      print(`deleted  ${run}`);
      if (left.length > 0) print(`  left in ${path}, because Baldwin did not write it: ${left.join(', ')}`);
    }
  });
