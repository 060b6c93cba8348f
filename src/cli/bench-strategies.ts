import { Command, Option } from '@commander-js/extra-typings';
import { type FunctionName, functions } from '../bench/functions.js';
import { machineName } from '../bench/machine.js';
import { runningTimesFigure } from '../bench/running-times-figure.js';
import { benchCell, type CellResult } from '../bench/strategies.js';
import { type ForagingTiming, type Timing, timeForaging, timeStrategy } from '../bench/timing.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { runAgainst } from './bench-against.js';
import { type OpenSearchers, type Searchers, withSearchers } from './bench-searchers.js';
import { drawInto } from './draw-into.js';
import { collect, jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
import { count, fields, heading, notice, print, printJson, table } from './output.js';

/** Sizes at which ask and tell are timed; the last is the worm's. */
const timedGenes = [10, 100, 400, 1000, 3682];
/** Longer than a generation of any preset, as what a strategy does changes within it. */
const timedEvaluations = 20_000;

const functionNames = Object.keys(functions) as FunctionName[];

function listFunctions(json: boolean | undefined): void {
  const listed = functionNames.map((name) => ({ name, summary: functions[name].summary }));
  if (json) printJson({ functions: listed });
  else
    print(
      table(
        ['function', 'to be minimised'],
        listed.map(({ name, summary }) => [name, summary]),
      ),
    );
}

const withPrograms = (programs: Readonly<Record<string, string>>) =>
  Object.keys(programs).length > 0 ? { programs } : {};

interface TimingOptions {
  genes?: number | undefined;
  seconds: number;
  set?: readonly string[] | undefined;
  json?: true | undefined;
}

async function timeAll(
  { searchers: chosen, programs = {} }: Searchers,
  options: TimingOptions,
): Promise<void> {
  const limits = { evaluations: timedEvaluations, seconds: options.seconds };
  const timings: Timing[] = [];
  const foraging: ForagingTiming[] = [];
  // All at one size, one after the other, so that what else the machine does reaches all alike.
  for (const genes of options.genes === undefined ? timedGenes : [options.genes]) {
    for (const strategy of chosen) {
      const { name, mostGenes = Infinity } = strategy;
      notice(`Timing ${name}, ${count(genes)} genes.`);
      if (genes <= mostGenes) timings.push(await timeStrategy(strategy, genes, limits));
      else notice(`${name} takes at most ${mostGenes} genes: ${count(genes)} are left out.`);
    }
  }
  for (const { name, mostGenes = Infinity, otherProgram } of chosen) {
    if (options.genes === undefined && mostGenes >= timedGenes.at(-1)! && !otherProgram) {
      foraging.push(await timeForaging(name, options.set ?? [], limits));
    }
  }
  if (options.json) {
    const only = chosen.length === 1 ? { strategy: chosen[0]!.name } : {};
    const about = { ...only, machine: machineName(), ...withPrograms(programs) };
    printJson({ ...about, function: 'sphere', limits, timings, foraging });
    return;
  }
  const row = (on: string, timing: Timing, rolloutMs = '-', share = '-') => [
    timing.strategy,
    on,
    count(timing.genes),
    timing.population.toFixed(1),
    count(timing.evaluations),
    timing.askTellMsPerStep.toFixed(3),
    timing.askTellMs.toFixed(4),
    rolloutMs,
    share,
  ];
  print(heading('Ask and tell, on the sphere and in foraging runs'));
  print(fields([['machine', machineName()], ...Object.entries(programs)]));
  print(
    table(
      [
        'strategy',
        'on',
        'genes',
        'genomes a step',
        'evaluations',
        'ms a step',
        'ms an evaluation',
        'ms a rollout',
        'share of the run, %',
      ],
      chosen.flatMap(({ name }) => [
        ...timings.filter(({ strategy }) => strategy === name).map((timing) => row('sphere', timing)),
        ...foraging
          .filter(({ strategy }) => strategy === name)
          .map((timing) =>
            row('foraging', timing, timing.rolloutMs.toFixed(4), (100 * timing.share).toFixed(1)),
          ),
      ]),
    ),
  );
}

const evaluationsOf = (value: number | null) => (value === null ? '-' : count(value));

function printCells(results: readonly CellResult[]): void {
  const several = new Set(results.map(({ strategy }) => strategy)).size > 1;
  const [only] = results;
  if (results.length === 1 && only) {
    print(heading(`${only.strategy} on ${only.function} of ${only.genes} genes, to f < ${only.target}`));
    print(
      table(
        ['seed', 'evaluations', 'reached', 'least f', 'stopped'],
        only.runs.map((run) => [
          run.seed,
          count(run.evaluations),
          run.success ? 'yes' : 'no',
          run.best.toExponential(2),
          run.stopped ?? '',
        ]),
      ),
    );
  }
  print(
    table(
      [
        ...(several ? ['strategy'] : []),
        'function',
        'genes',
        'successes',
        'median evaluations',
        'ask+tell, ms an evaluation',
      ],
      results.map((cell) => [
        ...(several ? [cell.strategy] : []),
        cell.function,
        cell.genes,
        `${cell.successes} of ${cell.runs.length}`,
        evaluationsOf(cell.medianEvaluations),
        cell.askTellMs.toFixed(4),
      ]),
    ),
  );
}

/** Of a cell, where none are asked for. */
const usualSeeds = 15;

/** Refuses options of the command line that do not go with another, and would have no effect. */
function refuseBeside(
  command: { getOptionValueSource(name: string): string | undefined },
  other: string,
  names: readonly string[],
): void {
  const given = names.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} and ${other} exclude each other: leave one of them out.`);
}

/** What chooses the problems and their number, where the program beside has its own. */
const notAgainst = [
  ...['strategy', 'function', 'genes', 'target', 'maxEvaluations', 'bound', 'set', 'timing', 'seconds'],
  ...['list', 'plot'],
];
/** What chooses searches to a target, which are not timed. */
const notTiming = ['function', 'seeds', 'target', 'maxEvaluations', 'bound', 'plot'];

interface CellOptions {
  function: string;
  genes?: number | undefined;
  seeds?: number | undefined;
  target: number;
  maxEvaluations: number;
  bound?: number | undefined;
  plot?: string | undefined;
  json?: true | undefined;
}

/** Shares of targets by evaluations: of all functions, and of each. */
function figureOf(results: readonly CellResult[], { searchers }: Searchers) {
  const [{ genes, targets, target }] = results as [CellResult];
  const runs = results.flatMap((result) => result.runs);
  const names = [...new Set(results.map((result) => result.function))];
  const used = Math.max(...runs.map(({ evaluations }) => evaluations)) / genes;
  const words = {
    title: `Running times on test functions of ${count(genes)} genes`,
    subtitle:
      `${names.length > 3 ? `${names.length} functions` : names.join(', ')}; ${results[0]!.runs.length} run${results[0]!.runs.length === 1 ? '' : 's'} of each, ` +
      `${targets.length} targets from 10^2 to ${target.toExponential()}`,
  };
  const parts = names.map((name) => ({
    title: name,
    runs: results.filter((result) => result.function === name).flatMap((result) => result.runs),
  }));
  const decade = Number(`1e${Math.ceil(Math.log10(Math.max(10, used)))}`);
  const perGene = Math.min(decade, results[0]!.maxEvaluations / genes);
  return runningTimesFigure(words, runs, parts, searchers, { genes, perGene });
}

async function measureCells(opened: Searchers, options: CellOptions, single: boolean): Promise<void> {
  const { target, maxEvaluations, bound = null, genes = 10, seeds = usualSeeds, plot } = options;
  const all = options.function === 'all';
  if (!all) entryOf(functions, options.function, 'test function');
  const names = all ? functionNames : [options.function as FunctionName];
  const results = opened.searchers.flatMap((strategy) =>
    names.map((name) => {
      const result = benchCell(strategy, { function: name, genes, target, maxEvaluations, bound }, seeds);
      if (!single || all) notice(`${strategy.name}, ${name}: ${result.successes} of ${seeds}`);
      return result;
    }),
  );
  await drawInto(plot, () => figureOf(results, opened));
  if (options.json) {
    printJson(single && !all ? results[0] : { ...withPrograms(opened.programs ?? {}), cells: results });
  } else printCells(results);
  if (plot) notice(`Wrote ${plot}.`);
}

export const benchStrategiesCommand = (open: OpenSearchers) =>
  new Command('strategies')
    .summary('evaluations that a strategy needs on test functions, and the time it takes itself')
    .option('-s, --strategy <name>', 'strategy presets by name or path, parted by commas, or all', 'cma-es')
    .option('-f, --function <name>', 'a test function, or all', 'sphere')
    .option('-n, --genes <n>', 'how many genes', wholeNumber(1))
    .option('--seeds <n>', 'runs, with seeds 1 to n (default: 15, beside NOMAD 5)', wholeNumber(1))
    .option('--target <f>', 'a run succeeds at the first f below this', positiveNumber, 1e-9)
    .option('--max-evaluations <n>', 'most evaluations of a run', wholeNumber(1), 1_000_000)
    .option('--bound <b>', 'genes lie within [-b, b] (default: anywhere)', positiveNumber)
    .option('--set <path=value>', 'set a field, such as strategy.population=20; repeatable', collect)
    .option('--timing', 'time ask and tell instead, at several numbers of genes or at the one given')
    .option('--seconds <s>', 'with --timing: most seconds of each measurement', positiveNumber, 20)
    .option('--list', 'list the test functions')
    .addOption(
      new Option(
        '--against <program>',
        "measure cma-es beside pycma, or mads beside NOMAD, on the problems of that program's figures",
      ).choices(['pycma', 'nomad'] as const),
    )
    .option('--reference <file>', 'with --against pycma: the table of its figures, as JSON')
    .option('--write', 'with --against: record what came out in bench/RESULTS.md')
    .option('--plot <file>', 'draw shares of targets by evaluations (.png, .svg)', pictureFile)
    .option(...jsonOption)
    .action(async (options, command) => {
      const { against } = options;
      if (against) {
        refuseBeside(command, '--against', notAgainst);
        runAgainst({ ...options, against });
        return;
      }
      if (options.reference || options.write) {
        throw new UsageError(
          '--reference and --write go with --against: name the program to measure beside.',
        );
      }
      if (options.list) {
        listFunctions(options.json);
        return;
      }
      const chosen = options.strategy.split(',').map((name) => name.trim());
      const single = new Set(chosen).size === 1 && chosen[0] !== 'all';
      if (!single && options.set) {
        throw new UsageError('--set changes one strategy: name it with --strategy, or leave --set out.');
      }
      if (options.timing) refuseBeside(command, '--timing', notTiming);
      else if (command.getOptionValueSource('seconds') === 'cli') {
        throw new UsageError('--seconds goes with --timing: it ends no run here. Leave it out.');
      }
      if (options.plot && options.target > 100) {
        throw new UsageError('--plot draws targets from 100 down to --target: give one of at most 100.');
      }
      await withSearchers(open(chosen, options.set), (opened) =>
        options.timing ? timeAll(opened, options) : measureCells(opened, options, single),
      );
    });
