import { Command, Option } from '@commander-js/extra-typings';
import { type ExporterName, exporters, notExported } from '../connectome/export/exporters.js';
import { loadConnectome } from '../connectome/load.js';
import { jsonOption } from './options.js';
import { notice, print, printJson } from './output.js';
import { forceOption, writeNew } from './output-file.js';

export const connectomeExport = new Command('export')
  .summary('write a connectome for other programs')
  .description(
    `Formats:\n${Object.entries(exporters)
      .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
      .join('\n')}`,
  )
  .argument('<name>', 'a connectome by name or path')
  .addOption(
    new Option('-f, --format <format>', 'what to write')
      .choices(Object.keys(exporters) as ExporterName[])
      .makeOptionMandatory(),
  )
  .option('-o, --output <start>', "start of the files' names (default: the connectome's own)")
  .option(...forceOption)
  .option(...jsonOption)
  .action((name, options) => {
    const connectome = loadConnectome(name);
    const files = exporters[options.format]
      .write(connectome)
      .map(({ suffix, text }) => ({ path: `${options.output ?? connectome.id}${suffix}`, text }));
    writeNew(files, options.force);
    const lost = notExported(connectome, options.format);
    if (lost.length > 0)
      notice(`${options.format} does not hold, with their number: ${lost.join(', ')}. json does.`);
    if (options.json) printJson({ files: files.map(({ path }) => path) });
    else for (const { path } of files) print(path);
  });
