import { Command } from '@commander-js/extra-typings';
import { taskPicture } from '../inspect/task-pictures.js';
import { reproduce as carryOut, type Reproduced } from '../reproduce/reproduce.js';
import { loadReproduction, type Reproduction, reproductionNames } from '../reproduce/reproduction.js';
import { UsageError } from '../spec/errors.js';
import type { TaskName } from '../tasks/table.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, wholeNumber } from './options.js';
import { faint, fields, figuresThatCount, heading, notice, print, printJson, table } from './output.js';

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

const interval = ([low, high]: readonly [number | null, number | null]) =>
  low === null ? `at most ${high}` : high === null ? `at least ${low}` : `${low} to ${high}`;

/** Three figures that count: slopes stand beside counts. */
const digits = (value: number) => figuresThatCount(value, 3);

const verdicts = { true: 'met', false: 'MISSED', null: '' } as const;

function printResult(
  { title, about, citation, doi, scaledDown, arms }: Reproduction,
  figures: readonly Reproduced[],
): void {
  print(`${heading(title)}\n${about}\n${faint(`${citation}. doi:${doi}`)}\n`);
  print(fields(arms.map((arm) => [arm.name, arm.about] as const)));
  print('');
  print(
    table(
      ['arm', 'figure', 'published', 'ours', 'SD', 'n', 'asked', ''],
      figures.map(({ arm, name: what, published, reference, ours, accept, pass }) => [
        arm,
        what,
        published ? published.value : reference ? `(${reference.value})` : '-',
        digits(ours.value),
        digits(ours.spread),
        ours.n,
        accept ? interval(accept) : '-',
        verdicts[`${pass}`],
      ]),
    ),
  );
  const sources = new Set(
    figures.flatMap(({ published, reference }) =>
      [published?.source, reference && `in brackets: ${reference.source}`].filter(
        (source): source is string => source !== undefined,
      ),
    ),
  );
  print(`\n${[...sources].map((source) => faint(`source: ${source}`)).join('\n')}`);
  if (scaledDown !== null) print(`scaled down: ${scaledDown}`);
}

export const reproduce = new Command('reproduce')
  .summary('carry out a published result and compare')
  .description(
    'Carries out a published result and stands our figures beside those of the paper. Without a name, lists what there ' +
      'is. Exit code 1 where a figure is missed.',
  )
  .argument('[name]', 'a reproduction by name (from examples) or a path to one')
  .option('--seeds <n>', 'lives of each condition, with seeds 1 to n', wholeNumber(2))
  .option('--plot <file>', 'draw the conditions side by side, as PNG or SVG by the ending', pictureFile)
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      list(options.json);
      return;
    }
    const reproduction = loadReproduction(name);
    const picture = taskPicture(reproduction.task.name as TaskName).arms;
    if (options.plot !== undefined && !picture) {
      throw new UsageError(`--plot: the task "${reproduction.task.name}" draws no conditions: leave it out.`);
    }
    const seeds = options.seeds ?? reproduction.seeds;
    const began = performance.now();
    const { figures, pass, arms } = await carryOut(reproduction, seeds, (arm, seed) => {
      notice(`${arm}: ${seed} of ${seeds}`);
    });
    const seconds = Number(((performance.now() - began) / 1000).toFixed(2));
    if (picture) await drawInto(options.plot, () => picture(reproduction.title, arms));
    if (!pass) process.exitCode = 1;
    const [first] = figures;
    if (options.json) {
      printJson({
        name: reproduction.name,
        title: reproduction.title,
        citation: reproduction.citation,
        doi: reproduction.doi,
        // The figure that the paper is known for.
        published: first!.published ?? null,
        ours: first!.ours,
        figures: figures.map(({ published, reference, accept, ...rest }) => ({
          ...rest,
          published: published ?? null,
          reference: reference ?? null,
          accept: accept ?? null,
        })),
        scaledDown: reproduction.scaledDown,
        seeds,
        pass,
        seconds,
        ...(options.plot === undefined ? {} : { picture: options.plot }),
      });
      return;
    }
    printResult(reproduction, figures);
    print(`\n${pass ? 'reproduced' : 'not reproduced'}, in ${seconds} s`);
    if (options.plot !== undefined) print(`picture  ${options.plot}`);
  });
