import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { bbobFigure } from '../bench/bbob/figure.js';
import { groups } from '../bench/bbob/groups.js';
import { runBbob, targets } from '../bench/bbob/runs.js';
import { sharesOf, sharesTable } from '../bench/bbob/shares.js';
import { families } from '../bench/bbob/table.js';
import { machineName } from '../bench/machine.js';
import { runtimeCurve, shareBy } from '../bench/running-times.js';
import { UsageError } from '../spec/errors.js';
import { type OpenSearchers, type Searchers, withSearchers } from './bench-searchers.js';
import { drawInto } from './draw-into.js';
import { finiteNumber, jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
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

/** "mads=100": fewer evaluations a gene for one of them. */
function fewer(text: string, earlier: Record<string, number> = {}): Record<string, number> {
  const [, name, evaluations] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Expected NAME=EVALUATIONS, such as mads=100.');
  return { ...earlier, [name]: positiveNumber(evaluations!) };
}

const nonNegative = (text: string) => {
  const value = finiteNumber(text);
  if (value < 0) throw new InvalidArgumentError('Expected a number of at least 0.');
  return value;
};

interface BbobOptions {
  functions?: number[] | undefined;
  genes: number;
  instances: number;
  evaluations: number;
  most?: Readonly<Record<string, number>> | undefined;
  noise: number;
  plot?: string | undefined;
  json?: true | undefined;
}

/** Searches all functions, and prints, writes and draws what came out. */
async function measure({ searchers, programs }: Searchers, options: BbobOptions): Promise<void> {
  const { genes, instances, evaluations: perGene, most = {}, noise, plot, json } = options;
  const strategies = searchers.map(({ name }) => name);
  for (const name of Object.keys(most)) {
    if (!strategies.includes(name)) {
      throw new UsageError(`--most ${name}: expected one that is measured: ${strategies.join(', ')}.`);
    }
  }
  const numbers = options.functions ?? families.map((_, i) => i + 1);
  const evaluationsOf = (each: number) => Math.max(1, Math.round(each * genes));
  const runs = searchers.flatMap((searcher) => {
    const maxEvaluations = evaluationsOf(Math.min(perGene, most[searcher.name] ?? perGene));
    return numbers.flatMap((number) => {
      const own = Array.from({ length: instances }, (_, i) =>
        runBbob(searcher, { function: number, genes, instance: i + 1, maxEvaluations, noise }),
      );
      const share = shareBy(runtimeCurve(own), maxEvaluations);
      notice(
        `${searcher.name}, ${number} ${families[number - 1]!.name}: ${Math.round(100 * share)} % of the targets`,
      );
      return own;
    });
  });
  const settings = { genes, instances, perGene, noise };
  await drawInto(plot, () => bbobFigure(runs, searchers, settings));
  const shares = sharesOf(runs, strategies, settings);
  const maxEvaluations = evaluationsOf(perGene);
  if (json) {
    const about = { machine: machineName(), ...(programs ? { programs } : {}), ...settings, maxEvaluations };
    printJson({ ...about, targets, shares, runs });
    return;
  }
  print(heading(`Targets reached on the BBOB functions of ${genes} genes`));
  print(
    fields([
      ...Object.entries(programs ?? {}).map(([name, version]) => [name, version] as const),
      ['functions', numbers.join(', ')],
      ['instances', `1 to ${instances}`],
      ['evaluations', `${count(maxEvaluations)} a run, ${count(perGene)} a gene (n genes)`],
      ...Object.entries(most).map(
        ([name, each]) => [name, `${count(evaluationsOf(each))} a run, ${count(each)} a gene`] as const,
      ),
      ['targets', '51 from 10^2 to 10^-8; optima: runs that reached the last'],
      ...(noise === 0 ? [] : [['noise', `of ${noise} |f| in what is told; targets are without it`] as const]),
    ]),
  );
  const { headings, rows } = sharesTable(shares);
  print(table(headings, rows));
  if (plot) notice(`Wrote ${plot}.`);
}

export const benchBbobCommand = (open: OpenSearchers) =>
  new Command('bbob')
    .summary('evaluations to targets on the 24 noiseless BBOB functions')
    .description(
      'Every strategy searches the same instances from the same points within [-5, 5], and begins anew elsewhere where it stops by ' +
        'itself. Shares are of 51 targets from 10^2 to 10^-8 above the optimum, of all functions and instances. Definitions: Hansen, ' +
        'Finck, Ros and Auger 2009, INRIA RR-6829; instances are drawn by seeds of our own.',
    )
    .argument('[strategies...]', 'strategy presets by name or path, or all (default: cma-es)')
    .option('-f, --functions <numbers>', 'numbers such as 1-5,8, or groups (default: all)', functionNumbers)
    .option('-n, --genes <n>', 'how many genes', wholeNumber(2, mostGenes), 5)
    .option('--instances <n>', 'instances of each function, 1 to n', wholeNumber(1), 5)
    .option('--evaluations <n>', 'most evaluations of a run, for each gene', positiveNumber, 1000)
    .option('--most <name=n>', 'fewer of them for a strategy that takes long; repeatable', fewer)
    .option(
      '--noise <part>',
      'tell f with normal noise of this part of |f|; targets are of f without it',
      nonNegative,
      0,
    )
    .option('--plot <file>', 'draw the curves (.png, .svg)', pictureFile)
    .option('--list', 'list the functions')
    .option(...jsonOption)
    .action(async (names, { list, ...options }) => {
      if (list) listFamilies(options.json);
      else {
        await withSearchers(open(names.length > 0 ? names : ['cma-es']), (opened) =>
          measure(opened, options),
        );
      }
    });
