import { loadPreset } from '../evolve/presets.js';
import { merge, parseSetting } from '../evolve/settings.js';
import { deriveSeed } from '../math/seed.js';
import { median } from '../math/statistics.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { validate } from '../spec/validate.js';
import { realProblem } from '../strategies/problem.js';
import { startStrategy } from '../strategies/start.js';
import type { Problem, Strategy, StrategyModule } from '../strategies/strategy.js';
import { strategies } from '../strategies/table.js';
import { type FunctionName, functions, type TestFunction } from './functions.js';
import { linearProjection } from './projection.js';
import { Progress, type TimedRun, targetsTo } from './running-times.js';
import { drive, outcome, type Searcher } from './search.js';

/** A strategy of ours with its options settled. */
export interface BenchStrategy extends Searcher {
  create(problem: Problem, seed: string): Strategy;
}

export interface Cell {
  function: FunctionName;
  genes: number;
  /** A run succeeds at the first f below this. */
  target: number;
  /** Most evaluations of a run. */
  maxEvaluations: number;
  /** Genes lie within [-bound, bound]; null: anywhere. */
  bound?: number | null;
}

export interface CellRun extends TimedRun {
  seed: number;
  /** Up to and including the first f below the target; all of them where there was none. */
  evaluations: number;
  success: boolean;
  /** Least f. */
  best: number;
  /** Why the strategy stopped, where it did. */
  stopped: string | null;
  /** Milliseconds of ask and tell an evaluation. */
  askTellMs: number;
}

export interface CellResult extends Required<Cell> {
  strategy: string;
  /** Of the picture: 10^2, 10^1.8 and so on to the cell's target. */
  targets: number[];
  runs: CellRun[];
  successes: number;
  /** Of the runs that succeeded. */
  medianEvaluations: number | null;
  /** Median over the runs. */
  askTellMs: number;
}

/** A preset by name or path, with `path=value` settings laid over it. */
export function benchStrategy(nameOrPath: string, settings: readonly string[] = []): BenchStrategy {
  const preset = loadPreset(nameOrPath);
  let chosen: unknown = { strategy: preset.strategy };
  for (const setting of settings) {
    if (!setting.startsWith('strategy.')) {
      throw new UsageError(`--set ${setting}: expected strategy.FIELD=value: nothing else is used here.`);
    }
    chosen = merge(chosen, parseSetting(setting));
  }
  const { name, ...options } = (chosen as { strategy: { name: string } }).strategy;
  const module: StrategyModule = entryOf(strategies, name, 'strategy');
  const parsed = validate(module.options, options, { source: 'command line', at: ['strategy'] }, 'strategy');
  return {
    name: nameOrPath,
    mostGenes: module.takes.mostGenes,
    create: (problem, seed) => startStrategy(name, module, problem, parsed, seed),
  };
}

/** What a strategy is told of a test function. */
export function problemOf(test: TestFunction, genes: number, bound: number | null = null): Problem {
  const all = (value: number) => new Float64Array(genes).fill(value);
  const limit = bound ?? Infinity;
  const within = (value: number) => Math.min(limit, Math.max(-limit, value));
  return realProblem({
    genes,
    low: all(-limit),
    high: all(limit),
    start: test.start(genes).map(within),
    step: all(test.sigma0),
    priorLow: all(within(-test.prior)),
    priorHigh: all(within(test.prior)),
    behaviours: linearProjection(genes, test.prior).behaviours,
  });
}

/** One run, until f is below the target, the strategy stops or the evaluations are spent. */
export function runCell(strategy: Searcher, cell: Cell, seed: number): CellRun {
  const test = functions[cell.function];
  const f = test.of(cell.genes);
  const search = strategy.create(
    problemOf(test, cell.genes, cell.bound),
    deriveSeed('bench strategies', cell.function, cell.genes, seed),
  );
  const { measuresOf } = linearProjection(cell.genes, test.prior);
  const { maxEvaluations } = cell;
  const progress = new Progress(targetsTo(cell.target));
  const evaluate = (x: Readonly<Float64Array>) => {
    const value = f(x);
    progress.note(value);
    return outcome(value, measuresOf(x));
  };
  const isOver = () => progress.best < cell.target || progress.evaluations >= maxEvaluations;
  const askTellMs = drive(search, evaluate, isOver);
  const { evaluations, best, reached } = progress;
  return {
    ...{ strategy: strategy.name, seed, evaluations, success: best < cell.target, best },
    ...{ stopped: search.stopped ?? null, askTellMs, maxEvaluations, reached },
  };
}

/** Runs with seeds 1 to `seeds`. */
export function benchCell(strategy: Searcher, cell: Cell, seeds: number): CellResult {
  const runs = Array.from({ length: seeds }, (_, i) => runCell(strategy, cell, i + 1));
  const succeeded = runs.filter(({ success }) => success);
  return {
    strategy: strategy.name,
    ...cell,
    bound: cell.bound ?? null,
    targets: targetsTo(cell.target),
    runs,
    successes: succeeded.length,
    medianEvaluations:
      succeeded.length === 0 ? null : median(succeeded.map(({ evaluations }) => evaluations)),
    askTellMs: median(runs.map(({ askTellMs }) => askTellMs)),
  };
}
