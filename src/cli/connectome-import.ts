import { Command, Option } from '@commander-js/extra-typings';
import { checkConnectome } from '../connectome/check.js';
import { converters } from '../connectome/import/converters.js';
import { importers } from '../connectome/import/importers.js';
import { buildFromRecipe, parseRecipe } from '../connectome/import/recipe.js';
import { connectomeFromTable } from '../connectome/load.js';
import { namings } from '../connectome/names.js';
import { weightUnits } from '../connectome/schema.js';
import { formatTable } from '../connectome/write.js';
import { UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { type Format, fromFiles, type Made } from './connectome-import-files.js';
import { collect, jsonOption } from './options.js';
import { count, notice, print, printJson } from './output.js';
import { forceOption, tableOption, writeNew } from './output-file.js';

export const connectomeImport = new Command('import')
  .summary('make a connectome from edge lists, matrices or other formats')
  .description(
    [
      'Makes a connectome table from edge lists (CSV or TSV with a header line), adjacency matrices, GraphML, NeuroML 2 ' +
        'networks or the JSON cache of ConnectomeToolbox. The format is recognised by how a file begins: a matrix ' +
        'begins with an empty cell, then names.',
      'Known headers of edge lists: pre/source/origin/from/neuron, post/target/to/muscle, weight/synapses/count/…, ' +
        'type, transmitter, sign. Attributes of GraphML edges have the same names.',
      'Whatever a reader does not take in, it refuses by name or reports in a notice.',
      'What `connectome export -f csv` writes comes back with NAME-connections.csv --cells NAME-cells.csv.',
    ].join('\n\n'),
  )
  .argument('[files...]', 'files of one format; several are read as one')
  .addOption(
    new Option('--format <format>', 'what the files are (default: recognised by how they begin)').choices([
      ...Object.keys(importers),
      ...Object.keys(converters),
    ] as Format[]),
  )
  .option(
    '--cells <file>',
    'a list of cells (CSV: id, class, kind, role, transmitters, …); connections may name no other cell',
  )
  .option(
    '--encoding <name>',
    'how the files are encoded: latin1, windows-1252, utf-16le, … (default: UTF-8, or what the file says of itself)',
  )
  .option('--recipe <file>', 'a build recipe; --from says where its raw files are')
  .option('--from <folder>', 'folder of the raw files of a recipe', '.')
  .option('--id <name>', 'name of the connectome')
  .option(
    '--species <name>',
    'species; "Caenorhabditis elegans" gets its cell classes, and names that it does not have are reported',
    'unknown',
  )
  .option('--sex <sex>', 'sex', 'unknown')
  .option('--stage <stage>', 'stage of life', 'unknown')
  .addOption(
    new Option('--unit <unit>', 'unit of the weights').choices(weightUnits).default('synapses' as const),
  )
  .option('--licence <text>', 'licence of the data', 'not stated')
  .option('--citation <text>', 'what to cite; repeatable', collect)
  .addOption(
    new Option('--gap <way>', 'gap junctions: a section of their own (default), or directed weights').choices(
      ['separate', 'directed'] as const,
    ),
  )
  .addOption(
    new Option(
      '--gap-listing <way>',
      'a gap junction given both ways: the same one twice (mirrored), or two (once); default: mirrored where entries have a ' +
        'direction, as rows of a list do, and once where they have none, as undirected edges do',
    ).choices(['mirrored', 'once'] as const),
  )
  .option('--sections <list>', 'what each matrix holds: chemical, gap or labels, with commas between')
  .option('--ignore <name>', 'a row or column of a matrix that is not a cell; repeatable', collect)
  .addOption(
    new Option('--naming <style>', 'names of cells (default: wormatlas for C. elegans)').choices(namings),
  )
  .addOption(
    new Option(
      '--sign <rule>',
      'signs where no column gives them: all positive (default), or negative where the transmitter is GABA, or where the weight is negative',
    ).choices(['none', 'gaba-negative', 'weight'] as const),
  )
  .addOption(
    new Option('--duplicates <way>', 'several rows of one pair: added (default), or refused').choices([
      'sum',
      'error',
    ] as const),
  )
  .addOption(
    new Option(
      '--weights <kind>',
      'what weights may be: whole numbers (default for lists and matrices), or fractions too',
    ).choices(['counts', 'real'] as const),
  )
  .option(
    '--columns <role=header>',
    'header of a column, or name of an edge attribute: pre, post, weight, type, sign or transmitter; repeatable',
    collect,
  )
  .option('--types <code=kind>', 'what a type code means: chemical, gap or skip; repeatable', collect)
  .option('--muscles <pattern>', 'names of muscles; * stands for anything; repeatable', collect)
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
  .action((files, options, command) => {
    if (options.recipe) {
      const own = new Set(['recipe', 'from', 'output', 'force', 'json']);
      const given = command.options
        .filter(
          (option) => command.getOptionValueSource(option.attributeName() as keyof typeof options) === 'cli',
        )
        .filter((option) => !own.has(option.attributeName()));
      if (given.length > 0) {
        const names = given.map(({ long }) => long).join(', ');
        throw new UsageError(
          `${names}: a recipe says this itself; leave it out, or write it into the recipe.`,
        );
      }
    }
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
        `${output}: ${count(counts.neurons)} neurons, ${count(counts.muscles)} muscles, ${count(counts.others)} others, ` +
          `${count(counts.chemicalPairs)} chemical pairs, ${count(counts.gapPairs)} gap junctions, hash ${hash}`,
      );
    }
  });

function fromRecipe(file: string, from: string, files: readonly string[]): Made {
  if (files.length > 0)
    throw new UsageError('A recipe names its own files: leave out the edge lists, or --recipe.');
  const recipe = parseRecipe(readJsonFile(file, 'connectome recipe'), file);
  const table = buildFromRecipe(recipe, from, file);
  return { table, connectome: connectomeFromTable(table, file), notices: [] };
}
