import { Command } from '@commander-js/extra-typings';
import { genomeSpecNames, loadGenomeSpec } from '../genome/spec.js';
import { jsonOption } from './options.js';
import { heading, print, printJson, table } from './output.js';

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
    else print(`${heading(spec.name)}: ${spec.about}\n\n${JSON.stringify(spec.genes, null, 2)}`);
  });
