import { loadPreset } from '../evolve/presets.js';
import { merge, parseSetting } from '../evolve/settings.js';
import { deriveSeed } from '../math/seed.js';
import { median } from '../math/statistics.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { validate } from '../spec/validate.js';
import { realProblem } from '../strategies/problem.js';
import { startStrategy } from '../strategies/start.js';
import type { Outcome, Problem, Strategy, StrategyModule } from '../strategies/strategy.js';
import { strategies } from '../strategies/table.js';
import { type FunctionName, functions, type TestFunction } from './functions.js';
import { linearProjection } from './projection.js';

/** A strategy with its options settled. */
export interface BenchStrategy {
  name: string;
  /** The most genes that it takes; any number where absent. */
  mostGenes?: number | undefined;
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

export interface CellRun {
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

/** A test function is to be minimised, and a strategy maximises. */
export const outcome = (f: number, measures: Outcome['measures'] = {}): Outcome => ({
  status: 'ok',
  objectives: [-f],
  constraints: [],
  measures,
});

/** One run, until f is below the target, the strategy stops or the evaluations are spent. */
export function runCell(strategy: BenchStrategy, cell: Cell, seed: number): CellRun {
  const test = functions[cell.function];
  const f = test.of(cell.genes);
  const search = strategy.create(
    problemOf(test, cell.genes, cell.bound),
    deriveSeed('bench strategies', cell.function, cell.genes, seed),
  );
  const { measuresOf } = linearProjection(cell.genes, test.prior);
  let evaluations = 0;
  let best = Infinity;
  let told = 0;
  let milliseconds = 0;
  while (search.stopped === undefined) {
    const asked = performance.now();
    const candidates = search.ask();
    const evaluated = performance.now();
    const outcomes: Outcome[] = [];
    for (const { genome } of candidates) {
      const value = f(genome);
      best = Math.min(best, value);
      outcomes.push(outcome(value, measuresOf(genome)));
      evaluations += 1;
      if (best < cell.target || evaluations >= cell.maxEvaluations) break;
    }
    milliseconds += evaluated - asked;
    if (outcomes.length < candidates.length || best < cell.target || evaluations >= cell.maxEvaluations)
      break;
    const telling = performance.now();
    search.tell(outcomes);
    milliseconds += performance.now() - telling;
    told = evaluations;
  }
  return {
    seed,
    evaluations,
    success: best < cell.target,
    best,
    stopped: search.stopped ?? null,
    askTellMs: milliseconds / Math.max(1, told),
  };
}

/** Runs with seeds 1 to `seeds`. */
export function benchCell(strategy: BenchStrategy, cell: Cell, seeds: number): CellResult {
  const runs = Array.from({ length: seeds }, (_, i) => runCell(strategy, cell, i + 1));
  const succeeded = runs.filter(({ success }) => success);
  return {
    strategy: strategy.name,
    ...cell,
    bound: cell.bound ?? null,
    runs,
    successes: succeeded.length,
    medianEvaluations:
      succeeded.length === 0 ? null : median(succeeded.map(({ evaluations }) => evaluations)),
    askTellMs: median(runs.map(({ askTellMs }) => askTellMs)),
  };
}
