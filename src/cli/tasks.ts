import { Command } from '@commander-js/extra-typings';
import { freshSeeds } from '../evolve/reference-scores.js';
import { loadPart, partOf } from '../spec/parts/part.js';
import { ceilingOver, chanceOver } from '../tasks/protocol/ceiling.js';
import { genomeOf, taskParts } from '../tasks/table.js';
import { describeOptions, schemaOf } from './describe-options.js';
import { jsonOption } from './options.js';
import { faint, figuresThatCount, heading, print, printJson, table } from './output.js';

export const tasks = new Command('tasks')
  .summary('list the tasks, or show the parameters of one')
  .argument('[name]', 'a task, or the module of one of your own')
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      const listed = Object.entries(taskParts.entries).map(([task, { summary }]) => ({
        name: task,
        about: summary,
      }));
      if (options.json) printJson({ tasks: listed });
      else
        print(
          `${table(
            ['task', 'about'],
            listed.map((row) => [row.name, row.about]),
          )}\n\n"baldwin tasks NAME" shows the options, measures, chance and ceiling of one.`,
        );
      return;
    }
    const spec = await loadPart(taskParts, { name }, 'command line');
    const task = partOf(taskParts, spec);
    const settings = task.options.parse({});
    const { scenarios, behaviour } = task.prepare(settings);
    const fresh = scenarios.every(({ random }) => random) ? freshSeeds : task.fresh(settings).about;
    const { score: ceiling, about } = ceilingOver(scenarios);
    const chance = chanceOver(scenarios) ?? null;
    if (options.json) {
      const { summary, source, measures } = task;
      printJson({
        name: spec.name,
        summary,
        source,
        measures,
        behaviour,
        lives: task.lives,
        genome: genomeOf({ name }, task) ?? null,
        ceiling: { score: ceiling, about },
        chance,
        fresh,
        schema: schemaOf(task.options),
      });
      return;
    }
    print(`${heading(spec.name)}: ${task.summary}\n${faint(`source: ${task.source}`)}\n`);
    print(describeOptions(task.options, 'task.'));
    print('');
    print(
      table(
        ['measure', 'unit', 'meaning'],
        Object.entries(task.measures).map(([m, x]) => [m, x.unit, x.about]),
      ),
    );
    print('');
    print(
      table(
        ['behaviour', 'unit', 'range', 'meaning'],
        Object.entries(behaviour).map(([m, { unit, low, high, about: meaning }]) => [
          m,
          unit,
          `${low} to ${high}`,
          meaning,
        ]),
      ),
    );
    print(
      `\nnetwork: ${task.lives === 'on-connectome' ? 'on a connectome' : `its own; the genome spec "${genomeOf({ name }, task)}" says what evolves`}` +
        `\nceiling: ${figuresThatCount(ceiling, 4)} (${about})\nfresh:   ${fresh}\nchance:  ${chance ? `${figuresThatCount(chance.score, 4)} (${chance.about})` : `"baldwin score --task ${name}" measures it`}`,
    );
  });
