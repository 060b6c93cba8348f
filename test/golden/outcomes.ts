import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConnectome } from '../../src/connectome/load.js';
import { nullModel } from '../../src/connectome/null-models/null-model.js';
import { tableOf } from '../../src/connectome/to-table.js';
import { formatTable } from '../../src/connectome/write.js';
import { type ResolvedRun, resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import type { RunResult } from '../../src/evolve/run-result.js';
import { type Budget, outcomeHash } from '../../src/evolve/run-spec.js';
import { storedHabitat } from '../../src/evolve/stored-spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { canonicalHash } from '../../src/spec/canonical.js';
import { readTextFile } from '../../src/spec/json-file.js';
import { packageRoot } from '../../src/spec/library.js';
import { sha256 } from '../../src/spec/sha256.js';
import { StoredRun } from '../../src/store/run-store.js';
import { runnerIn } from '../evaluate/runner-in.js';
import { type GoldenRun, goldenRuns } from './runs.js';

/** What a run came to, each part as a hash or a number that says which part changed. */
export interface GoldenOutcome {
  outcomeHash: string;
  championHash: string | null;
  /** Scores, objectives and measures of all candidates of all steps. */
  steps: string;
  /** Genomes of all elites of all steps, decoded. */
  elites: string;
  /** Untrained, chance, fresh and held-out scores. */
  reports: string;
}

async function resolved({ request, nullModel: kind }: GoldenRun, folder: string): Promise<ResolvedRun> {
  const { file, from, ...rest } = request;
  const connectome = kind && writtenNull(kind, folder);
  return resolveRun({
    ...rest,
    ...(from ? { from: join(packageRoot, from) } : {}),
    ...(connectome ? { connectome } : {}),
    ...(file ? { file: { path: 'golden', value: file } } : {}),
  });
}

function writtenNull(kind: NonNullable<GoldenRun['nullModel']>, folder: string): string {
  const source = join(packageRoot, 'connectomes/c-elegans-openworm.json');
  const made = nullModel(
    parseConnectome(readTextFile(source, 'connectome'), source),
    kind,
    7,
    `openworm-${kind}`,
  );
  const path = join(folder, `${made.id}.json`);
  writeFileSync(path, formatTable(tableOf(made)));
  return path;
}

function outcomeOf(spec: ResolvedRun['spec'], start: Float64Array, result: RunResult): GoldenOutcome {
  const stored = new StoredRun(result.path);
  const elites = stored.records.flatMap(({ step, elites: of }) =>
    of.map(({ index }, rank) => [step, index, [...stored.elite(step, rank, start)]]),
  );
  const { best, reference } = result;
  const spread = ({ mean, sd, n }: { mean: number; sd: number; n: number }) => [mean, sd, n];
  return {
    outcomeHash: outcomeHash(spec),
    championHash: result.championHash,
    steps: canonicalHash(
      stored.records.map(({ step, evaluations, score, objective, measures, failed }) => ({
        step,
        evaluations,
        score,
        objective,
        measures,
        failed: failed ?? {},
      })),
    ),
    elites: sha256(JSON.stringify(elites)),
    reports: canonicalHash({
      untrained: [reference.untrained.score, reference.untrained.measures, spread(reference.untrained.fresh)],
      chance: spread(reference.chance),
      ceiling: reference.ceiling.score,
      best: best && [best.step, best.index, best.score, best.objective, best.measures, spread(best.fresh)],
      heldOut: best?.heldOut ?? null,
      distance: best && [best.genesChanged, best.l2],
      stopReason: result.stopReason,
      evaluations: result.evaluations,
    }),
  };
}

/** Lives a run twice: without a break, and interrupted once and resumed. */
export async function carriedOut(
  name: string,
  folder: string,
): Promise<{ whole: GoldenOutcome; resumed: GoldenOutcome }> {
  const golden = goldenRuns[name]!;
  const run = await resolved(golden, folder);
  const { start } = run.habitat.space;
  const whole = await startRun(run, folder, 'whole', { workers: 1 });
  let steps = 0;
  const part = await startRun(run, folder, 'part', {
    workers: 1,
    onProgress: () => {
      steps += 1;
    },
    interrupted: () => steps >= golden.interruptAfter,
  });
  if (part.stopReason !== 'interrupted') throw new Error(`${name} ended before it was interrupted`);
  const resumed = await resumeRun(part.path, undefined, { workers: 1 });
  return { whole: outcomeOf(run.spec, start, whole), resumed: outcomeOf(run.spec, start, resumed) };
}

/** Scores and measures of two genomes in each engine. */
export async function lived(name: string, folder: string): Promise<Record<string, string>> {
  const run = await resolved(goldenRuns[name]!, folder);
  const outcomes: Record<string, string> = {};
  for (const engine of ['reference', 'f64', 'f32'] as const) {
    const runner = await runnerIn({ ...run.habitat.setup, engine });
    const { space } = runner.habitat;
    const moved = space.start.map((value, gene) => {
      const by = (gene % 2 === 0 ? 0.5 : -0.5) * space.step[gene]!;
      return Math.min(space.high[gene]!, Math.max(space.low[gene]!, value + by));
    });
    outcomes[engine] = canonicalHash(
      [space.start, moved].map((genome) => {
        const { status, score, measures } = runner.live(genome, deriveSeed('golden'), 1);
        return { status, score: Number.isFinite(score) ? score : null, measures };
      }),
    );
  }
  return outcomes;
}

/** Runs that are stored, with the budget that they go on to. */
export const recordedRuns: Readonly<Record<string, { folder: string; budget?: Budget }>> = {
  example: { folder: 'runs/example', budget: { generations: 27 } },
};

/** Takes up a stored run, in a copy of it. */
export async function takenUp(name: string, folder: string): Promise<GoldenOutcome> {
  const { folder: stored, budget } = recordedRuns[name]!;
  cpSync(join(packageRoot, stored), folder, { recursive: true });
  const { spec, habitat } = await storedHabitat(new StoredRun(folder).manifest, folder);
  const result = await resumeRun(folder, budget, { workers: 1 });
  return outcomeOf(spec, habitat.space.start, result);
}

/** A run of a program whose results were others: it opens, its champion lives, and resume refuses it. */
export const olderRun = 'test/golden/recorded/go-no-go';
