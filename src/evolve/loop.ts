import { type ArchiveFigures, archiveFigures } from '../archives/elites.js';
import type { Habitat } from '../evaluate/habitat.js';
import type { LifetimeResult } from '../evaluate/lives.js';
import { seeds } from '../evaluate/seeds.js';
import { partOf } from '../spec/parts/part.js';
import type { Lineage } from '../store/manifest.js';
import type { RunWriter } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { strategyParts } from '../strategies/parts.js';
import type { Candidate, KeptArchive } from '../strategies/strategy.js';
import { toldBehaviour } from '../strategies/takes.js';
import { budgetReached, type Spent, shareSpent } from './budget.js';
import { excess } from './constraints.js';
import type { Evaluator, Life } from './evaluators/evaluator.js';
import type { Remembering } from './evaluators/remembering.js';
import { FailureCount, type Failures } from './failures.js';
import { type HistoryPoint, pointOf } from './history.js';
import { type LivedStep, livedOverHurdle, livedWhole } from './hurdle.js';
import { betterOf, type Contender, recordedBest, storedOrder } from './incumbent.js';
import { storedLife } from './lived-memory.js';
import { judged, objectivesOf, type RunObjective } from './objectives.js';
import { OutOfPlace } from './out-of-place.js';
import type { RunSpec } from './run-spec.js';
import { SnapshotPace } from './snapshot-pace.js';
import { outcomesOf, strategyAfter } from './strategy-state.js';

export interface Progress {
  point: HistoryPoint;
  spent: Spent;
  /** Lifetimes a second in this step. */
  rate: number;
  /** Share of the budget used, where it can be told. */
  share: number | undefined;
  failures: number;
  /** The archive, where the strategy keeps one. */
  archive?: ArchiveFigures;
}

/** How far a step has come. */
export interface StepUnderWay {
  step: number;
  lived: number;
  candidates: number;
}

export interface LoopOptions {
  spec: RunSpec;
  habitat: Pick<Habitat, 'space' | 'task'>;
  evaluator: Evaluator & Partial<Pick<Remembering, 'known' | 'takeLived'>>;
  writer: RunWriter;
  /** What an earlier part of this run recorded, whole steps only, and the seconds it took. */
  recorded?: { records: readonly StepRecord[]; seconds: number; reused?: number };
  /** Of a run that branched from another: where. */
  lineage?: Lineage | undefined;
  onProgress?: (progress: Progress) => void;
  /** Told within a step how many of its candidates have lived. */
  onLives?: (lives: StepUnderWay) => void;
  /** Told of what the user may not expect. */
  onNotice?: (message: string) => void;
  /** Told of each reason for which candidates fail, once: how often is in the result. */
  onFailure?: (message: string) => void;
  /** Asked after each step; true ends the run there. */
  interrupted?: () => boolean;
}

export interface LoopResult {
  stopReason: string;
  interrupted: boolean;
  spent: Spent;
  best: Contender | null;
  /** Candidates that failed by their reasons; empty where none did. */
  failures: Failures[];
  /** Candidates that said what another had said, and were not lived again. */
  reused: number;
  /** Candidates that fell at the hurdle. */
  fell: number;
  /** What the strategy keeps by what candidates do. */
  archive: KeptArchive | undefined;
}

const orNull = (value: number | undefined): number | null =>
  // JSON has no -0: what is told now and what is told after a resume are to be the same.
  value !== undefined && Number.isFinite(value) ? value + 0 : null;

const none: ReadonlySet<number> = new Set();

/** What a step's lives came to: one value a candidate in each list, NaN where it failed. */
interface Judgement {
  /** `[objectives][candidates]` */
  objectives: number[][];
  /** `[constraints][candidates]` */
  constraints: number[][];
  /** Why candidates failed, by index. */
  failed: Record<string, string>;
}

function judge(
  { spec, habitat }: LoopOptions,
  objectives: readonly RunObjective[],
  candidates: readonly Candidate[],
  results: readonly LifetimeResult[],
  fell: ReadonlySet<number> = none,
): Judgement {
  const lives = results.map((result, i) =>
    result.status === 'ok' && !fell.has(i) ? judged(result, candidates[i]!.genome, habitat.space) : undefined,
  );
  const limits = spec.constraints ?? [];
  const beyond = lives.map((life) => (life ? excess(limits, life) : limits.map(() => Number.NaN)));
  const values = objectives.map(({ value }) => lives.map((life) => (life ? value(life) : Number.NaN)));
  const failed = results.flatMap(({ status, reason }, i) => {
    if (fell.has(i)) return [];
    if (status === 'failed') return [[String(i), reason ?? 'unknown'] as const];
    const unfit = objectives.findIndex((_, objective) => !Number.isFinite(values[objective]![i]));
    return unfit < 0
      ? []
      : [[String(i), `the objective "${objectives[unfit]!.name}" is ${values[unfit]![i]}`] as const];
  });
  return {
    failed: Object.fromEntries(failed),
    objectives: values,
    constraints: limits.map((_, limit) => beyond.map((excesses) => excesses[limit]!)),
  };
}

function recordOf(
  step: number,
  evaluations: number,
  results: readonly LifetimeResult[],
  names: readonly string[],
  { objectives, constraints, failed }: Judgement,
  fell: ReadonlySet<number> = none,
): Omit<StepRecord, 'elites'> {
  const whole = <Value>(index: number, value: Value) => (fell.has(index) ? null : value);
  const measures = [...new Set(results.flatMap((result) => Object.keys(result.measures)))];
  const several =
    names.length > 1
      ? { objectives: names.map((name, i) => ({ name, values: objectives[i]!.map(orNull) })) }
      : {};
  return {
    step,
    evaluations,
    score: results.map(({ score }, i) => whole(i, orNull(score))),
    objective: objectives[0]!.map(orNull),
    ...several,
    ...(constraints.length > 0 ? { constraints: constraints.map((values) => values.map(orNull)) } : {}),
    measures: Object.fromEntries(
      measures.map((name) => [name, results.map((result, i) => whole(i, orNull(result.measures[name])))]),
    ),
    ...(Object.keys(failed).length > 0 ? { failed } : {}),
    ...(fell.size > 0
      ? { fell: Object.fromEntries([...fell].map((i) => [String(i), orNull(results[i]!.score)])) }
      : {}),
  };
}

/** What a strategy that tells candidates apart by what they do is told beside their measures. */
function behaviourIn(
  results: readonly LifetimeResult[],
  fell: ReadonlySet<number>,
): Record<string, (number | null)[]> {
  const values = results.map(({ behaviour, energy }) => ({ ...behaviour, energy }) as Record<string, number>);
  const names = [...new Set(values.flatMap(Object.keys))];
  return Object.fromEntries(
    names.map((name) => [name, values.map((life, i) => (fell.has(i) ? null : orNull(life[name])))]),
  );
}

/**
 * Asks, evaluates, tells and records, step by step, until a budget is reached, the strategy has nothing more to try,
 * or it is interrupted between two steps. The records are the same whatever the evaluator and whatever interrupted the
 * run before.
 */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const { spec, habitat, evaluator, writer, lineage } = options;
  const records: StepRecord[] = [...(options.recorded?.records ?? [])];
  const strategy = strategyAfter(records, {
    spec,
    habitat,
    states: [writer.loadSnapshot(), writer.loadBranchPoint()],
    from: lineage?.step,
  });
  const tellsBehaviour = toldBehaviour(partOf(strategyParts, spec.strategy), spec.strategy);
  const outOfPlace = new OutOfPlace();
  const objectives = objectivesOf(spec.objective);
  const names = objectives.map(({ name }) => name);
  const spent: Spent = {
    evaluations: records.at(-1)?.evaluations ?? 0,
    steps: records.length,
    seconds: options.recorded?.seconds ?? 0,
    bestScore: Number.NEGATIVE_INFINITY,
    idleSteps: 0,
  };
  let best: Contender | null = null as Contender | null;
  const failures = new FailureCount();
  let fell = 0;
  let reused = options.recorded?.reused ?? 0;
  const account = (record: StepRecord): Failures[] => {
    const better = betterOf(best, record);
    spent.idleSteps = better === best ? spent.idleSteps + 1 : 0;
    best = better;
    // A target is reached by a life that keeps to the limits.
    spent.bestScore = best?.violation === 0 ? best.score : Number.NEGATIVE_INFINITY;
    fell += Object.keys(record.fell ?? {}).length;
    return failures.add(record);
  };
  for (const record of records) account(record);
  /** Whether the next step is the first in which something else is scored. */
  const isAnew = () => lineage?.anew === true && lineage.step === records.length;
  if (isAnew()) {
    best = null;
    spent.bestScore = Number.NEGATIVE_INFINITY;
    spent.idleSteps = 0;
  }

  const pace = new SnapshotPace(spec.snapshotEvery);
  /** Takes down how the run stands; what it gives stores that. */
  const takeDown = (): (() => void) => {
    pace.begin();
    const store = pace.during(() =>
      writer.takeSnapshot({ step: records.length, strategy: strategy.snapshot() }),
    );
    const progress = {
      ...{ steps: records.length, evaluations: spent.evaluations },
      best: best && recordedBest(best),
    };
    return () =>
      pace.during(() => {
        store();
        writer.update({ progress });
      });
  };
  /** Stored while the next step is lived, so that nobody waits for the disk. */
  let save: (() => void) | undefined;

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
    announceLongStep(options, spent.evaluations, candidates.length);
    let lived = 0;
    const lives = asLives(spec, step, candidates);
    const living = livedStep(options, candidates, lives, (more) => {
      lived += more;
      options.onLives?.({ step, lived, candidates: candidates.length });
    });
    const { results, fell: fallen, reused: known } = await beside(living, save);
    save = undefined;
    spent.evaluations += candidates.length;
    // From record to record, so that telling and saving count too.
    const seconds = Number(((performance.now() - mark) / 1000).toFixed(4));
    mark = performance.now();
    const judgement = judge(options, objectives, candidates, results, fallen);
    const partly = lives.flatMap(({ repeats }, i) => (repeats < spec.episodes ? [i] : []));
    const remembered = evaluator.takeLived?.() ?? [];
    const judgedStep = {
      ...recordOf(step, spent.evaluations, results, names, judgement, fallen),
      ...(tellsBehaviour ? { behaviour: behaviourIn(results, fallen) } : {}),
      ...(partly.length > 0 ? { partly } : {}),
      ...(spec.reuse ? { lived: remembered.map(storedLife) } : {}),
      ...(isAnew() ? { anew: true as const } : {}),
    };
    const elites = storedOrder({ ...judgedStep, elites: [] })
      .slice(0, spec.elites)
      .map((index) => ({ index, genome: candidates[index]!.genome }));
    reused += known;
    const record = writer.appendStep(judgedStep, elites, habitat.space.start, { seconds, reused: known });
    records.push(record);
    for (const { reason, count } of account(record)) {
      options.onFailure?.(`step ${step}: ${count} of ${candidates.length} candidates failed: ${reason}`);
    }
    strategy.tell(outcomesOf(record));
    for (const notice of outOfPlace.notices(strategy.archive)) options.onNotice?.(notice);
    spent.steps += 1;
    spent.seconds += seconds;
    if (pace.isDue(records.length)) save = takeDown();
    options.onProgress?.({
      point: pointOf(record, best),
      spent,
      rate: candidates.length / seconds,
      share: shareSpent(spec.budget, spent),
      failures: Object.keys(record.failed ?? {}).length,
      ...(strategy.archive
        ? { archive: archiveFigures(strategy.archive.elites, strategy.archive.offset) }
        : {}),
    });
  }
  takeDown()();
  if (!interrupted) announceInjectedLeft(options, strategy.injectedLeft);
  return {
    stopReason,
    interrupted,
    spent,
    best,
    failures: failures.groups(),
    reused,
    fell,
    archive: strategy.archive,
  };
}

/** Lives a step, over the hurdle where the run has one: those pass that stand first by what they reached so far. */
function livedStep(
  options: LoopOptions,
  candidates: readonly Candidate[],
  lives: readonly Life[],
  onLived: (more: number) => void,
): Promise<LivedStep> {
  const { spec, evaluator } = options;
  const step = { evaluator, lives, onLived };
  if (!spec.hurdle) return livedWhole(step);
  const objectives = objectivesOf(spec.objective);
  const names = objectives.map(({ name }) => name);
  return livedOverHurdle(step, spec.hurdle, (results) => {
    const judgement = judge(options, objectives, candidates, results);
    const order = storedOrder({ ...recordOf(0, 0, results, names, judgement), elites: [] });
    return order.filter((index) => judgement.failed[String(index)] === undefined);
  });
}

/** What lives come to, with something done while they are lived. Where that fails, nobody waits for them. */
async function beside<Result>(living: Promise<Result>, work: (() => void) | undefined): Promise<Result> {
  try {
    work?.();
  } catch (error) {
    living.catch(() => {});
    throw error;
  }
  return living;
}

/** A step is always finished, also where it goes beyond the budget: by more than a tenth of that, it is said. */
function announceLongStep({ spec, onNotice }: LoopOptions, spent: number, candidates: number): void {
  const { evaluations } = spec.budget;
  if (evaluations === undefined || spent + candidates <= 1.1 * evaluations) return;
  const left = evaluations - spent;
  onNotice?.(
    `A step of ${spec.strategy.name} has ${candidates} candidates, and ` +
      `${left === evaluations ? `the budget is ${evaluations}` : `${left} of the budget of ${evaluations} are left`}: the step is ` +
      'finished, and the run ends after it.',
  );
}

/** Genomes from outside for which no step came. */
function announceInjectedLeft({ spec, onNotice }: LoopOptions, left: number): void {
  if (left === 0) return;
  onNotice?.(
    `${left} of ${spec.injected?.length ?? 0} genomes from outside were not lived: they take half of a step at most, and the run ended ` +
      'before their step. Give it more evaluations.',
  );
}

function asLives(spec: RunSpec, step: number, candidates: readonly Candidate[]): Life[] {
  return candidates.map(({ genome, fidelity }, index) => ({
    genome,
    seed: seeds.lifetime(spec.seed, step, index, spec.seeds),
    repeats: Math.max(1, Math.ceil(spec.episodes * fidelity)),
  }));
}
