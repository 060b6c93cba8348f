import { Command } from '@commander-js/extra-typings';
import { type GenomeSpec, genomeSpecNames, loadGenomeSpec } from '../genome/spec.js';
import { settingsText } from '../report/settings.js';
import { jsonOption } from './options.js';
import { heading, print, printJson, table } from './output.js';

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a group of genes with a column of their own; all others say which genes they are. */
const columns = ['unit', 'range', 'scale', 'step', 'prior', 'start'];

const cellText = (value: unknown): string => {
  if (value === undefined) return '-';
  return Array.isArray(value) ? value.join(' to ') : String(value);
};

/** One row a gene where genes are named, otherwise one a group. */
function rowsOf(genes: Fields): string[][] {
  const { quantity, name, names = typeof name === 'string' ? [name] : undefined, ...rest } = genes;
  const which = Object.fromEntries(Object.entries(rest).filter(([field]) => !columns.includes(field)));
  const others = settingsText(which);
  const named = Array.isArray(names)
    ? names.map((name) => [[name].flat().join(' & '), others].filter((text) => text !== '').join(', '))
    : [others];
  return named.map((genesNamed, i) => [
    // What a group has in common is said once.
    i === 0 ? String(quantity) : '',
    genesNamed,
    ...columns.map((field) => (i === 0 ? cellText(rest[field]) : '')),
  ]);
}

function printSpec({ name, about, genes }: GenomeSpec): void {
  print(`${heading(name)}: ${about}\n`);
  print(
    table(
      ['quantity', 'genes', ...columns],
      genes.flatMap((group) => rowsOf(group as unknown as Fields)),
    ),
  );
  print(`\n"baldwin parameters" lists what may evolve; "baldwin genomes ${name} --json" is the file.`);
}

export const genomes = new Command('genomes')
  .summary('list the genome specs (what may evolve), or show one')
  .argument('[name]', 'a genome spec')
  .option(...jsonOption)
  .action((name, options) => {
    if (name === undefined) {
      const listed = genomeSpecNames().map((spec) => ({
        name: spec,
        about: loadGenomeSpec(spec, spec).about,
      }));
      if (options.json) printJson({ genomes: listed });
      else
        print(
          table(
            ['genome spec', 'about'],
            listed.map((row) => [row.name, row.about]),
          ),
        );
      return;
    }
    const spec = loadGenomeSpec(name, name);
    if (options.json) printJson(spec);
    else printSpec(spec);
  });
