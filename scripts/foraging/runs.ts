import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bestOfFirst } from '../../src/evolve/history.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { resultOf } from '../../src/evolve/recorded.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { type Budget, outcomeHash } from '../../src/evolve/run-spec.js';
import { weightChange } from '../../src/inspect/change.js';
import { scoreSparse } from '../../src/objectives/score-sparse.js';
import { UserError } from '../../src/spec/errors.js';
import { lockHolder } from '../../src/store/lock.js';
import { type Manifest, readManifest, resultsVersion } from '../../src/store/manifest.js';
import { discardRun, runFiles } from '../../src/store/run-store.js';
import { type Job, jobName, resolveJob } from './entries.js';

/** What the study keeps of a run. Scores are raw. */
export interface StudyRun {
  name: string;
  pattern: string;
  seed: number;
  /** All that were made: the step under way is finished, and a strategy may stop before the budget is spent. */
  evaluations: number;
  steps: number;
  /** On one thread. */
  seconds: number;
  stopReason: string;
  /** Of the best by objective within exactly the entry's evaluations. */
  score: number;
  /** The same at each number of evaluations of the entry's grid. */
  curve: number[];
  /** The best of all evaluations. */
  champion: {
    score: number;
    objective: number;
    foodEaten: number;
    /** Network weights that differ from the animal's, and the length of that change; genes may be fewer. */
    weightsChanged: number;
    l2: number;
    genesChanged: number;
    fresh: { mean: number; sd: number; n: number };
    /** Mean score on the patterns held out. */
    transfer: number;
    hash: string;
  };
  reference: { untrained: number; chance: number; ceiling: number };
  genes: number;
  objective: { sparsity: { coefficient: number; exponent: number } | null; floor: number | null };
}

/** Numbers of evaluations that every curve has, where its budget allows, so that entries can be compared at them. */
export const marks = [1000, 6400, 20_000] as const;

/** Numbers of evaluations at which a curve is kept: `points` in equal ratios from 64 (or 1) up, and the marks. */
export function gridOf(evaluations: number, points = 40): number[] {
  const from = evaluations > 64 ? 64 : 1;
  const ratios = Array.from({ length: points }, (_, i) =>
    Math.round(from * (evaluations / from) ** (i / (points - 1))),
  );
  const within = marks.filter((mark) => mark < evaluations);
  return [...new Set([...ratios, ...within])].sort((a, b) => a - b);
}

/** What a folder of the study's runs holds under a job's name. */
export type Found = Pick<Manifest, 'resultsVersion' | 'status'> & {
  outcome: string | undefined;
  budget: Budget;
};

export type Plan = { do: 'resume' | 'read' } | { do: 'refuse'; reason: string };

/** Whether a run that was found is the one wanted, so that it need not be done again. */
export function planOf(found: Found | undefined, wanted: { outcome: string; evaluations: number }): Plan {
  if (found === undefined) return { do: 'refuse', reason: 'there is no run in it' };
  if (found.resultsVersion !== resultsVersion) {
    return { do: 'refuse', reason: 'it was made by a version of Baldwin whose results differ' };
  }
  if (found.outcome !== wanted.outcome) {
    return { do: 'refuse', reason: 'its spec differs from what the study would run now' };
  }
  const { evaluations, ...others } = found.budget;
  if (evaluations === undefined || Object.keys(others).length > 0 || evaluations > wanted.evaluations) {
    const budget = JSON.stringify(found.budget);
    return {
      do: 'refuse',
      reason: `its budget is ${budget} where ${wanted.evaluations} evaluations are wanted`,
    };
  }
  const whole = found.status === 'finished' && evaluations === wanted.evaluations;
  return { do: whole ? 'read' : 'resume' };
}

function foundIn(manifest: string): Found | undefined {
  if (!existsSync(manifest)) return undefined;
  const { resultsVersion: version, status, hashes, spec } = readManifest(manifest);
  return { resultsVersion: version, status, outcome: hashes.outcome, budget: (spec.budget ?? {}) as Budget };
}

/** Looks up what is there of a job. @throws UserError where it is something else than the run wanted */
export async function planJob(job: Job, root: string, fresh: boolean): Promise<'start' | 'resume' | 'read'> {
  const folder = join(root, jobName(job));
  const { spec } = await resolveJob(job);
  const wanted = { outcome: outcomeHash(spec), evaluations: job.entry.evaluations };
  if (!existsSync(folder)) return 'start';
  const holder = lockHolder(join(folder, runFiles.lock));
  if (holder) throw new UserError(`${folder}: in use by process ${holder.pid} on ${holder.host}.`);
  if (fresh) {
    discardRun(folder);
    return 'start';
  }
  const plan = planOf(foundIn(join(folder, runFiles.manifest)), wanted);
  if (plan.do !== 'refuse') return plan.do;
  throw new UserError(
    `${folder}: ${plan.reason}. Redo it with --fresh (chosen alone with --only and --patterns), delete it, or ` +
      'choose another folder with --runs.',
  );
}

/** Carries a job out on this thread as far as it is not done, and describes its run. */
export async function carryOut(job: Job, root: string, what: 'start' | 'resume' | 'read'): Promise<StudyRun> {
  const name = jobName(job);
  const folder = join(root, name);
  if (what === 'start') await startRun(await resolveJob(job), root, name, { workers: 1 });
  if (what === 'resume') await resumeRun(folder, { evaluations: job.entry.evaluations }, { workers: 1 });
  return describeRun(job, folder);
}

async function describeRun({ entry, pattern, seed }: Job, folder: string): Promise<StudyRun> {
  const { stored, spec, habitat, champion } = await openRun(folder);
  const { embodied, space, task } = habitat;
  const result = resultOf(stored.manifest);
  const best = result?.best;
  if (!result || !best?.heldOut)
    throw new UserError(`${folder}: the run has no result. Redo it with --fresh.`);
  const { changed, l2 } = weightChange(embodied.start, space.decode(champion));
  const { mean, sd, n } = best.fresh;
  const { untrained, chance, ceiling } = result.reference;
  return {
    name: stored.manifest.run,
    pattern,
    seed,
    evaluations: result.evaluations,
    steps: result.generations,
    seconds: result.seconds,
    stopReason: result.stopReason,
    score: bestOfFirst(stored.records, entry.evaluations),
    curve: gridOf(entry.evaluations).map((evaluations) => bestOfFirst(stored.records, evaluations)),
    champion: {
      score: best.score,
      objective: best.objective,
      foodEaten: best.measures.foodEaten!,
      weightsChanged: changed,
      l2,
      genesChanged: best.genesChanged,
      fresh: { mean, sd, n },
      transfer: best.heldOut.score / task.heldOut.length,
      hash: best.hash,
    },
    reference: { untrained: untrained.score, chance: chance.mean, ceiling: ceiling.score },
    genes: space.genes,
    objective: scoreSparse.options.parse(spec.objective),
  };
}
