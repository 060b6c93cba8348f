import { Command } from '@commander-js/extra-typings';
import { benchForaging } from '../bench/foraging.js';
import { type FunctionName, functions } from '../bench/functions.js';
import { benchCell, benchStrategy, type CellResult, timeStrategy } from '../bench/strategies.js';
import { resolveRun } from '../evolve/resolve.js';
import { setupOf } from '../evolve/run-spec.js';
import { entryOf } from '../spec/errors.js';
import { collect, jsonOption, positiveNumber, wholeNumber, workersFrom } from './options.js';
import { count, fields, heading, notice, print, printJson, table } from './output.js';

const foraging = new Command('foraging')
  .summary('foraging rollouts a second, on one core and on all, beside C')
  .option('--seconds <s>', 'for each measurement', positiveNumber, 3)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option(
    '-w, --workers <n>',
    'threads of the measurement on all cores (default: one a core)',
    wholeNumber(1),
  )
  .option(...jsonOption)
  .action(async (options) => {
    const { spec, connectome } = resolveRun({});
    const result = await benchForaging(setupOf(spec, connectome), {
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
              ['scores', result.cAgrees ? 'C gives the same' : 'C gives others: one of the two is wrong'],
            ] as const)
          : ([['C', 'no compiler found']] as const)),
      ]),
    );
  });

/** Sizes at which ask and tell are timed; the last is the worm's. */
const timedGenes = [10, 100, 400, 1000, 3682];

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

function timeAll(strategy: ReturnType<typeof benchStrategy>, sizes: readonly number[], json?: boolean): void {
  const timings = sizes.map((genes) => timeStrategy(strategy, genes, 1));
  if (json) {
    printJson({ strategy: strategy.name, function: 'sphere', timings });
    return;
  }
  print(heading(`Ask and tell of ${strategy.name}, on the sphere`));
  print(
    table(
      ['genes', 'genomes a step', 'ms a step', 'ms an evaluation'],
      timings.map((row) => [
        count(row.genes),
        row.population,
        row.askTellMsPerStep.toFixed(3),
        row.askTellMs.toFixed(4),
      ]),
    ),
  );
}

const evaluationsOf = (value: number | null) => (value === null ? '-' : count(value));

function printCells(results: readonly CellResult[]): void {
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
      ['function', 'genes', 'successes', 'median evaluations', 'ask+tell, ms an evaluation'],
      results.map((cell) => [
        cell.function,
        cell.genes,
        `${cell.successes} of ${cell.runs.length}`,
        evaluationsOf(cell.medianEvaluations),
        cell.askTellMs.toFixed(4),
      ]),
    ),
  );
}

const ofStrategies = new Command('strategies')
  .summary('evaluations that a strategy needs on test functions, and the time it takes itself')
  .option('-s, --strategy <name>', 'a strategy preset by name or path', 'cma-es')
  .option('-f, --function <name>', 'a test function, or all', 'sphere')
  .option('-n, --genes <n>', 'how many genes', wholeNumber(1))
  .option('--seeds <n>', 'runs, with seeds 1 to n', wholeNumber(1), 15)
  .option('--target <f>', 'a run succeeds at the first f below this', positiveNumber, 1e-9)
  .option('--max-evaluations <n>', 'most evaluations of a run', wholeNumber(1), 1_000_000)
  .option('--bound <b>', 'genes lie within [-b, b] (default: anywhere)', positiveNumber)
  .option('--set <path=value>', 'set a field, such as strategy.population=20; repeatable', collect)
  .option('--timing', 'time ask and tell instead, at several numbers of genes or at the one given')
  .option('--list', 'list the test functions')
  .option(...jsonOption)
  .action((options) => {
    if (options.list) {
      listFunctions(options.json);
      return;
    }
    const strategy = benchStrategy(options.strategy, options.set);
    if (options.timing) {
      timeAll(strategy, options.genes === undefined ? timedGenes : [options.genes], options.json);
      return;
    }
    const all = options.function === 'all';
    if (!all) entryOf(functions, options.function, 'test function');
    const names = all ? functionNames : [options.function as FunctionName];
    const results = names.map((name) => {
      const cell = {
        function: name,
        genes: options.genes ?? 10,
        target: options.target,
        maxEvaluations: options.maxEvaluations,
        bound: options.bound ?? null,
      };
      const result = benchCell(strategy, cell, options.seeds);
      if (all) notice(`${name}: ${result.successes} of ${options.seeds}`);
      return result;
    });
    if (options.json) printJson(all ? { cells: results } : results[0]);
    else printCells(results);
  });

export const bench = new Command('bench')
  .summary('measure speed on this machine')
  .addCommand(foraging)
  .addCommand(ofStrategies);
