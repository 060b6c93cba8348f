import { Command } from '@commander-js/extra-typings';
import { validFile } from './formats.js';
import { jsonOption } from './options.js';
import { print, printJson } from './output.js';

export const validate = new Command('validate')
  .summary('check a file without using it')
  .description(
    'Checks a run, preset, genome spec, genome, connectome, cell, synapse, rule, network or reproduction file. Exit code 2 when it is not ' +
      'valid. "baldwin check" also tries out what it describes.',
  )
  .argument('<file>', 'a JSON file; its "format" says what it is, and without one it is a run')
  .option(...jsonOption)
  .action(async (path, options) => {
    const { format, what } = await validFile(path);
    if (options.json) printJson({ ok: true, path, format });
    else print(`${path}: a valid ${what}.`);
  });
