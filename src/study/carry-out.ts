import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluatorHost } from '../evolve/evaluators/evaluator.js';
import { inLanes } from '../evolve/lanes.js';
import type { Progress } from '../evolve/loop.js';
import { type Execution, programVersion, resumeRun, startRun } from '../evolve/run.js';
import type { RunResult } from '../evolve/run-result.js';
import type { Budget } from '../evolve/run-spec.js';
import { isFields } from '../evolve/settings.js';
import { canonicalJson } from '../spec/canonical.js';
import { UsageError, UserError } from '../spec/errors.js';
import { resultsVersion } from '../store/manifest.js';
import { discardRun, StoredRun } from '../store/run-store.js';
import { type RecordedArm, runFolderOf, runNameOf, StudyWriter } from '../store/study-store.js';
import { hashesOf, resolveArm, type StudyPlan } from './plan.js';
import { parseStudySpec } from './study-spec.js';

/** How far a study has come. */
export interface StudyProgress {
  runs: number;
  ended: number;
  underWay: number;
  /** Evaluations made since it began, or went on. */
  evaluations: number;
  /** Share of all runs' budgets that is used up. */
  share: number;
}

export interface StudyExecution {
  /** Where the lives of all runs are lived; they share it. */
  host: EvaluatorHost;
  /** Runs side by side; one more than there are workers where left out, so that none waits for the last life of a step. */
  atOnce?: number;
  onNotice?: (message: string) => void;
  onProgress?: (progress: StudyProgress) => void;
  interrupted?: () => boolean;
}

/** How a study ended. */
export interface StudyEnd {
  interrupted: boolean;
  /** Runs that broke off or had no life with a score, and why. */
  failed: Record<string, string>;
}

/** What carrying out needs of a plan. */
type Planning = Pick<StudyPlan, 'spec' | 'base' | 'arms' | 'seeds'>;

interface Planned {
  arm: RecordedArm;
  seed: number;
  name: string;
  folder: string;
}

/** Every run of a study, seed by seed, so that what there is of a study that is not done compares its arms evenly. */
export const plannedRuns = (
  folder: string,
  arms: readonly RecordedArm[],
  seeds: readonly number[],
): Planned[] =>
  seeds.flatMap((seed) =>
    arms.map((arm) => ({
      ...{ arm, seed, name: runNameOf(arm.name, seed) },
      folder: runFolderOf(folder, arm.name, seed),
    })),
  );

/** Where runs stand: what there is to do, in order, and how far all of them are. */
class Ledger {
  private readonly shares = new Map<string, number>();
  private readonly counted = new Map<string, number>();
  private evaluations = 0;
  private underWay = 0;
  private ended = 0;

  constructor(
    private readonly runs: number,
    private readonly tell: StudyExecution['onProgress'],
  ) {}

  begin(): void {
    this.underWay += 1;
  }

  /** @param before evaluations that the run had when it was taken up */
  progress(name: string, { spent, share }: Progress, before: number): void {
    this.evaluations += spent.evaluations - (this.counted.get(name) ?? before);
    this.counted.set(name, spent.evaluations);
    this.shares.set(name, share ?? 0);
    this.say();
  }

  end(name: string): void {
    this.underWay -= 1;
    this.ended += 1;
    this.shares.set(name, 1);
    this.say();
  }

  private say(): void {
    const done = [...this.shares.values()].reduce((sum, share) => sum + share, 0);
    const { runs, ended, underWay, evaluations } = this;
    this.tell?.({ runs, ended, underWay, evaluations, share: done / runs });
  }
}

interface Standing {
  status: StoredRun['status'];
  evaluations: number;
  steps: number;
  /** The budget that it was last given. */
  budget: unknown;
}

/** What a stored run was when it was taken up; undefined where it has not begun. */
function standing({ folder }: Planned): Standing | undefined {
  if (!StoredRun.exists(folder)) return undefined;
  const { status, records, manifest } = new StoredRun(folder);
  const evaluations = records.at(-1)?.evaluations ?? 0;
  return { status, evaluations, steps: records.length, budget: manifest.spec.budget };
}

/** Whether a run has used up the budget that it is to have now. */
const isSpent = (at: Standing, budget: Budget) =>
  at.evaluations >= (budget.evaluations ?? Number.POSITIVE_INFINITY) ||
  at.steps >= (budget.generations ?? Number.POSITIVE_INFINITY);

/** The budget that a run is to have now, where that is more than it was last given: the study's may have grown since. */
function growthOf(at: Standing, { arm }: Planned, { spec }: Pick<Planning, 'spec'>): Budget | undefined {
  const wanted = (arm.budget ?? spec.budget ?? undefined) as Budget | undefined;
  const grown = wanted !== undefined && canonicalJson(at.budget) !== canonicalJson(wanted);
  return grown && !isSpent(at, wanted) ? wanted : undefined;
}

/** Whether there is nothing to do of a run. */
function isOver(run: Planned, plan: Pick<Planning, 'spec'>): boolean {
  const at = standing(run);
  return at?.status === 'finished' && growthOf(at, run, plan) === undefined;
}

/** @throws UserError where the run would not be the one that was planned */
async function begin(plan: Planning, run: Planned, execution: Execution): Promise<RunResult> {
  const resolved = await resolveArm(plan, run.arm, run.seed);
  const { hash, settings } = hashesOf(resolved.spec);
  if (settings !== run.arm.settings || (run.seed === plan.seeds[0] && hash !== run.arm.hash)) {
    throw new UserError(
      `The arm "${run.arm.name}" would not be the one that the study planned: a file that it names (a connectome, a ` +
        'genome spec, a module) was changed since. Put it back, or start a new study.',
    );
  }
  return startRun(resolved, join(run.folder, '..'), run.name, execution);
}

/** Why a run has no champion; undefined where it has one, or was interrupted. */
const failureOf = ({ best, stopReason, failures }: RunResult): string | undefined =>
  best === null && stopReason !== 'interrupted' ? (failures?.[0]?.reason ?? stopReason) : undefined;

/**
 * Carries out what is left of a study, several runs side by side on one host. A run that fails is noted, and the others
 * go on. Whatever stops it, it goes on later as if it had not been stopped, to the bit.
 */
async function carryOut(
  writer: StudyWriter,
  plan: Planning,
  { host, onNotice, onProgress, interrupted = () => false, atOnce }: StudyExecution,
): Promise<StudyEnd> {
  const planned = plannedRuns(writer.folder, plan.arms, plan.seeds);
  const ledger = new Ledger(planned.length, onProgress);
  const failed = new Map<string, string>();
  /** Runs that are to go on later. */
  const open = new Set(planned.map(({ name }) => name));
  const note = (name: string, reason: string) => {
    failed.set(name, reason);
    writer.update({ failed: Object.fromEntries([...failed].sort(([a], [b]) => (a < b ? -1 : 1))) });
    onNotice?.(`${name} failed: ${reason}`);
  };

  /** Lives what is left of a run. @returns whether it was interrupted */
  async function live(run: Planned, widen: () => void): Promise<boolean> {
    const before = standing(run);
    const budget = before && growthOf(before, run, plan);
    if (before?.status === 'finished' && budget === undefined) return false;
    const execution: Execution = {
      ...{ workers: host.workers, host, interrupted },
      onNotice: (message) => onNotice?.(`${run.name}: ${message}`),
      onProgress: (progress) => {
        ledger.progress(run.name, progress, before?.evaluations ?? 0);
        widen();
      },
    };
    // A folder without a manifest was left by a process that was killed as the run began.
    if (!before && existsSync(run.folder)) discardRun(run.folder);
    const result = before
      ? await resumeRun(run.folder, budget, execution)
      : await begin(plan, run, execution);
    const reason = failureOf(result);
    if (reason !== undefined) note(run.name, reason);
    return result.stopReason === 'interrupted';
  }

  // Workers may join while the study runs: then more runs go side by side.
  await inLanes(
    planned,
    () => atOnce ?? host.workers + 1,
    async (run, widen) => {
      if (interrupted()) return;
      ledger.begin();
      try {
        if (!(await live(run, widen))) open.delete(run.name);
      } catch (error) {
        note(run.name, (error as Error).message);
        open.delete(run.name);
      }
      ledger.end(run.name);
    },
  );
  return { interrupted: open.size > 0, failed: Object.fromEntries(failed) };
}

async function toTheEnd(writer: StudyWriter, plan: Planning, execution: StudyExecution): Promise<StudyEnd> {
  try {
    const end = await carryOut(writer, plan, execution);
    writer.update({ status: end.interrupted ? 'interrupted' : 'finished' });
    return end;
  } finally {
    writer.close();
  }
}

/** Starts a study in a folder of its own. */
export function startStudy(
  plan: Planning,
  { folder, study }: { folder: string; study: string },
  execution: StudyExecution,
): Promise<StudyEnd> {
  const now = new Date().toISOString();
  const writer = StudyWriter.create(folder, {
    format: 'baldwin-study-record/1',
    ...{ study, program: programVersion, resultsVersion, status: 'running', started: now, updated: now },
    ...{ source: plan.base.path, recorded: plan.base.recorded },
    spec: { ...plan.spec, base: plan.base.value },
    ...{ seeds: plan.seeds, arms: plan.arms, failed: {} },
  });
  return toTheEnd(writer, plan, execution);
}

/** Names of the runs that a study lacks: those that are to go on, and those that failed, which are tried again. */
export const runsLeft = (folder: string, plan: Pick<Planning, 'arms' | 'seeds' | 'spec'>): string[] =>
  plannedRuns(folder, plan.arms, plan.seeds)
    .filter((run) => !isOver(run, plan))
    .map(({ name }) => name);

/** @throws UsageError for a budget that would leave a run with less than it has made already */
function refuseSmaller(runs: readonly Planned[], { evaluations, generations }: Budget): void {
  const made = runs.flatMap((run) => standing(run) ?? []);
  const most = {
    evaluations: Math.max(0, ...made.map((run) => run.evaluations)),
    generations: Math.max(0, ...made.map((run) => run.steps)),
  };
  for (const [name, given] of Object.entries({ evaluations, generations })) {
    const has = most[name as keyof typeof most];
    if (given === undefined || given >= has) continue;
    throw new UsageError(
      `--${name}: runs of the study have made ${has} already: a budget of ${given} would compare less than there is. ` +
        `Give ${has} or more.`,
    );
  }
}

/** What a study that goes on is to have otherwise. */
export interface StudyChange {
  /** In place of every run's. */
  budget?: Budget | undefined;
  /** The seeds that it is to have, those it has among them. */
  seeds?: readonly number[] | undefined;
}

/** Goes on with a study that was interrupted or killed, or that is to have more seeds or a larger budget. */
export function resumeStudy(
  folder: string,
  { budget, seeds: wanted = [] }: StudyChange,
  execution: StudyExecution,
): Promise<StudyEnd> {
  const writer = StudyWriter.reopen(folder);
  try {
    const { record } = writer;
    const { base, ...rest } = parseStudySpec(record.spec, join(folder, 'study.json: spec'));
    const spec = { ...rest, base, ...(budget ? { budget } : {}) };
    const seeds = [...record.seeds, ...wanted.filter((seed) => !record.seeds.includes(seed))];
    const arms = budget ? record.arms.map((arm) => ({ ...arm, budget: null })) : record.arms;
    if (budget) refuseSmaller(plannedRuns(folder, arms, seeds), budget);
    writer.update({ status: 'running', spec, seeds, arms, failed: {} });
    const plan: Planning = {
      ...{ spec, seeds, arms },
      base: { path: record.source, value: isFields(base) ? base : {}, recorded: record.recorded },
    };
    return toTheEnd(writer, plan, execution);
  } catch (error) {
    writer.close();
    throw error;
  }
}
