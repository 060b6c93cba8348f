import { join, relative, resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { type TableKind, tableKinds, tablesOf } from '../inspect/tables/export.js';
import { type LabelledRun, runsNamed } from '../inspect/tables/runs.js';
import { joined, type Table } from '../inspect/tables/table.js';
import { simulatorNames } from '../network/export/simulators.js';
import { type ModelFile, type ModelKind, modelFiles, modelKinds } from '../report/models/model-files.js';
import { type TableFormat, tableFormats } from '../report/tables/formats.js';
import { UsageError } from '../spec/errors.js';
import { replaceFile } from '../store/files.js';
import { jsonOption, positiveNumber, runsOption, wholeNumber } from './options.js';
import { count, notice, print, printJson, table } from './output.js';
import { forceOption, refuseExisting } from './output-file.js';

type Kind = TableKind | ModelKind;

const all: Readonly<Record<Kind, { summary: string }>> = { ...tableKinds, ...modelKinds };
const kindNames = Object.keys(all) as Kind[];
const usual: readonly Kind[] = ['steps', 'elites', 'champions'];
const isModel = (kind: Kind): kind is ModelKind => Object.hasOwn(modelKinds, kind);

/** Gathers a repeatable option of some choices; a comma does as well. */
const kinds = (value: string, earlier: Kind[] | undefined): Kind[] => [
  ...(earlier ?? []),
  ...value.split(',').map((name): Kind => {
    const known = kindNames.find((kind) => kind === name);
    if (known) return known;
    throw new UsageError(`--what ${value}: expected some of ${kindNames.join(', ')}, found "${name}".`);
  }),
];

interface ModelOptions {
  episode?: number | undefined;
  noise?: true | undefined;
}

function refuseModelOptions({ episode, noise }: ModelOptions, models: ReadonlySet<ModelKind>): void {
  if (episode !== undefined && ![...models].some((kind) => kind !== 'rule')) {
    throw new UsageError(
      '--episode chooses the life that a network is written before and after: it goes with --what network, connectome or a ' +
        'simulator. Leave it out.',
    );
  }
  if (noise && !simulatorNames.some((name) => models.has(name))) {
    throw new UsageError(
      `--noise is for scripts: it goes with --what ${simulatorNames.join(' or ')}. Leave it out.`,
    );
  }
}

/** Files and tables of the models of runs. Files of several runs begin with the name of theirs. */
async function modelsOf(
  runs: readonly LabelledRun[],
  models: ReadonlySet<ModelKind>,
  { episode, noise }: ModelOptions,
): Promise<{ files: ModelFile[]; tables: Table[] }> {
  const files: ModelFile[] = [];
  const tables: Table[] = [];
  for (const run of runs) {
    const prefix = runs.length > 1 ? `${String(run.labels.run).replaceAll(/[\\/]+/g, '-')}-` : '';
    const request = { episode: episode ?? 0, noise: noise ?? false, prefix, onNotice: notice };
    const own = await modelFiles(run, models, request);
    files.push(...own.files);
    tables.push(...own.tables);
  }
  return { files, tables: tables.length > 0 ? [joined(tables)] : [] };
}

export const exportRuns = new Command('export')
  .summary('write runs and studies for other programs: tables, rules, networks, scripts of simulators')
  .description(
    'Writes what runs recorded as tables, one file each. Of several runs, or of a study, each file holds all of them. Of the ' +
      `model of a champion there are files for each run.\n\n${kindNames
        .map((name) => `  ${name.padEnd(10)} ${all[name].summary}`)
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
  .option(
    '--episode <n>',
    "for models: which episode of the champion's life, of the trained scenarios (default: 0)",
    wholeNumber(0),
  )
  .option(
    '--noise',
    'for scripts: random numbers are those of that life, read from the file of arrays, so that lives can be compared',
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
  baldwin export latest --what spikes,traces --format npz --every 10
  baldwin export latest --what rule,network,brian2`,
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
    const models = new Set([...wanted].filter(isModel));
    refuseModelOptions(options, models);
    const pathOf = (name: string) => join(folder, `${name}.${options.format}`);
    // What is known before lives are lived again is refused before.
    const recorded = new Set([...wanted].filter((kind): kind is TableKind => !isModel(kind)));
    refuseExisting([...recorded].map(pathOf), options.force);
    const model = models.size > 0 ? await modelsOf(runs, models, options) : { files: [], tables: [] };
    const tables = [
      ...(recorded.size > 0
        ? await tablesOf(runs, recorded, { everyMs: options.every, onNotice: notice })
        : []),
      ...model.tables,
    ];
    const files = tables.map((of) => ({ of, path: pathOf(of.name) }));
    const others = model.files.map(({ name, data }) => ({ path: join(folder, name), data }));
    refuseExisting(
      [...files, ...others].map(({ path }) => path),
      options.force,
    );
    for (const { of, path } of files) replaceFile(resolve(path), await format.bytes(of));
    for (const { path, data } of others) replaceFile(resolve(path), data);
    const written = files.map(({ of: { name, rows, columns, matrix }, path }) => ({
      ...{ table: name, path, rows },
      columns: columns.map((column) => column.name),
      ...(matrix ? { matrix: { name: matrix.name, columns: matrix.columns.length } } : {}),
    }));
    if (options.json) {
      printJson({
        runs: runs.map(({ labels }) => labels),
        files: written,
        ...(models.size > 0 ? { models: others.map(({ path }) => path) } : {}),
      });
      return;
    }
    if (others.length > 0) print(others.map(({ path }) => relative('', path)).join('\n'));
    if (written.length === 0) return;
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
