import { Command, Option } from '@commander-js/extra-typings';
import type { Connectome } from '../connectome/connectome.js';
import { countConnectome } from '../connectome/counts.js';
import { loadConnectome } from '../connectome/load.js';
import { aboutNull, nullModel } from '../connectome/null-models/null-model.js';
import { nullReport } from '../connectome/null-models/null-report.js';
import { nullName } from '../connectome/null-models/setting.js';
import { nullModelNames, nullModels } from '../connectome/null-models/table.js';
import { selectCells, subnetwork } from '../connectome/subnetwork.js';
import { tableOf } from '../connectome/to-table.js';
import { formatTable } from '../connectome/write.js';
import { nullModelReport } from '../report/null-model.js';
import { UsageError } from '../spec/errors.js';
import { plainName, plainNameAbout } from '../spec/plain-name.js';
import { jsonOption, wholeNumber } from './options.js';
import { count, print, printJson } from './output.js';
import { forceOption, tableOption, writeNew } from './output-file.js';
import { printReport } from './print-report.js';

interface Writing {
  output?: string | undefined;
  force?: true | undefined;
  dryRun?: true | undefined;
}

/** Writes a connectome that was made of another. */
function write(made: Connectome, { output = `connectomes/${made.id}.json`, force, dryRun }: Writing) {
  if (!plainName.test(made.id)) {
    throw new UsageError(`--id: expected ${plainNameAbout}, found "${made.id}".`);
  }
  const table = tableOf(made);
  if (!dryRun) writeNew([{ path: output, text: formatTable(table) }], force);
  const counts = countConnectome(made);
  return {
    data: { id: made.id, path: dryRun ? null : output, hash: table.hash, counts },
    line:
      `${dryRun ? 'not written' : output}: ${count(counts.neurons)} neurons, ${count(counts.muscles)} muscles, ` +
      `${count(counts.chemicalPairs)} chemical pairs, hash ${table.hash}`,
  };
}

export const connectomeSub = new Command('sub')
  .summary('cut a subnetwork out of a connectome')
  .description('Keeps the cells of some classes, and of those near them, with every connection among them.')
  .argument('<name>', 'a connectome by name or path')
  .requiredOption('-c, --classes <names...>', 'classes or single cells')
  .option(
    '--hops <n>',
    'also keep cells up to this many connections away, in either direction',
    wholeNumber(0),
    0,
  )
  .option('--id <name>', 'name of the result (default: NAME-sub)')
  .option(...tableOption)
  .option(...forceOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Example: the touch cells, what they connect to, and a run that starts there
  baldwin connectome sub c-elegans-cook-2019 --classes ALM AVM PLM --hops 1 --id touch
  baldwin connectome show touch`,
  )
  .action((name, options) => {
    const connectome = loadConnectome(name);
    const kept = selectCells(connectome, options);
    const written = write(subnetwork(connectome, kept, options.id ?? `${connectome.id}-sub`), options);
    if (options.json) printJson(written.data);
    else print(written.line);
  });

export const connectomeNull = new Command('null')
  .summary('make a null model of a connectome: a control to evolve from')
  .description(
    `A null model keeps part of an animal's wiring and draws the rest anew. In order of how much they keep:\n${nullModelNames
      .map((name) => `  ${name.padEnd(13)}${nullModels[name].summary}`)
      .join('\n')}`,
  )
  .argument('<name>', 'a connectome by name or path')
  .addOption(
    new Option('-m, --model <model...>', 'what to randomise; several are applied one after the other')
      .choices(nullModelNames)
      .makeOptionMandatory(),
  )
  .option('--seed <n>', 'another seed gives another network', wholeNumber(0), 1)
  .option('--id <name>', 'name of the result (default: NAME-MODEL-SEED)')
  .option('--dry-run', 'say what it keeps and takes away, and write nothing')
  .option(...tableOption)
  .option(...forceOption)
  .option(...jsonOption)
  .addHelpText(
    'after',
    `
Example: does evolution do as well from another wiring of the same degrees?
  baldwin connectome null c-elegans-openworm --model rewired --seed 1
  baldwin evolve --connectome c-elegans-openworm-rewired-1
or at once, drawn by the run's seed:
  baldwin evolve --connectome c-elegans-openworm --null rewired --seed 1
The animal beside every null model, over ten seeds:
  baldwin study --connectome c-elegans-openworm --seeds 10 --controls
docs/null-models.md says what each model keeps and what a claim may rest on it.`,
  )
  .action((name, options) => {
    const connectome = loadConnectome(name);
    const id = options.id ?? nullName(connectome.id, options.model, options.seed);
    const made = options.model.reduce(
      (from, model) => nullModel(from, model, options.seed, `${from.id}-${model}`),
      connectome,
    );
    const { data, line } = write({ ...made, id }, options);
    const models = options.model.map((model) => ({ model, ...aboutNull(connectome, model) }));
    const report = nullModelReport(data, options.seed, models, nullReport(connectome, made));
    if (!options.json) print(`${line}\n`);
    printReport(report, options.json);
  });
