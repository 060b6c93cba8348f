import type { LifetimeResult } from '../evaluate/lifetime.js';
import type { GenomeSpace } from '../genome/space.js';
import { deriveSeed } from '../math/seed.js';
import { UserError } from '../spec/errors.js';
import type { Best } from '../store/manifest.js';
import type { RunWriter } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { bestFirst } from '../strategies/ranking.js';
import { resumeStrategy, startStrategy } from '../strategies/start.js';
import type { Candidate, Outcome, Problem, Strategy, StrategyModule } from '../strategies/strategy.js';
import { strategies } from '../strategies/table.js';
import { budgetReached, type Spent, shareSpent } from './budget.js';
import type { Evaluator, Life } from './evaluator.js';
import { betterOf, type HistoryPoint, pointOf } from './history.js';
import { objectiveOf } from './objective.js';
import type { RunSpec } from './run-spec.js';

export interface Progress {
  point: HistoryPoint;
  spent: Spent;
  /** Lifetimes a second in this step. */
  rate: number;
  /** Share of the budget used, where it can be told. */
  share: number | undefined;
  failures: number;
}

export interface LoopOptions {
  spec: RunSpec;
  space: GenomeSpace;
  evaluator: Evaluator;
  writer: RunWriter;
  /** What an earlier part of this run recorded, whole steps only, and the seconds it took. */
  recorded?: { records: readonly StepRecord[]; seconds: number };
  onProgress?: (progress: Progress) => void;
  /** Told of each candidate that failed. */
  onFailure?: (message: string) => void;
  /** Asked after each step; true ends the run there. */
  interrupted?: () => boolean;
}

export interface LoopResult {
  stopReason: string;
  interrupted: boolean;
  spent: Spent;
  best: Best | null;
}

function strategyModule(spec: RunSpec): StrategyModule {
  return strategies[spec.strategy.name] as unknown as StrategyModule;
}

/** What was told for a recorded step: JSON has no NaN, so what failed stands as null. */
function outcomesOf(record: StepRecord): Outcome[] {
  return record.objective.map((objective, i) => {
    const measures: Record<string, number> = {};
    for (const [name, values] of Object.entries(record.measures)) measures[name] = values[i] ?? Number.NaN;
    return {
      status: objective === null ? 'failed' : 'ok',
      objectives: [objective ?? Number.NaN],
      constraints: [],
      measures,
    };
  });
}

/** The strategy as it stood after the recorded steps: the last snapshot, then what was told since. */
function bringUp(options: LoopOptions, records: readonly StepRecord[]): Strategy {
  const { spec, space, writer } = options;
  const module = strategyModule(spec);
  const { name, ...settings } = spec.strategy;
  const snapshot = records.length > 0 ? writer.loadSnapshot() : undefined;
  // A snapshot of a step whose records were lost is of no use.
  const usable = snapshot && snapshot.step <= records.length ? snapshot : undefined;
  const problem: Problem = { ...space, objectives: 1, constraints: 0 };
  const strategy = usable
    ? resumeStrategy(name, module, problem, settings, usable.strategy)
    : startStrategy(name, module, problem, settings, deriveSeed(spec.seed, 'strategy'));
  for (const record of records.slice(usable?.step ?? 0)) {
    const asked = strategy.ask().length;
    if (asked !== record.objective.length) {
      throw new UserError(
        `The record of step ${record.step} holds ${record.objective.length} candidates where the strategy asked for ` +
          `${asked}: it was changed after it was made. Delete it and all after it from the steps to resume from there.`,
      );
    }
    strategy.tell(outcomesOf(record));
  }
  return strategy;
}

const orNull = (value: number | undefined): number | null =>
  // JSON has no -0: what is told now and what is told after a resume are to be the same.
  value !== undefined && Number.isFinite(value) ? value + 0 : null;

function recordOf(
  step: number,
  evaluations: number,
  results: readonly LifetimeResult[],
  objectives: readonly number[],
): Omit<StepRecord, 'elites'> {
  const names = [...new Set(results.flatMap(({ measures }) => Object.keys(measures)))];
  const failed = results.flatMap(({ status, reason }, i) =>
    status === 'failed' ? [[String(i), reason ?? 'unknown'] as const] : [],
  );
  return {
    step,
    evaluations,
    score: results.map(({ score }) => orNull(score)),
    objective: objectives.map(orNull),
    measures: Object.fromEntries(
      names.map((name) => [name, results.map(({ measures }) => orNull(measures[name]))]),
    ),
    ...(failed.length > 0 ? { failed: Object.fromEntries(failed) } : {}),
  };
}

/**
 * Asks, evaluates, tells and records, step by step, until a budget is reached, the strategy has nothing more to try,
 * or it is interrupted between two steps. The records are the same whatever the evaluator and whatever interrupted the
 * run before.
 */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { spec, space, evaluator, writer } = options;
  const records: StepRecord[] = [...(options.recorded?.records ?? [])];
  const strategy = bringUp(options, records);
  const spent: Spent = {
    evaluations: records.at(-1)?.evaluations ?? 0,
    steps: records.length,
    seconds: options.recorded?.seconds ?? 0,
    bestScore: Number.NEGATIVE_INFINITY,
    idleSteps: 0,
  };
  let best: Best | null = null as Best | null;
  const account = (record: StepRecord): void => {
    const better = betterOf(best, record);
    spent.idleSteps = better === best ? spent.idleSteps + 1 : 0;
    best = better;
    spent.bestScore = best?.score ?? Number.NEGATIVE_INFINITY;
  };
  for (const record of records) account(record);

  const save = (): void => {
    writer.saveSnapshot({ step: records.length, strategy: strategy.snapshot() });
    writer.update({ progress: { steps: records.length, evaluations: spent.evaluations, best } });
  };

  let mark = performance.now();
  let stopReason: string | undefined;
  let interrupted = false;
  for (;;) {
    stopReason = budgetReached(spec.budget, spent) ?? (strategy.stopped && `strategy: ${strategy.stopped}`);
    if (stopReason !== undefined) break;
    if (options.interrupted?.()) {
      interrupted = true;
      stopReason = 'interrupted';
      break;
    }
    const step = records.length;
    const candidates = strategy.ask();
    const results = await evaluator.evaluate(livesOf(spec, step, candidates));
    const objectives = results.map(({ status, score }, i) =>
      status === 'ok' ? objectiveOf(spec.objective, score, candidates[i]!.genome, space.start) : Number.NaN,
    );
    results.forEach(({ reason }, i) => {
      if (reason !== undefined) options.onFailure?.(`step ${step}, candidate ${i}: ${reason}`);
    });
    const ranked = bestFirst(
      objectives.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value)),
    );
    const elites = ranked
      .slice(0, spec.elites)
      .map((index) => ({ index, genome: candidates[index]!.genome }));
    spent.evaluations += candidates.length;
    // From record to record, so that telling and saving count too.
    const seconds = Number(((performance.now() - mark) / 1000).toFixed(4));
    mark = performance.now();
    const record = writer.appendStep(
      recordOf(step, spent.evaluations, results, objectives),
      elites,
      space.start,
      seconds,
    );
    records.push(record);
    account(record);
    strategy.tell(outcomesOf(record));
    spent.steps += 1;
    spent.seconds += seconds;
    if (records.length % spec.snapshotEvery === 0) save();
    options.onProgress?.({
      point: pointOf(record, best),
      spent,
      rate: candidates.length / seconds,
      share: shareSpent(spec.budget, spent),
      failures: Object.keys(record.failed ?? {}).length,
    });
  }
  save();
  return { stopReason, interrupted, spent, best };
}

function livesOf(spec: RunSpec, step: number, candidates: readonly Candidate[]): Life[] {
  return candidates.map(({ genome, fidelity }, index) => ({
    genome,
    seed: deriveSeed(spec.seed, 'lifetime', step, index),
    repeats: Math.max(1, Math.ceil(spec.episodes * fidelity)),
  }));
}
