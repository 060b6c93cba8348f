import { Command, Option } from '@commander-js/extra-typings';
import { checkConnectome } from '../connectome/check.js';
import type { Connectome } from '../connectome/connectome.js';
import { assembleTable } from '../connectome/import/assemble.js';
import { readCells } from '../connectome/import/cells.js';
import {
  type Converted,
  type ConverterName,
  converterOf,
  converters,
} from '../connectome/import/converters.js';
import type { ImportedGraph, SourceText } from '../connectome/import/graph.js';
import { type ImporterName, importers } from '../connectome/import/importers.js';
import { buildFromRecipe, parseRecipe } from '../connectome/import/recipe.js';
import { SourceFile } from '../connectome/import/source-file.js';
import { connectomeFromTable } from '../connectome/load.js';
import { type Naming, namings } from '../connectome/names.js';
import { type CellKind, type ConnectomeTable, weightUnits } from '../connectome/schema.js';
import { formatTable } from '../connectome/write.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { validate } from '../spec/validate.js';
import { collect, jsonOption } from './options.js';
import { count, notice, print, printJson } from './output.js';
import { forceOption, tableOption, writeNew } from './output-file.js';

export const connectomeImport = new Command('import')
  .summary('make a connectome from edge lists, matrices or other formats')
  .description(
    'Makes a connectome table from edge lists (CSV or TSV with a header line), from adjacency matrices, or from a recipe\n' +
      'and its raw files. A first line that begins with an empty cell, then names, is taken for that of a matrix.\n' +
      'What `connectome export -f csv` writes comes back with --cells NAME-cells.csv NAME-connections.csv.\n' +
      'GraphML, NeuroML 2 networks and the JSON cache of ConnectomeToolbox are told by their beginning.\n' +
      'Known headers of edge lists: pre/source/origin/from/neuron, post/target/to/muscle, weight/synapses/count/…, type, transmitter, sign.',
  )
  .argument('[files...]', 'edge lists or matrices; several are read as one')
  .addOption(
    new Option('--format <format>', 'what the files are (default: told by their first line)').choices([
      ...Object.keys(importers),
      ...Object.keys(converters),
    ] as Format[]),
  )
  .option(
    '--cells <file>',
    'a list of cells (CSV: id, class, kind, role, transmitters, …); no other may be named',
  )
  .option('--recipe <file>', 'a build recipe; --from says where its raw files are')
  .option('--from <folder>', 'folder of the raw files of a recipe', '.')
  .option('--id <name>', 'name of the connectome')
  .option('--species <name>', 'species; "Caenorhabditis elegans" gets its cell classes', 'unknown')
  .option('--sex <sex>', 'sex', 'unknown')
  .option('--stage <stage>', 'stage of life', 'unknown')
  .addOption(
    new Option('--unit <unit>', 'unit of the weights').choices(weightUnits).default('synapses' as const),
  )
  .option('--licence <text>', 'licence of the data', 'not stated')
  .option('--citation <text>', 'what to cite; repeatable', collect)
  .addOption(
    new Option('--gap <way>', 'gap junctions: a section of their own, or directed weights')
      .choices(['separate', 'directed'])
      .default('separate' as const),
  )
  .option('--sections <list>', 'what each matrix holds: chemical, gap or labels, with commas between')
  .option('--ignore <name>', 'a row or column of a matrix that is no cell; repeatable', collect)
  .addOption(
    new Option('--naming <style>', 'names of cells (default: wormatlas for C. elegans)').choices(namings),
  )
  .addOption(
    new Option('--sign <rule>', 'signs of the weights')
      .choices(['none', 'gaba-negative'])
      .default('none' as const),
  )
  .addOption(
    new Option('--duplicates <way>', 'several rows of one pair')
      .choices(['sum', 'error'])
      .default('sum' as const),
  )
  .addOption(
    new Option('--weights <kind>', 'counts are whole numbers')
      .choices(['counts', 'real'])
      .default('counts' as const),
  )
  .option(
    '--columns <role=header>',
    'header of a column: pre, post, weight, type, sign or transmitter; repeatable',
    collect,
  )
  .option('--types <code=kind>', 'what a type code means: chemical, gap or skip; repeatable', collect)
  .option('--muscles <pattern>', 'names of muscles, * standing for anything; repeatable', collect)
  .option('--others <pattern>', 'names of cells that are neither; repeatable', collect)
  .option(...tableOption)
  .option(...forceOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Examples:
  baldwin connectome import synapses.csv --id my-worm --species "Caenorhabditis elegans" --muscles 'M[DV]*'
  baldwin connectome import chemical.csv junctions.csv --sections chemical,gap --id my-matrix
  baldwin connectome import --recipe connectomes/recipes/c-elegans-openworm.json --from raw/`,
  )
  .action((files, options) => {
    const { table, connectome, notices } = options.recipe
      ? fromRecipe(options.recipe, options.from, files)
      : fromFiles(files, options);
    const { id, hash } = connectome;
    const output = options.output ?? `connectomes/${id}.json`;
    writeNew([{ path: output, text: formatTable(table) }], options.force);
    const { counts } = checkConnectome(connectome);
    for (const text of notices) notice(text);
    if (options.json) printJson({ id, path: output, hash, counts, notices });
    else {
      print(
        `${output}: ${count(counts.neurons)} neurons, ${count(counts.chemicalPairs)} chemical pairs, hash ${hash}`,
      );
    }
  });

interface Made {
  table: ConnectomeTable;
  connectome: Connectome;
  notices: string[];
}

function fromRecipe(file: string, from: string, files: readonly string[]): Made {
  if (files.length > 0)
    throw new UsageError('A recipe names its own files: leave out the edge lists, or --recipe.');
  const recipe = parseRecipe(readJsonFile(file, 'connectome recipe'), file);
  const table = buildFromRecipe(recipe, from, file);
  return { table, connectome: connectomeFromTable(table, file), notices: [] };
}

interface ImportChoices {
  format?: Format | undefined;
  sections?: string | undefined;
  ignore?: string[] | undefined;
  cells?: string | undefined;
  naming?: Naming | undefined;
  id?: string | undefined;
  species: string;
  sex: string;
  stage: string;
  unit: (typeof weightUnits)[number];
  licence: string;
  citation?: string[] | undefined;
  gap: 'separate' | 'directed';
  sign: 'none' | 'gaba-negative';
  duplicates: 'sum' | 'error';
  weights: 'counts' | 'real';
  muscles?: string[] | undefined;
  others?: string[] | undefined;
  columns?: string[] | undefined;
  types?: string[] | undefined;
}

/** `a=b` for each, as an object. */
function pairs(option: string, given: readonly string[] | undefined): Record<string, string> | undefined {
  return (
    given &&
    Object.fromEntries(
      given.map((text) => {
        const equals = text.indexOf('=');
        if (equals < 1)
          throw new UsageError(`${option} ${text}: expected two names with an equals sign between them.`);
        return [text.slice(0, equals), text.slice(equals + 1)];
      }),
    )
  );
}

type Format = ImporterName | ConverterName;

/** What a file is: a matrix has an empty corner, or is bare and comes beside labels. */
function formatOf({ beginning }: SourceFile, sections: string | undefined): Format {
  const converter = converterOf(beginning);
  if (converter) return converter;
  const corner = /^\ufeff?("")?[,;\t]/.test(beginning);
  return corner || sections !== undefined ? 'matrix' : 'edge-list';
}

/** The one format of all files. */
function commonFormat(files: readonly SourceFile[], sections: string | undefined): Format {
  const formats = files.map((file) => formatOf(file, sections));
  const other = formats.findIndex((format) => format !== formats[0]);
  if (other > 0) {
    throw new UsageError(
      `Files read together must be of one format: ${files[0]!.source} looks like ${formats[0]}, ` +
        `${files[other]!.source} like ${formats[other]}. Import them one by one, or say with --format what they are.`,
    );
  }
  return formats[0]!;
}

function fromFiles(files: readonly string[], choices: ImportChoices): Made {
  if (files.length === 0) throw new UsageError('Name at least one file, or give --recipe.');
  const { id, species, sex, stage, unit, licence, citation, ...reading } = choices;
  if (id === undefined) throw new UsageError('Give the connectome a name with --id.');
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
    throw new UsageError(`--id: expected letters, digits, dots, dashes and underscores, found "${id}".`);
  }
  const given = files.map((path) => new SourceFile(path, 'list or matrix'));
  const { gap, sign, duplicates, weights, muscles, others, columns, types, sections, ignore } = reading;
  const naming = reading.naming ?? (species === 'Caenorhabditis elegans' ? 'wormatlas' : 'as-given');
  const format = reading.format ?? commonFormat(given, sections);
  const converter = format === 'matrix' || format === 'edge-list' ? undefined : converters[format];
  const parts: Converted[] = given.map((file) => converter?.convert(file) ?? { connections: file });
  const texts = parts.map(({ connections }) => connections);
  const importer = converter ? 'edge-list' : (format as ImporterName);
  const listed = reading.cells === undefined ? undefined : new SourceFile(reading.cells, 'list of cells');
  const cellFiles = listed ? [listed] : parts.flatMap(({ cells }) => cells ?? []);
  const list = cellFiles.length > 0 ? readCells(cellFiles, naming) : undefined;
  const ofKind = (kind: CellKind) => list?.ids.filter((id) => list.kinds.get(id) === kind) ?? [];
  const common = {
    ...{ weights: converter ? 'real' : weights, naming },
    muscles: [...(muscles ?? []), ...ofKind('m')],
    others: [...(others ?? []), ...ofKind('o')],
    cells: list?.ids,
  };
  const settings =
    importer === 'matrix'
      ? { ...common, sections: sections?.split(',') ?? files.map(() => 'chemical'), ignore }
      : {
          ...{ ...common, gap, sign, duplicates },
          columns: pairs('--columns', columns),
          types: pairs('--types', types),
        };
  const { options: schema, read } = importers[importer];
  const graph = (read as (texts: SourceText[], options: unknown) => ImportedGraph)(
    texts,
    validate(schema, settings, { source: 'command line' }, 'set of import options'),
  );
  if (list && list.classes.size > 0) graph.classes = graph.ids.map((id) => list.classes.get(id) ?? id);
  const made = assembleTable(
    graph,
    {
      id,
      species,
      sex,
      stage,
      weightUnit: unit,
      licence: { statement: licence },
      citation: citation ?? ['not stated'],
      sources: [...given, ...(listed ? [listed] : [])].map(({ source: path, sha256 }, i) => ({
        id: `file-${i + 1}`,
        citation: 'not stated',
        licence,
        ...{ path, sha256 },
        fields: i < files.length ? ['chemical', 'gap'] : ['cells'],
      })),
    },
    { source: files.join(', '), ...(list ? { annotations: list.annotations(graph.ids) } : {}) },
  );
  return { ...made, notices: graph.notices };
}
