import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { checkConnectome, summarizeConnectome } from '../connectome/check.js';
import type { Connectome } from '../connectome/connectome.js';
import { assembleTable } from '../connectome/import/assemble.js';
import type { ImportedGraph, SourceText } from '../connectome/import/graph.js';
import { type ImporterName, importers } from '../connectome/import/importers.js';
import { buildFromRecipe, parseRecipe } from '../connectome/import/recipe.js';
import { connectomeFromTable, connectomeNames, loadConnectome } from '../connectome/load.js';
import { type Naming, namings } from '../connectome/names.js';
import { type ConnectomeTable, weightUnits } from '../connectome/schema.js';
import { formatTable } from '../connectome/write.js';
import { sha256 } from '../spec/canonical.js';
import { UsageError, UserError } from '../spec/errors.js';
import { readJsonFile, readTextFile } from '../spec/json-file.js';
import { libraryFile } from '../spec/library.js';
import { validate } from '../spec/validate.js';
import { replaceFile } from '../store/files.js';
import { collect, jsonOption } from './options.js';
import { count, faint, fields, heading, notice, print, printJson, table } from './output.js';

/** A connectome, or a notice of why it cannot be used: one bad table is not to hide the others. */
function readable(name: string): Connectome | undefined {
  try {
    return loadConnectome(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notice(error.message);
    return undefined;
  }
}

const nameArgument = ['<name>', 'a connectome by name or path'] as const;

const list = new Command('list')
  .summary('list the connectomes')
  .option(...jsonOption)
  .action((options) => {
    const listed = connectomeNames().flatMap((name) => {
      const connectome = readable(name);
      if (!connectome) return [];
      const { neurons, muscles, others, chemicalPairs, gapPairs } = checkConnectome(connectome).counts;
      const { species, sex, stage, hash } = connectome;
      return [{ name, species, sex, stage, neurons, muscles, others, chemicalPairs, gapPairs, hash }];
    });
    if (options.json) {
      printJson({ connectomes: listed });
      return;
    }
    print(
      table(
        ['name', 'animal', 'neurons', 'muscles', 'others', 'chemical', 'gap'],
        listed.map((row) => [
          row.name,
          [row.species, row.stage, row.sex].join(', '),
          row.neurons,
          row.muscles,
          row.others,
          count(row.chemicalPairs),
          count(row.gapPairs),
        ]),
      ),
    );
  });

function showText(connectome: Connectome): string {
  const summary = summarizeConnectome(connectome);
  const { counts, weights, inDegree, outDegree, signs } = summary;
  return [
    heading(`${summary.id}: ${summary.species}, ${summary.stage}, ${summary.sex}`),
    fields([
      [
        'cells',
        `${counts.neurons} neurons in ${counts.classes} classes, ${counts.muscles} muscles, ${counts.others} others`,
      ],
      [
        'roles',
        summary.roles.map(({ role, cells }) => `${role || 'none'} ${cells}`).join(', ') || 'not known',
      ],
      [
        'transmitters',
        summary.transmitters.map((t) => `${t.transmitter} ${t.cells}`).join(', ') || 'not known',
      ],
      [
        'chemical',
        `${count(counts.chemicalPairs)} pairs, weight ${count(counts.chemicalWeight)} ${summary.weightUnit}`,
      ],
      ['', `${count(counts.neuronToNeuron)} onto neurons, ${count(counts.neuronToMuscle)} onto muscles`],
      [
        'signs',
        `${count(signs.positive)} positive, ${count(signs.negative)} negative, ${count(signs.zero)} zero, ${count(signs.unknown)} not known`,
      ],
      [
        'weights',
        `${weights.min} to ${weights.max}, mean ${weights.mean.toFixed(2)}, median magnitude ${weights.medianMagnitude}, 95 % ${weights.p95Magnitude}`,
      ],
      ['in-degree', `${inDegree.min} to ${inDegree.max}, median ${inDegree.median}`],
      ['out-degree', `${outDegree.min} to ${outDegree.max}, median ${outDegree.median}`],
      ['gap junctions', `${count(counts.gapPairs)} pairs, weight ${count(counts.gapWeight)}`],
      ['licence', connectome.licence.statement],
      ['hash', summary.hash],
    ]),
    '',
    table(
      ['class', 'cells', 'outgoing weight', 'incoming weight'],
      summary.topClasses.map((row) => [row.class, row.cells, count(row.outWeight), count(row.inWeight)]),
    ),
    '',
    table(
      ['strongest', '', 'weight'],
      summary.strongest.map(({ pre, post, weight }) => [pre, `-> ${post}`, weight]),
    ),
    '',
    ...connectome.notes,
    faint(`Cite: ${connectome.citation.join('; ')}`),
  ].join('\n');
}

const show = new Command('show')
  .summary('what a connectome holds')
  .argument(...nameArgument)
  .option(...jsonOption)
  .action((name, options) => {
    const connectome = loadConnectome(name);
    if (options.json) {
      const { licence, citation, notes, sources, excluded } = connectome;
      printJson({ ...summarizeConnectome(connectome), licence, citation, notes, sources, excluded });
    } else print(showText(connectome));
  });

const check = new Command('check')
  .summary("check a connectome against its format's rules, and count what it holds")
  .description('Exit code 1 when something is wrong.')
  .argument('[name]', 'a connectome by name or path (default: every one)')
  .option(...jsonOption)
  .action((name, options) => {
    const names = name === undefined ? connectomeNames() : [name];
    if (name !== undefined) libraryFile({ folder: 'connectomes', item: 'connectome' }, name);
    const results = names.map((each) => {
      try {
        const connectome = loadConnectome(each);
        return { name: each, hash: connectome.hash, ...checkConnectome(connectome) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return {
          name: each,
          hash: null,
          ok: false,
          counts: {},
          problems: error.message.split('\n'),
          notices: [],
        };
      }
    });
    if (options.json)
      printJson(
        name === undefined ? { ok: results.every(({ ok }) => ok), connectomes: results } : results[0],
      );
    else {
      for (const result of results) {
        print(heading(`${result.name}: ${result.ok ? 'ok' : 'not ok'}`));
        print(fields(Object.entries(result.counts).map(([field, value]) => [field, count(value)])));
        for (const problem of result.problems) print(`problem: ${problem}`);
        for (const text of result.notices) print(faint(`note: ${text}`));
      }
    }
    if (results.some(({ ok }) => !ok)) process.exitCode = 1;
  });

const importCommand = new Command('import')
  .summary('make a connectome from edge lists or adjacency matrices')
  .description(
    'Makes a connectome table from edge lists (CSV or TSV with a header line), from adjacency matrices, or from a recipe\n' +
      'and its raw files. A first line that begins with an empty cell, then names, is taken for that of a matrix.\n' +
      'Known headers of edge lists: pre/source/origin/from/neuron, post/target/to/muscle, weight/synapses/count/…, type, transmitter.',
  )
  .argument('[files...]', 'edge lists or matrices; several are read as one')
  .addOption(
    new Option('--format <format>', 'what the files are (default: told by their first line)').choices(
      Object.keys(importers) as ImporterName[],
    ),
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
    'header of a column: pre, post, weight, type or transmitter; repeatable',
    collect,
  )
  .option('--types <code=kind>', 'what a type code means: chemical, gap or skip; repeatable', collect)
  .option('--muscles <pattern>', 'names of muscles, * standing for anything; repeatable', collect)
  .option('--others <pattern>', 'names of cells that are neither; repeatable', collect)
  .option('-o, --output <file>', 'where the table goes (default: connectomes/ID.json)')
  .option('--force', 'replace a file that is there')
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
    const { made, notices } = options.recipe
      ? fromRecipe(options.recipe, options.from, files)
      : fromFiles(files, options);
    const output = options.output ?? `connectomes/${made.id}.json`;
    if (existsSync(output) && !options.force) {
      throw new UsageError(
        `${output}: there is a file already. Give --force to replace it or --output for another.`,
      );
    }
    const connectome = connectomeFromTable(made, output);
    replaceFile(resolve(output), formatTable(made));
    const { counts } = checkConnectome(connectome);
    for (const text of notices) notice(text);
    if (options.json) printJson({ id: made.id, path: output, hash: connectome.hash, counts, notices });
    else {
      print(
        `${output}: ${count(counts.neurons)} neurons, ${count(counts.chemicalPairs)} chemical pairs, hash ${connectome.hash}`,
      );
    }
  });

function fromRecipe(file: string, from: string, files: readonly string[]) {
  if (files.length > 0)
    throw new UsageError('A recipe names its own files: leave out the edge lists, or --recipe.');
  const recipe = parseRecipe(readJsonFile(file, 'connectome recipe'), file);
  return { made: buildFromRecipe(recipe, from, file), notices: [] };
}

interface ImportChoices {
  format?: ImporterName | undefined;
  sections?: string | undefined;
  ignore?: string[] | undefined;
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

/** Which importer reads a file: a matrix has an empty corner, or is bare and comes beside labels. */
function formatOf(texts: readonly SourceText[], sections: string | undefined): ImporterName {
  const corner = /^\ufeff?("")?[,;\t]/.test(texts[0]!.text);
  return corner || sections !== undefined ? 'matrix' : 'edge-list';
}

function fromFiles(
  files: readonly string[],
  choices: ImportChoices,
): { made: ConnectomeTable; notices: string[] } {
  if (files.length === 0) throw new UsageError('Name at least one file, or give --recipe.');
  const { id, species, sex, stage, unit, licence, citation, ...reading } = choices;
  if (id === undefined) throw new UsageError('Give the connectome a name with --id.');
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
    throw new UsageError(`--id: expected letters, digits, dots, dashes and underscores, found "${id}".`);
  }
  const texts = files.map((path) => ({ source: path, text: readTextFile(path, 'list or matrix') }));
  const { gap, sign, duplicates, weights, muscles, others, columns, types, sections, ignore } = reading;
  const naming = reading.naming ?? (species === 'Caenorhabditis elegans' ? 'wormatlas' : 'as-given');
  const format = reading.format ?? formatOf(texts, sections);
  const common = { weights, muscles, others, naming };
  const given =
    format === 'matrix'
      ? { ...common, sections: sections?.split(',') ?? files.map(() => 'chemical'), ignore }
      : {
          ...{ ...common, gap, sign, duplicates },
          columns: pairs('--columns', columns),
          types: pairs('--types', types),
        };
  const { options: schema, read } = importers[format];
  const graph = (read as (texts: SourceText[], options: unknown) => ImportedGraph)(
    texts,
    validate(schema, given, { source: 'command line' }, 'set of import options'),
  );
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
      sources: files.map((path, i) => ({
        id: `file-${i + 1}`,
        citation: 'not stated',
        licence,
        path,
        sha256: sha256(readFileSync(path)),
        fields: ['chemical', 'gap'],
      })),
    },
    { source: files.join(', ') },
  );
  return { made, notices: graph.notices };
}

export const connectome = new Command('connectome')
  .summary('list, show, check and import connectomes')
  .addCommand(list)
  .addCommand(show)
  .addCommand(check)
  .addCommand(importCommand);
