import { Command } from '@commander-js/extra-typings';
import { reproductionReport } from '../reproduce/report.js';
import { reproduce as carryOut } from '../reproduce/reproduce.js';
import { loadReproduction, reproductionNames } from '../reproduce/reproduction.js';
import { UsageError } from '../spec/errors.js';
import { type TaskSpec, taskOf } from '../tasks/table.js';
import { drawInto } from './draw-into.js';
import { hostFrom } from './host.js';
import { jsonOption, pictureFile, redisOption, wholeNumber, workersOption } from './options.js';
import { notice, print, printJson, table } from './output.js';
import { printReport } from './print-report.js';
import { untilStopped } from './stopping.js';

function list(json: boolean | undefined): void {
  const listed = reproductionNames().map((name) => {
    const { title, about, citation, doi } = loadReproduction(name);
    return { name, title, about, citation, doi };
  });
  if (json) printJson({ reproductions: listed });
  else
    print(
      table(
        ['reproduction', 'what'],
        listed.map((row) => [row.name, row.title]),
      ),
    );
}

export const reproduce = new Command('reproduce')
  .summary('carry out a published result and compare')
  .description(
    'Carries out a published result and shows our figures beside those of the paper. Without a name, it lists the ' +
      'reproductions. Exit code 1 if a figure is missed.',
  )
  .argument('[name]', 'a reproduction by name (from examples) or a path to one')
  .option('--seeds <n>', 'lives of each condition, with seeds 1 to n', wholeNumber(2))
  .option('--plot <file>', 'draw the conditions side by side, as PNG or SVG by the ending', pictureFile)
  .option(...workersOption)
  .option(...redisOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      list(options.json);
      return;
    }
    const reproduction = loadReproduction(name);
    const picture = taskOf(reproduction.task as TaskSpec).figure?.arms;
    if (options.plot !== undefined && !picture) {
      throw new UsageError(`--plot: the task "${reproduction.task.name}" draws no conditions: leave it out.`);
    }
    const seeds = options.seeds ?? reproduction.seeds;
    const host = await hostFrom(options, `reproduce ${reproduction.name}`, notice);
    const began = performance.now();
    const onHost = untilStopped(
      (goOn) =>
        carryOut(reproduction, seeds, {
          host,
          traced: options.plot !== undefined,
          onLife: (arm, lived) => {
            goOn();
            notice(`${arm}: ${lived} of ${seeds}`);
          },
        }),
      host,
    );
    const result = await onHost.finally(() => host.close());
    const seconds = Number(((performance.now() - began) / 1000).toFixed(2));
    if (picture) await drawInto(options.plot, () => picture(reproduction.title, result.arms));
    if (!result.pass) process.exitCode = 1;
    const carriedOut = { seeds, seconds, picture: options.plot };
    printReport(reproductionReport(reproduction, result, carriedOut), options.json);
    if (!options.json && options.plot !== undefined) print(`picture  ${options.plot}`);
  });
