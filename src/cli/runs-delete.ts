import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from '@commander-js/extra-typings';
import { UsageError } from '../spec/errors.js';
import { deleteFound, refuseInUse, sizeOf } from '../store/delete-run.js';
import { type Found, findRunOrStudy } from '../store/find.js';
import { jsonOption, runsOption } from './options.js';
import { notice, print, printJson } from './output.js';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Asks on the terminal, and takes nothing but a clear yes for one. */
async function agreed(found: readonly Found[]): Promise<boolean> {
  for (const one of found)
    notice(`${one.folder}${one.is === 'study' ? ' (a study with its runs)' : ''}  ${megabytes(sizeOf(one))}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = found.length === 1 ? `this ${found[0]!.is}` : `these ${found.length}`;
    const answer = await terminal.question(`Delete ${what}? It cannot be undone. [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

export const deleteRuns = new Command('delete')
  .summary('delete runs and studies')
  .description(
    'Deletes runs, and studies with their runs, for good: the files that Baldwin wrote, and the folder where nothing else is in it. It asks first. A run ' +
      'that a process is writing is not deleted.',
  )
  .argument('<runs...>', 'names of runs or studies, the start of them, "latest", or folders')
  .option('-y, --yes', 'do not ask')
  .option(...runsOption)
  .option(...jsonOption)
  .action(async (names, { runs, json, yes }) => {
    const named = names.map((name) => findRunOrStudy(runs, name));
    const found = [...new Map(named.map((one) => [one.folder, one])).values()];
    found.forEach(refuseInUse);
    if (!yes && !process.stdin.isTTY) {
      throw new UsageError(
        `There is no terminal to ask on whether to delete ${found.map(({ folder }) => basename(folder)).join(', ')}. ` +
          'Give --yes to delete without asking.',
      );
    }
    if (!yes && !(await agreed(found))) {
      if (json) printJson({ deleted: [] });
      else print('Nothing was deleted.');
      return;
    }
    const deleted = found.map((one) => ({
      run: basename(one.folder),
      path: one.folder,
      left: deleteFound(one),
    }));
    if (json) {
      printJson({ deleted });
      return;
    }
    for (const { run, path, left } of deleted) {
      print(`deleted  ${run}`);
      if (left.length > 0) print(`  left in ${path}, because Baldwin did not write it: ${left.join(', ')}`);
    }
  });
