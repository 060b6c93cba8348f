import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { bbobFigure } from '../bench/bbob/figure.js';
import { groups } from '../bench/bbob/groups.js';
import { type BbobRun, runBbob, runtimeCurve, shareBy, targets } from '../bench/bbob/runs.js';
import { families } from '../bench/bbob/table.js';
import { machineName } from '../bench/machine.js';
import { benchStrategy } from '../bench/strategies.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
import { count, fields, heading, notice, print, printJson, table } from './output.js';

/** "1-5,8" as numbers; a group's name as those of the group. */
function functionNumbers(text: string): number[] {
  const numbers = text.split(',').flatMap((part) => {
    const group = groups.find(({ name }) => name === part.trim());
    const [, low, high = low] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    const [from, to] = group ? [group.from, group.to] : [Number(low), Number(high)];
    if (!(from >= 1 && from <= to && to <= families.length)) {
      throw new InvalidArgumentError(
        `Expected numbers from 1 to ${families.length} such as 1-5,8, or groups (${groups.map(({ name }) => name).join(', ')}).`,
      );
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function listFamilies(json: boolean | undefined): void {
  const listed = families.map(({ name, summary }, i) => {
    const group = groups.find(({ from, to }) => from <= i + 1 && i + 1 <= to)!;
    return { number: i + 1, name, group: group.name, summary };
  });
  if (json) printJson({ functions: listed });
  else
    print(
      table(
        ['', 'function', 'group', 'what it is'],
        listed.map(({ number, name, group, summary }) => [number, name, group, summary]),
      ),
    );
}

/** Functions turn points by matrices of so many rows and columns. */
const mostGenes = 1000;

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Shares of targets that each strategy reached, in all and by group. */
function printShares(
  runs: readonly BbobRun[],
  strategies: readonly string[],
  genes: number,
  perGene: number,
) {
  const budgets = [1, 0.1, 0.01].map((part) => Math.round(part * perGene)).filter((each) => each >= 1);
  const shown = groups.filter(({ from, to }) =>
    runs.some((run) => run.function >= from && run.function <= to),
  );
  print(
    table(
      [
        'strategy',
        ...budgets.map((each) => `all, by ${count(each)} n`).reverse(),
        ...shown.map(({ name }) => name),
        'optima',
      ],
      strategies.map((name) => {
        const own = runs.filter(({ strategy }) => strategy === name);
        const curve = runtimeCurve(own);
        return [
          name,
          ...budgets.map((each) => percent(shareBy(curve, each * genes))).reverse(),
          ...shown.map(({ from, to }) =>
            percent(
              shareBy(
                runtimeCurve(own.filter((run) => run.function >= from && run.function <= to)),
                perGene * genes,
              ),
            ),
          ),
          `${own.filter(({ reached }) => reached.at(-1) !== null).length} of ${own.length}`,
        ];
      }),
    ),
  );
}

export const benchBbobCommand = new Command('bbob')
  .summary('evaluations to targets on the 24 noiseless BBOB functions')
  .description(
    'Every strategy searches the same instances from the same points within [-5, 5], and begins anew elsewhere where it stops by ' +
      'itself. Shares are of 51 targets from 10^2 to 10^-8 above the optimum, of all functions and instances. Definitions: Hansen, ' +
      'Finck, Ros and Auger 2009, INRIA RR-6829; instances are drawn by seeds of our own.',
  )
  .argument('[strategies...]', 'strategy presets by name or path (default: cma-es)')
  .option('-f, --functions <numbers>', 'numbers such as 1-5,8, or groups (default: all)', functionNumbers)
  .option('-n, --genes <n>', 'how many genes', wholeNumber(2, mostGenes), 5)
  .option('--instances <n>', 'instances of each function, 1 to n', wholeNumber(1), 5)
  .option('--evaluations <n>', 'most evaluations of a run, for each gene', positiveNumber, 1000)
  .option('--plot <file>', 'draw the curves (.png, .svg)', pictureFile)
  .option('--list', 'list the functions')
  .option(...jsonOption)
  .action(async (names, { functions, genes, instances, evaluations, plot, list, json }) => {
    if (list) {
      listFamilies(json);
      return;
    }
    const strategies = (names.length > 0 ? names : ['cma-es']).map((name) => benchStrategy(name));
    const numbers = functions ?? families.map((_, i) => i + 1);
    const maxEvaluations = Math.max(1, Math.round(evaluations * genes));
    const runs = strategies.flatMap((strategy) =>
      numbers.flatMap((number) => {
        const own = Array.from({ length: instances }, (_, i) =>
          runBbob(strategy, { function: number, genes, instance: i + 1, maxEvaluations }),
        );
        const share = shareBy(runtimeCurve(own), maxEvaluations);
        notice(`${strategy.name}, ${number} ${families[number - 1]!.name}: ${percent(share)} of the targets`);
        return own;
      }),
    );
    const settings = { genes, instances, perGene: evaluations };
    await drawInto(plot, () => bbobFigure(runs, settings));
    if (json) {
      printJson({ machine: machineName(), ...settings, maxEvaluations, targets, runs });
      return;
    }
    print(heading(`Targets reached on the BBOB functions of ${genes} genes`));
    print(
      fields([
        ['functions', numbers.join(', ')],
        ['instances', `1 to ${instances}`],
        ['evaluations', `${count(maxEvaluations)} a run, ${count(evaluations)} a gene (n genes)`],
        ['targets', '51 from 10^2 to 10^-8; optima: runs that reached the last'],
      ]),
    );
    printShares(
      runs,
      strategies.map(({ name }) => name),
      genes,
      evaluations,
    );
    if (plot) notice(`Wrote ${plot}.`);
  });
