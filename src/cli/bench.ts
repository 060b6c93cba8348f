import { Command, Option } from '@commander-js/extra-typings';
import { benchForaging } from '../bench/foraging.js';
import { type FunctionName, functions } from '../bench/functions.js';
import { machineName } from '../bench/machine.js';
import { type BenchStrategy, benchCell, benchStrategy, type CellResult } from '../bench/strategies.js';
import { type ForagingTiming, type Timing, timeForaging, timeStrategy } from '../bench/timing.js';
import { presetNames } from '../evolve/presets.js';
import { resolveRun } from '../evolve/resolve.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { runAgainst } from './bench-against.js';
import { benchBbobCommand } from './bench-bbob.js';
import { benchKernelCommand } from './bench-kernel.js';
import { benchMachinesCommand } from './bench-machines.js';
import { benchQueueCommand } from './bench-queue.js';
import { benchRulesCommand } from './bench-rules.js';
import { collect, jsonOption, positiveNumber, threadCount, wholeNumber, workersFrom } from './options.js';
import { count, fields, heading, notice, print, printJson, table } from './output.js';

const foraging = new Command('foraging')
  .summary('foraging rollouts a second, on one core and on all, beside C')
  .option('--seconds <s>', 'for each measurement', positiveNumber, 3)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option(
    '-w, --workers <n>',
    'threads of the measurement on all cores (default: one a core; at most four a core)',
    threadCount,
  )
  .option(...jsonOption)
  .action(async (options) => {
    const { habitat } = await resolveRun({});
    const result = await benchForaging(habitat, {
      seconds: options.seconds,
      rounds: options.rounds,
      workers: workersFrom(options.workers),
      onNotice: notice,
    });
    if (options.json) {
      printJson(result);
      return;
    }
    const { rolloutsPerSecond: rates, ratios } = result;
    print(heading('Foraging rollouts a second (250 world steps each, the ENOMAD network)'));
    print(
      fields([
        ['machine', result.machine],
        ['genomes', result.genomes],
        ['one core', rates.one.toFixed(0)],
        [`${rates.workers} workers`, `${rates.all.toFixed(0)} (${ratios.allToOne.toFixed(2)} of one core)`],
        [
          'reference',
          `${rates.reference.toFixed(0)} on one core (the compiled engine is ${ratios.oneToReference.toFixed(2)} of it)`,
        ],
        ...(rates.c !== null && ratios.oneToC !== null
          ? ([
              [
                'C, one core',
                `${rates.c.toFixed(0)} (gcc -O3 -march=native; ours is ${ratios.oneToC.toFixed(2)} of it)`,
              ],
              [
                'scores',
                result.cAgrees
                  ? 'C gives the same results'
                  : 'C gives other results: one of the two is wrong',
              ],
            ] as const)
          : ([['C', 'no compiler found']] as const)),
        ...result.others.map(
          ({ genomes, one, oneToC }) =>
            [
              genomes.slice(0, genomes.indexOf(':')),
              `${one.toFixed(0)}${oneToC === null ? '' : ` (${oneToC.toFixed(2)} of C)`}, ${genomes.slice(genomes.indexOf(':') + 2)}`,
            ] as const,
        ),
      ]),
    );
  });

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

interface TimingOptions {
  genes?: number | undefined;
  seconds: number;
  set?: readonly string[] | undefined;
  json?: true | undefined;
}

async function timeAll(chosen: readonly BenchStrategy[], options: TimingOptions): Promise<void> {
  const limits = { evaluations: timedEvaluations, seconds: options.seconds };
  const timings: Timing[] = [];
  const foraging: ForagingTiming[] = [];
  for (const strategy of chosen) {
    notice(`Timing ${strategy.name}.`);
    const { mostGenes = Infinity } = strategy;
    for (const genes of options.genes === undefined ? timedGenes : [options.genes]) {
      if (genes <= mostGenes) timings.push(await timeStrategy(strategy, genes, limits));
      else notice(`${strategy.name} takes at most ${mostGenes} genes: ${count(genes)} are left out.`);
    }
    if (options.genes === undefined && mostGenes >= timedGenes.at(-1)!) {
      foraging.push(await timeForaging(strategy.name, options.set ?? [], limits));
    }
  }
  if (options.json) {
    const only = chosen.length === 1 ? { strategy: chosen[0]!.name } : {};
    printJson({ ...only, machine: machineName(), function: 'sphere', limits, timings, foraging });
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
  print(fields([['machine', machineName()]]));
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

/** Problems beside another program are its own: what would choose others is refused. */
function refuseBeside(
  command: { getOptionValueSource(name: string): string | undefined },
  names: readonly string[],
): void {
  const given = names.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} and --against exclude each other: leave one of them out.`);
}

const ofStrategies = new Command('strategies')
  .summary('evaluations that a strategy needs on test functions, and the time it takes itself')
  .option('-s, --strategy <name>', 'a strategy preset by name or path, or all', 'cma-es')
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
  .option(...jsonOption)
  .action(async (options, command) => {
    const { against } = options;
    if (against) {
      refuseBeside(command, [
        'strategy',
        'function',
        'genes',
        'target',
        'maxEvaluations',
        'bound',
        'set',
        'timing',
        'list',
      ]);
      runAgainst({ ...options, against });
      return;
    }
    if (options.reference || options.write) {
      throw new UsageError('--reference and --write go with --against: name the program to measure beside.');
    }
    if (options.list) {
      listFunctions(options.json);
      return;
    }
    const allStrategies = options.strategy === 'all';
    if (allStrategies && options.set) {
      throw new UsageError('--set changes one strategy: name it with --strategy, or leave --set out.');
    }
    const chosen = (allStrategies ? presetNames() : [options.strategy]).map((name) =>
      benchStrategy(name, options.set),
    );
    if (options.timing) {
      await timeAll(chosen, options);
      return;
    }
    const allFunctions = options.function === 'all';
    if (!allFunctions) entryOf(functions, options.function, 'test function');
    const names = allFunctions ? functionNames : [options.function as FunctionName];
    const single = !allStrategies && !allFunctions;
    const seeds = options.seeds ?? usualSeeds;
    const results = chosen.flatMap((strategy) =>
      names.map((name) => {
        const cell = {
          function: name,
          genes: options.genes ?? 10,
          target: options.target,
          maxEvaluations: options.maxEvaluations,
          bound: options.bound ?? null,
        };
        const result = benchCell(strategy, cell, seeds);
        if (!single) notice(`${strategy.name}, ${name}: ${result.successes} of ${seeds}`);
        return result;
      }),
    );
    if (options.json) printJson(single ? results[0] : { cells: results });
    else printCells(results);
  });

export const bench = new Command('bench')
  .summary('measure speed on this machine')
  .addCommand(benchKernelCommand)
  .addCommand(foraging)
  .addCommand(benchQueueCommand)
  .addCommand(benchMachinesCommand)
  .addCommand(benchRulesCommand)
  .addCommand(benchBbobCommand)
  .addCommand(ofStrategies);
