import { bestOfFirst, evaluationsBefore, historyOf } from '../evolve/history.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { resultOf } from '../evolve/recorded.js';
import { withoutPath } from '../evolve/run-spec.js';
import { canonicalJson } from '../spec/canonical.js';
import { weightChange } from './change.js';

/** How one of several runs did at the evaluations that all of them reached, and in the end. */
export function comparedRun({ stored, spec, habitat, champion, best }: OpenedRun, common: number) {
  const last = historyOf(stored.records).at(-1)!;
  const { lineage } = stored.manifest;
  const { changed, l2 } = weightChange(habitat.space.start, champion);
  return {
    run: stored.manifest.run,
    strategy: spec.strategy.name,
    seed: spec.seed,
    scenarios: habitat.task.scenarios.map(({ name }) => name),
    evaluations: last.evaluations,
    atEqual: {
      evaluations: common,
      // Before it branched, such a run was scored on something else.
      best:
        common <= evaluationsBefore(stored.records, lineage)
          ? Number.NaN
          : bestOfFirst(stored.records, common),
    },
    ...(lineage ? { lineage } : {}),
    best: last.best,
    // A validated run has a champion that need not have its best score.
    champion: best.score,
    fresh: resultOf(stored.manifest)?.best?.fresh ?? null,
    genesChanged: changed,
    l2,
    outcomeHash: stored.manifest.hashes.outcome,
  };
}

/** What a run's scores measure: runs of one world may be compared. */
export const worldOf = ({ spec }: OpenedRun): string => {
  // What is held out does not change what is trained on.
  const { heldOut: _, ...task } = spec.task;
  return canonicalJson([withoutPath(task), spec.connectome.hash, spec.network, spec.episodes]);
};

/** Runs whose scores measure the same, together, in the order of the first of each. */
export function comparableRuns(opened: readonly OpenedRun[]): OpenedRun[][] {
  const worlds = new Map<string, OpenedRun[]>();
  for (const run of opened) worlds.set(worldOf(run), [...(worlds.get(worldOf(run)) ?? []), run]);
  return [...worlds.values()];
}

/** Runs at equal evaluations. They are comparable where their scores measure the same. */
export function compareRuns(opened: readonly OpenedRun[]) {
  const common = Math.min(...opened.map(({ stored }) => historyOf(stored.records).at(-1)!.evaluations));
  return {
    evaluations: common,
    comparable: comparableRuns(opened).length === 1,
    runs: opened.map((run) => comparedRun(run, common)),
  };
}

export type RunComparison = ReturnType<typeof compareRuns>;
