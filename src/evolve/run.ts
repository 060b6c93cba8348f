import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connectome } from '../connectome/connectome.js';
import { parseConnectome } from '../connectome/load.js';
import { noConnectome } from '../connectome/none.js';
import { LifetimeRunner, type LifetimeSetup } from '../evaluate/lifetime.js';
import { formatGenomeFile, genomeHash } from '../genome/genome-file.js';
import type { GenomeSpace } from '../genome/space.js';
import { loadAssembler } from '../kernel/assemble.js';
import { deriveSeed } from '../math/seed.js';
import { canonicalHash } from '../spec/canonical.js';
import { UserError } from '../spec/errors.js';
import { readTextFile } from '../spec/json-file.js';
import { packageRoot } from '../spec/library.js';
import { type Best, type Manifest, resultsVersion } from '../store/manifest.js';
import { discardRun, newRunFolder, RunWriter, runFiles, StoredRun } from '../store/run-store.js';
import { bringsNetwork } from '../tasks/table.js';
import { type Evaluator, inProcessEvaluator } from './evaluator.js';
import { type LoopOptions, runLoop } from './loop.js';
import { genesChanged } from './objective.js';
import { poolEvaluator } from './pool.js';
import { referenceOf } from './recorded.js';
import {
  type Chance,
  ceilingOf,
  chanceOf,
  type FreshScore,
  freshScore,
  scoreGenome,
} from './reference-scores.js';
import type { ResolvedRun } from './resolve.js';
import { type Budget, outcomeHash, parseRunSpec, type RunSpec, setupOf } from './run-spec.js';

/** Version of the program, as recorded in runs. */
export const programVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

/** What stands beside every score of a run. */
export interface ReferenceScores {
  /** The start, before any evolution; `fresh` is scored on the same seeds as the champion's. */
  untrained: { score: number; measures: Readonly<Record<string, number>>; fresh: FreshScore };
  chance: Chance;
  ceiling: { score: number; about: string };
}

export interface Champion extends Best {
  /** Scored again on fresh seeds. */
  fresh: FreshScore;
  measures: Readonly<Record<string, number>>;
  /** Scores on scenarios that evolution never saw; absent where none were held out. */
  heldOut?: { score: number; measures: Readonly<Record<string, number>>; untrained: number };
  genesChanged: number;
  /** Euclidean distance from the start, in the unit of the search's coordinates. */
  l2: number;
  hash: string;
}

export interface RunResult {
  run: string;
  path: string;
  evaluations: number;
  generations: number;
  seconds: number;
  best: Champion | null;
  championHash: string | null;
  stopReason: string;
  reference: ReferenceScores;
}

export interface Execution {
  /** Threads; 1 lives in this one. */
  workers: number;
  onStart?: (info: { run: string; folder: string; spec: RunSpec; reference: ReferenceScores }) => void;
  onNotice?: (message: string) => void;
  onProgress?: LoopOptions['onProgress'];
  interrupted?: () => boolean;
}

function makeEvaluator(setup: LifetimeSetup, execution: Execution): Evaluator {
  if (execution.workers === 1) return inProcessEvaluator(setup);
  return poolEvaluator(setup, {
    workers: execution.workers,
    onWorkerDeath: (message) =>
      execution.onNotice?.(`A worker died (${message}); its work is done again on a new one.`),
  });
}

/** Starts a run in a folder of its own under `root`. */
export async function startRun(
  { spec, connectome, connectomeText }: ResolvedRun,
  root: string,
  name: string,
  execution: Execution,
): Promise<RunResult> {
  await loadAssembler();
  const setup = setupOf(spec, connectome);
  const runner = new LifetimeRunner(setup);
  const reference = referenceScores(spec, setup, runner.space);
  const { run, folder } = newRunFolder(root, name);
  const now = new Date().toISOString();
  const manifest: Manifest = {
    format: 'baldwin-run-record/1',
    run,
    program: programVersion,
    resultsVersion,
    status: 'running',
    started: now,
    updated: now,
    spec: spec as unknown as Record<string, unknown>,
    hashes: {
      outcome: outcomeHash(spec),
      connectome: connectome.hash,
      genomeSpec: canonicalHash(spec.genome),
    },
    progress: { steps: 0, evaluations: 0, best: null },
    reference: reference as unknown as Record<string, unknown>,
    result: null,
  };
  let writer: RunWriter;
  try {
    writer = RunWriter.create(folder, manifest, connectomeText);
  } catch (error) {
    discardRun(folder);
    throw error;
  }
  execution.onStart?.({ run, folder, spec, reference });
  return carryOut(writer, spec, connectome, execution, undefined);
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
  await loadAssembler();
  const { writer, records, notices, seconds } = RunWriter.reopen(folder);
  let resumed: ReturnType<typeof specOf>;
  let reference: ReferenceScores;
  try {
    resumed = specOf(writer.manifest, folder);
    reference = referenceOf(writer.manifest);
  } catch (error) {
    writer.close();
    throw error;
  }
  const { connectome } = resumed;
  const spec: RunSpec = budget ? { ...resumed.spec, budget } : resumed.spec;
  const lost = writer.manifest.progress.steps - records.length;
  if (lost > 0)
    notices.push(`${lost} steps that were recorded are gone from ${runFiles.steps}: evaluated again.`);
  for (const notice of notices) execution.onNotice?.(notice);
  writer.update({ status: 'running', spec: spec as unknown as Record<string, unknown>, result: null });
  execution.onStart?.({ run: writer.manifest.run, folder, spec, reference });
  return carryOut(writer, spec, connectome, execution, { records, seconds });
}

/** The spec of a stored run and the connectome it was made with, checked against the hashes in its manifest. */
export function specOf(
  manifest: Readonly<Manifest>,
  folder: string,
): { spec: RunSpec; connectome: Connectome; setup: LifetimeSetup } {
  const source = join(folder, runFiles.manifest);
  const damaged = (field: string, expected: string, found: string): never => {
    throw new UserError(
      `${source}: ${field}: expected ${expected}, found ${found}: the run was changed after it was made. ` +
        'Restore its files from a copy, or start a new run.',
    );
  };
  let spec: RunSpec;
  try {
    spec = parseRunSpec(manifest.spec, `${source}: spec`);
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
  const path = join(folder, runFiles.connectome);
  const connectome = bringsNetwork(spec.task)
    ? noConnectome
    : parseConnectome(readTextFile(path, "run's connectome"), path);
  if (outcomeHash(spec) !== manifest.hashes.outcome) {
    damaged('hashes.outcome', String(manifest.hashes.outcome), outcomeHash(spec));
  }
  if (connectome.hash !== manifest.hashes.connectome) {
    damaged('hashes.connectome', String(manifest.hashes.connectome), connectome.hash);
  }
  return { spec, connectome, setup: setupOf(spec, connectome) };
}

function referenceScores(spec: RunSpec, setup: LifetimeSetup, space: GenomeSpace): ReferenceScores {
  const { score, measures } = scoreGenome(
    setup,
    space.start,
    deriveSeed(spec.seed, 'untrained'),
    spec.episodes,
  );
  const fresh = freshScore(spec, setup, space.start);
  return {
    untrained: { score, measures, fresh },
    chance: chanceOf(setup, spec.seed),
    ceiling: ceilingOf(setup),
  };
}

async function carryOut(
  writer: RunWriter,
  spec: RunSpec,
  connectome: Connectome,
  execution: Execution,
  earlier: LoopOptions['recorded'],
): Promise<RunResult> {
  const setup = setupOf(spec, connectome);
  const { space } = new LifetimeRunner(setup);
  const evaluator = makeEvaluator(setup, execution);
  try {
    const { stopReason, interrupted, spent, best } = await runLoop({
      spec,
      space,
      evaluator,
      writer,
      ...(earlier ? { recorded: earlier } : {}),
      ...(execution.onProgress ? { onProgress: execution.onProgress } : {}),
      ...(execution.onNotice ? { onFailure: execution.onNotice } : {}),
      ...(execution.interrupted ? { interrupted: execution.interrupted } : {}),
    });
    const champion = best && describeChampion(spec, setup, space, connectome, writer, best);
    const result: RunResult = {
      run: writer.manifest.run,
      path: writer.folder,
      evaluations: spent.evaluations,
      generations: spent.steps,
      seconds: spent.seconds,
      best: champion,
      championHash: champion?.hash ?? null,
      stopReason,
      reference: referenceOf(writer.manifest),
    };
    // A run may be moved: where it stands is not part of its record.
    const { path: _path, ...recorded } = result;
    writer.update({ status: interrupted ? 'interrupted' : 'finished', result: recorded });
    return result;
  } finally {
    await evaluator.close();
    writer.close();
  }
}

function describeChampion(
  spec: RunSpec,
  setup: LifetimeSetup,
  space: GenomeSpace,
  connectome: Connectome,
  writer: RunWriter,
  best: Best,
): Champion {
  const genome = new StoredRun(writer.folder).elite(best.step, 0, space.start);
  writer.writeFile(runFiles.champion, formatGenomeFile(genome, space, spec, connectome));
  const seed = deriveSeed(spec.seed, 'lifetime', best.step, best.index);
  const heldOutScore = (of: Float64Array) => scoreGenome(setup, of, seed, spec.episodes, 'heldOut');
  const heldOut =
    new LifetimeRunner(setup).task.heldOut.length > 0
      ? { heldOut: { ...pick(heldOutScore(genome)), untrained: heldOutScore(space.start).score } }
      : {};
  let squares = 0;
  for (let gene = 0; gene < space.genes; gene++) {
    const change = genome[gene]! - space.start[gene]!;
    squares += change * change;
  }
  return {
    ...best,
    fresh: freshScore(spec, setup, genome),
    measures: scoreGenome(setup, genome, seed, spec.episodes).measures,
    ...heldOut,
    genesChanged: genesChanged(genome, space.start),
    l2: Math.sqrt(squares),
    hash: genomeHash(genome),
  };
}

const pick = ({ score, measures }: { score: number; measures: Readonly<Record<string, number>> }) => ({
  score,
  measures,
});
