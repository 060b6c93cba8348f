import { Command } from '@commander-js/extra-typings';
import { objectiveParts } from '../objectives/table.js';
import { loadPart, partOf } from '../spec/parts/part.js';
import { describeOptions, schemaOf } from './describe-options.js';
import { jsonOption } from './options.js';
import { heading, print, printJson, table } from './output.js';

export const objectives = new Command('objectives')
  .summary('list the objectives (what is maximised), or show one')
  .argument('[name]', 'an objective, or the module of one of your own')
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      const listed = Object.entries(objectiveParts.entries).map(([objective, { summary }]) => ({
        name: objective,
        about: summary,
      }));
      if (options.json) printJson({ objectives: listed });
      else {
        print(
          table(
            ['objective', 'about'],
            listed.map((row) => [row.name, row.about]),
          ),
        );
        print('\nA run without one has score-sparse, as its strategy preset sets it.');
      }
      return;
    }
    const spec = await loadPart(objectiveParts, { name }, 'command line');
    const objective = partOf(objectiveParts, spec);
    if (options.json) {
      printJson({ name: spec.name, summary: objective.summary, schema: schemaOf(objective.options) });
      return;
    }
    print(`${heading(spec.name)}: ${objective.summary}\n`);
    print(describeOptions(objective.options, 'objective.'));
  });
