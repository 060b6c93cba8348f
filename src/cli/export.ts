import { join, relative, resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { type TableKind, tableKinds, tablesOf } from '../inspect/tables/export.js';
import { runsNamed } from '../inspect/tables/runs.js';
import { type TableFormat, tableFormats } from '../report/tables/formats.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { jsonOption, positiveNumber, runsOption } from './options.js';
import { count, notice, print, printJson, table } from './output.js';
import { forceOption, refuseExisting } from './output-file.js';

const kindNames = Object.keys(tableKinds) as TableKind[];
const usual: readonly TableKind[] = ['steps', 'elites', 'champions'];

/** Gathers a repeatable option of some choices; a comma does as well. */
const kinds = (value: string, earlier: TableKind[] | undefined): TableKind[] => [
  ...(earlier ?? []),
  ...value.split(',').map((name): TableKind => {
    const known = kindNames.find((kind) => kind === name);
    if (known) return known;
    throw new UsageError(`--what ${value}: expected some of ${kindNames.join(', ')}, found "${name}".`);
  }),
];

export const exportRuns = new Command('export')
  .summary('write runs and studies for other programs, as CSV, Parquet or NumPy arrays')
  .description(
    `Writes what runs recorded as tables, one file each. Of several runs, or of a study, each file holds all of them.\n\n${kindNames
      .map((name) => `  ${name.padEnd(10)} ${tableKinds[name].summary}`)
      .join('\n')}`,
  )
  .argument('<runs...>', 'names of runs or studies, the start of them, "latest", or folders')
  .addOption(
    new Option('-f, --format <format>', 'how the files are written')
      .choices(Object.keys(tableFormats) as TableFormat[])
      .default('csv' as TableFormat),
  )
  .option('--what <tables>', `some of ${kindNames.join(', ')} (default: ${usual.join(',')})`, kinds)
  .option(
    '--every <ms>',
    'for traces: milliseconds between samples (default: each interval of the task)',
    positiveNumber,
  )
  .option('-o, --output <folder>', 'where the files go (default: export/NAME)')
  .option(...forceOption)
  .option(...runsOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin export latest
  baldwin export first second --what steps --format parquet -o both
  baldwin export latest --what spikes,traces --format npz --every 10`,
  )
  .action(async (names, options) => {
    const format = tableFormats[options.format];
    const folder =
      options.output ?? join('export', names.length === 1 ? names[0]!.replaceAll(/[\\/]+/g, '-') : 'runs');
    const runs = names.flatMap((name) => runsNamed(options.runs, name));
    const wanted = new Set(options.what ?? usual);
    if (options.every !== undefined && !wanted.has('traces')) {
      throw new UsageError(
        '--every says how often traces are sampled: it goes with --what traces. Leave it out.',
      );
    }
    const pathOf = (name: string) => join(folder, `${name}.${options.format}`);
    // What is known before lives are lived again is refused before.
    refuseExisting([...wanted].map(pathOf), options.force);
    const tables = await tablesOf(runs, wanted, { everyMs: options.every, onNotice: notice });
    const files = tables.map((of) => ({ of, path: pathOf(of.name) }));
    refuseExisting(
      files.map(({ path }) => path),
      options.force,
    );
    for (const { of, path } of files) replaceFile(resolve(path), await format.bytes(of));
    const written = files.map(({ of: { name, rows, columns, matrix }, path }) => ({
      ...{ table: name, path, rows },
      columns: columns.map((column) => column.name),
      ...(matrix ? { matrix: { name: matrix.name, columns: matrix.columns.length } } : {}),
    }));
    if (options.json) {
      printJson({ runs: runs.map(({ labels }) => labels), files: written });
      return;
    }
    print(
      table(
        ['file', 'rows', 'columns'],
        written.map(({ path, rows, columns, matrix }) => [
          relative('', path),
          count(rows),
          `${columns.join(', ')}${matrix ? `, and ${count(matrix.columns)} of ${matrix.name}` : ''}`,
        ]),
      ),
    );
  });
