import { Command } from '@commander-js/extra-typings';
import { type GenomeSpec, genomeSpecNames, loadGenomeSpec } from '../genome/spec.js';
import { settingsText } from '../report/settings.js';
import { jsonOption } from './options.js';
import { fields, heading, print, printJson, table } from './output.js';

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

type RuleForm = Extract<GenomeSpec['genes'][number], { quantity: 'rule-form' }>;
type Hole = RuleForm['holes'][string];

/** What fills a hole, in words. */
function holeText(hole: Hole): string {
  const { inputs: _, waiveUnits: waived, ...spec } = hole;
  const { coding, ...settings } = spec;
  return `${coding}: ${settingsText(settings)}${waived === undefined ? '' : `; units are waived: ${waived}`}`;
}

/** The rule that a group of genes forms: which it is, what is otherwise, and what fills each hole. */
function printRuleForm({ projections, rule, changes, holes }: RuleForm): void {
  print(`\n${heading('rule-form')}  on ${projections.join(', ')}`);
  print(
    fields([
      ['rule', typeof rule === 'string' ? rule : rule.name],
      ...Object.entries(changes).map(
        ([part, to]) => [part, settingsText({ to }).replace(/^to /, '')] as const,
      ),
      ...Object.entries(holes).flatMap(([hole, spec]) => [
        [`?${hole}`, holeText(spec)] as const,
        ...(spec.inputs ? [['', `inputs: ${spec.inputs.join(', ')}`] as const] : []),
      ]),
    ]),
  );
}

function printSpec({ name, about, genes }: GenomeSpec): void {
  print(`${heading(name)}: ${about}\n`);
  const numbers = genes.filter(({ quantity }) => quantity !== 'rule-form');
  const rows = numbers.flatMap((group) => rowsOf(group as unknown as Fields));
  if (rows.length > 0) print(table(['quantity', 'genes', ...columns], rows));
  for (const group of genes) if (group.quantity === 'rule-form') printRuleForm(group);
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
