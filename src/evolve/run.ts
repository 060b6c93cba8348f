import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { canonicalHash } from '../spec/canonical.js';
import { UsageError } from '../spec/errors.js';
import { packageRoot } from '../spec/library.js';
import { type Lineage, type Manifest, resultsVersion } from '../store/manifest.js';
import { discardRun, newRunFolder, RunWriter, runFiles, StoredRun } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { budgetReached } from './budget.js';
import { describeChampion } from './champion.js';
import type { Evaluator, EvaluatorHost } from './evaluators/evaluator.js';
import { localHost } from './evaluators/local.js';
import { type Remembering, remembering } from './evaluators/remembering.js';
import { summaryOf } from './kept-archive.js';
import { asRecorded, livedIn } from './lived-memory.js';
import { type LoopOptions, runLoop } from './loop.js';
import { referenceOf } from './recorded.js';
import { ceilingOf, chanceOf, freshScore, heldOutCeilingOf, scoreGenome } from './reference-scores.js';
import { planNotice, type ResolvedRun } from './resolve.js';
import type { ReferenceScores, RunResult } from './run-result.js';
import { type Budget, outcomeHashOf, type RunSpec } from './run-spec.js';
import { storedHabitat } from './stored-spec.js';
import { championOf, validated } from './validation.js';

/** Version of the program, as recorded in runs. */
export const programVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

export interface Execution {
  /** Threads; 1 lives in this one. */
  workers: number;
  /** Where lives are lived, in place of these threads: whoever gives it closes it. It changes no result. */
  host?: EvaluatorHost;
  onStart?: (info: {
    run: string;
    folder: string;
    spec: RunSpec;
    habitat: Habitat;
    reference: ReferenceScores;
  }) => void;
  onNotice?: (message: string) => void;
  onProgress?: LoopOptions['onProgress'];
  onLives?: LoopOptions['onLives'];
  interrupted?: () => boolean;
}

/** The manifest of a run that begins. @param lineage where it branches from another */
export function newManifest(
  run: string,
  spec: RunSpec,
  habitat: Habitat,
  reference: ReferenceScores,
  lineage?: Lineage,
): Manifest {
  const now = new Date().toISOString();
  return {
    format: 'baldwin-run-record/1',
    run,
    program: programVersion,
    resultsVersion,
    status: 'running',
    started: now,
    updated: now,
    spec: spec as unknown as Record<string, unknown>,
    ...(lineage ? { lineage } : {}),
    hashes: {
      outcome: outcomeHashOf(spec, lineage),
      connectome: habitat.setup.connectome.hash,
      genomeSpec: canonicalHash(spec.genome),
    },
    progress: { steps: 0, evaluations: 0, best: null },
    reference: reference as unknown as Record<string, unknown>,
    result: null,
  };
}

/** An execution whose host is settled. */
export type Hosted = Execution & { host: EvaluatorHost };

/** Work on the host that was given, or on one of this machine's that ends with it. */
export async function hosted<Result>(
  execution: Execution,
  work: (execution: Hosted) => Promise<Result>,
): Promise<Result> {
  const { host, workers, onNotice } = execution;
  if (host) return work({ ...execution, host });
  const own = localHost(workers, onNotice);
  try {
    return await work({ ...execution, host: own });
  } finally {
    await own.close();
  }
}

/** Starts a run in a folder of its own under `root`. */
export const startRun = (
  resolved: ResolvedRun,
  root: string,
  name: string,
  execution: Execution,
): Promise<RunResult> => hosted(execution, (on) => begin(resolved, root, name, on));

async function begin(
  { spec, habitat, connectomeText }: ResolvedRun,
  root: string,
  name: string,
  execution: Hosted,
): Promise<RunResult> {
  const reference = await referenceScores(spec, habitat, execution);
  const { run, folder } = newRunFolder(root, name);
  if (run !== name) execution.onNotice?.(`There is a run ${name} already: this one is ${run}.`);
  const manifest = newManifest(run, spec, habitat, reference);
  let writer: RunWriter;
  try {
    writer = RunWriter.create(folder, manifest, connectomeText);
  } catch (error) {
    discardRun(folder);
    throw error;
  }
  execution.onStart?.({ run, folder, spec, habitat, reference });
  return carryOut(writer, spec, habitat, execution, undefined);
}

/**
 * A budget that a run has used up already would end it here, and leave less in its record than it had.
 * @param advice what to do, in words
 */
export function refuseSpent(
  run: string,
  budget: Budget,
  records: readonly StepRecord[],
  seconds: number,
  advice: string,
): void {
  const { evaluations, generations, seconds: most } = budget;
  const spent = {
    ...{ evaluations: records.at(-1)?.evaluations ?? 0, steps: records.length, seconds },
    ...{ bestScore: Number.NEGATIVE_INFINITY, idleSteps: 0 },
  };
  const reached = budgetReached({ evaluations, generations, seconds: most }, spent);
  if (reached === undefined) return;
  throw new UsageError(
    `The run ${run} has used up this budget already (${reached}): there is nothing to do. ${advice}`,
  );
}

/**
 * Goes on with a run that was interrupted or killed, or that is to have a larger budget, from its last whole step.
 * The outcome is the same, to the bit, as if it had never stopped.
 */
export async function resumeRun(
  folder: string,
  budget: Budget | undefined,
  execution: Execution,
): Promise<RunResult> {
  const { writer, records, notices, seconds, reused } = RunWriter.reopen(folder);
  let resumed: Awaited<ReturnType<typeof storedHabitat>>;
  let reference: ReferenceScores;
  try {
    resumed = await storedHabitat(writer.manifest, folder);
    reference = referenceOf(writer.manifest);
    if (budget)
      refuseSpent(
        writer.manifest.run,
        budget,
        records,
        seconds,
        'Its own budget stays. Give a larger one, or none to go on with its own.',
      );
  } catch (error) {
    writer.close();
    throw error;
  }
  const { habitat } = resumed;
  const spec: RunSpec = budget ? { ...resumed.spec, budget } : resumed.spec;
  const lost = writer.manifest.progress.steps - records.length;
  if (lost > 0)
    notices.push(
      `${lost} steps that were recorded are gone from ${runFiles.steps}; they are evaluated again.`,
    );
  for (const notice of [...notices, ...planNotice(spec, true)]) execution.onNotice?.(notice);
  // What is recorded stays as it was made, without options that came into being since.
  const recorded = { ...writer.manifest.spec, budget: spec.budget };
  writer.update({ status: 'running', spec: recorded, result: null });
  execution.onStart?.({ run: writer.manifest.run, folder, spec, habitat, reference });
  return hosted(execution, (on) => carryOut(writer, spec, habitat, on, { records, seconds, reused }));
}

export async function referenceScores(
  spec: RunSpec,
  habitat: Habitat,
  { host, onNotice }: Hosted,
): Promise<ReferenceScores> {
  const { start } = habitat.space;
  const { score, measures, reason } = scoreGenome(habitat, start, seeds.untrained(spec.seed, spec.seeds), {
    repeats: spec.episodes,
  });
  if (reason !== undefined)
    onNotice?.(`The untrained start fails: ${reason}. It has no score to compare with.`);
  const heldOutCeiling = heldOutCeilingOf(habitat);
  return {
    untrained: { score, measures, fresh: await freshScore(spec, habitat, start, host) },
    chance: await chanceOf(habitat, spec.seed),
    ceiling: ceilingOf(habitat),
    ...(heldOutCeiling ? { heldOutCeiling } : {}),
  };
}

/** Leaves in the run's record why it broke off; where that cannot be written either, the first error is the one to tell. */
function recordFailure(writer: RunWriter, error: unknown): void {
  try {
    writer.update({ status: 'failed', result: { stopReason: (error as Error).message, best: null } });
  } catch {
    // Without it, the run counts as interrupted.
  }
}

/** What lives are known, and of whom: where they depend on the genome alone, nothing is lived twice. */
function withMemory(
  living: Evaluator,
  { seeds: mode, reuse }: RunSpec,
  { space }: Habitat,
  records: readonly StepRecord[],
  lineage: Lineage | undefined,
): Evaluator & Partial<Remembering> {
  if (mode !== 'common') return living;
  if (reuse === undefined) return remembering(living, space.sayingOf);
  // A branch in which something else is scored has lived nothing yet.
  const isAnew = lineage?.anew === true && lineage.step === records.length;
  const alike = (genome: Readonly<Float64Array>) => space.likenessOf(genome, reuse);
  return remembering(asRecorded(living), alike, isAnew ? [] : livedIn(records));
}

export async function carryOut(
  writer: RunWriter,
  spec: RunSpec,
  habitat: Habitat,
  execution: Hosted,
  earlier: LoopOptions['recorded'],
): Promise<RunResult> {
  const { host } = execution;
  const living = host.evaluatorOf(habitat);
  const evaluator = withMemory(living, spec, habitat, earlier?.records ?? [], writer.manifest.lineage);
  try {
    const { stopReason, interrupted, spent, best, failures, reused, fell, archive } = await runLoop({
      spec,
      habitat,
      evaluator,
      writer,
      lineage: writer.manifest.lineage,
      ...(earlier ? { recorded: earlier } : {}),
      ...(execution.onProgress ? { onProgress: execution.onProgress } : {}),
      ...(execution.onLives ? { onLives: execution.onLives } : {}),
      ...(execution.onNotice ? { onFailure: execution.onNotice, onNotice: execution.onNotice } : {}),
      ...(execution.interrupted ? { interrupted: execution.interrupted } : {}),
    });
    const { validation: asked } = spec;
    if (asked && best && interrupted)
      execution.onNotice?.('The champion is not validated yet: that is done when the run ends.');
    const stored = new StoredRun(writer.folder);
    const validation =
      best && asked && !interrupted
        ? await validated({ ...spec, validation: asked }, habitat, stored, execution)
        : undefined;
    const chosen = validation ? championOf(stored, validation) : best;
    const champion = chosen && (await describeChampion(spec, habitat, { writer, stored }, chosen, host));
    const result: RunResult = {
      run: writer.manifest.run,
      path: writer.folder,
      evaluations: spent.evaluations,
      generations: spent.steps,
      seconds: spent.seconds,
      best: champion,
      championHash: champion?.hash ?? null,
      stopReason,
      ...(failures.length > 0 ? { failures } : {}),
      ...(reused > 0 ? { reused } : {}),
      ...(fell > 0 ? { fell } : {}),
      ...(validation ? { validation } : {}),
      ...(archive ? { archive: summaryOf(archive) } : {}),
      reference: referenceOf(writer.manifest),
    };
    // A run may be moved: where it stands is not part of its record.
    const { path: _path, ...recorded } = result;
    const ended = champion === null ? 'failed' : 'finished';
    writer.update({ status: interrupted ? 'interrupted' : ended, result: recorded });
    return result;
  } catch (error) {
    recordFailure(writer, error);
    throw error;
  } finally {
    await evaluator.close();
    writer.close();
  }
}
