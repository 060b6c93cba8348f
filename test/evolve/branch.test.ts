import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { branchRun } from '../../src/evolve/branch.js';
import { historyOf } from '../../src/evolve/history.js';
import { bestOf } from '../../src/evolve/incumbent.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { type Execution, resumeRun, startRun } from '../../src/evolve/run.js';
import { recordedSpec } from '../../src/evolve/stored-spec.js';
import { thinHistory } from '../../src/inspect/history.js';
import { sha256 } from '../../src/spec/sha256.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { resultsOfArms } from '../../src/study/results.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

const alone: Execution = { workers: 1 };
const outcome = [runFiles.steps, runFiles.elites, runFiles.champion] as const;
const outcomeOf = (folder: string) =>
  Object.fromEntries(outcome.map((name) => [name, sha256(readFileSync(join(folder, name)))]));

interface Kind {
  strategy?: string;
  task?: string;
  set?: readonly string[];
}

const foraging = ['task.steps=150'];

const resolved = ({ strategy = 'ga', task = 'foraging', set = foraging }: Kind, generations: number) =>
  resolveRun({
    strategy,
    task,
    budget: { generations },
    set: [
      ...['freshEpisodes=2', 'snapshotEvery=3', 'elites=2'],
      ...(strategy === 'ga' ? ['strategy.population=8'] : []),
      ...set,
    ],
  });

/** A run, and the folder that it is in. */
async function parentOf(kind: Kind = {}, generations = 4) {
  const root = temporaryFolder();
  return { root, ...(await startRun(await resolved(kind, generations), root, 'parent', alone)) };
}

const kinds: Kind[] = [
  {},
  { strategy: 'random', set: [...foraging, 'strategy.batch=6'] },
  { strategy: 'openai-es', set: [...foraging, 'strategy.pairs=3'] },
  { strategy: 'cma-es', set: [...foraging, 'strategy.population=6'] },
  {
    strategy: 'enomad-ea',
    set: [...foraging, 'strategy.population=3', 'strategy.evaluations=9', 'strategy.genes=4'],
  },
  { strategy: 'mads', set: foraging },
  {
    task: 'navigation',
    set: ['task.trials=10', 'task.trialMs=300', 'task.movedAt=6', 'strategy.population=4'],
  },
];

describe('a branch', () => {
  it.each(kinds)('in which nothing changes goes on as the run would have, to the bit (%o)', async (kind) => {
    const whole = await startRun(await resolved(kind, 7), temporaryFolder(), 'whole', alone);
    const parent = await parentOf(kind);
    const request = { root: parent.root, name: 'branch', set: [], budget: { generations: 7 } };
    const branch = await branchRun(parent.path, request, alone);
    expect(outcomeOf(branch.path)).toEqual(outcomeOf(whole.path));
    expect(branch.best).toEqual(whole.best);
    expect(branch.reference).toEqual(whole.reference);
    const { manifest } = new StoredRun(branch.path);
    expect(manifest.hashes).toEqual(new StoredRun(whole.path).manifest.hashes);
    expect(manifest.lineage).toMatchObject({ run: 'parent', step: 4, anew: false });
    expect(manifest.lineage!.changed.map(({ field }) => field)).toEqual(['budget.generations']);
  });

  it.each([
    [['strategy.mutation.genes=2', 'strategy.elites=3']],
    [['task.patterns=triangle']],
    [['objective.floor=-3']],
  ])('that is killed and resumed at any step, without its parent, ends as one undisturbed (%s)', async (set) => {
    const parent = await parentOf();
    const before = outcomeOf(parent.path);
    const request = { root: parent.root, set, budget: { generations: 8 } };
    const whole = await branchRun(parent.path, { ...request, name: 'whole' }, alone);
    const parts = [];
    for (const steps of [0, 1, 3]) {
      const part = await branchRun(parent.path, { ...request, name: `part-${steps}` }, interruptAfter(steps));
      expect(part.stopReason).toBe('interrupted');
      expect(part.generations).toBe(4 + steps);
      parts.push(part);
    }
    expect(outcomeOf(parent.path)).toEqual(before);
    rmSync(parent.path, { recursive: true });
    for (const { path } of parts) {
      const resumed = await resumeRun(path, undefined, alone);
      expect(outcomeOf(path)).toEqual(outcomeOf(whole.path));
      expect(resumed.best).toEqual(whole.best);
    }
    const opened = await openRun(whole.path);
    expect(opened.stored.records).toHaveLength(8);
    expect(opened.stored.manifest.hashes.outcome).not.toBe(whole.championHash);
    const spec = await recordedSpec(opened.stored.manifest, whole.path);
    expect(spec.budget).toEqual({ generations: 8 });
    // Not the outcome of a run that had the changed settings from its start.
    const { manifest } = opened.stored;
    expect(manifest.lineage!.changed.length).toBeGreaterThan(1);
  });

  it('of which something else is scored has no best but its own', async () => {
    const parent = await parentOf();
    const request = { root: parent.root, set: ['task.patterns=triangle'], budget: { generations: 6 } };
    const branch = await branchRun(parent.path, { ...request, name: 'branch' }, alone);
    const { records, manifest } = new StoredRun(branch.path);
    expect(manifest.lineage).toMatchObject({ anew: true, evaluations: 32 });
    expect(records.map(({ anew }) => anew ?? false)).toEqual([false, false, false, false, true, false]);
    expect(bestOf(records)!.step).toBeGreaterThanOrEqual(4);
    const best = Math.max(...records.slice(4).flatMap(({ objective }) => objective.map(Number)));
    expect(bestOf(records)!.objective).toBe(best);
    expect(branch.best).toMatchObject({ objective: best });
    // A score that fell because the task changed is drawn as one.
    const drop = historyOf(records).map((point, i) => ({ ...point, best: i < 4 ? 1e6 : 1 }));
    expect(thinHistory(drop).at(-1)!.best).toBe(1);
    // It begins where the run branched, wherever it is drawn.
    const own = records.slice(4).map(({ evaluations }) => evaluations);
    expect(thinHistory(historyOf(records)).map(({ evaluations }) => evaluations)).toEqual(own);
    const studied = async (...folders: string[]) => {
      const runs = folders.map((folder) => ({ run: folder, seed: 1, folder }));
      const arm = { name: 'branch', about: '', control: null, runs };
      return resultsOfArms([arm], { study: 's', targets: [-1e6], margin: null, compare: [] });
    };
    const { curve, toTarget } = (await studied(branch.path)).arms[0]!.runs[0]!;
    // Of one seed the longest counts.
    expect((await studied(parent.path)).evaluations).toBe(32);
    expect((await studied(parent.path, branch.path)).evaluations).toBe(48);
    expect(curve[0]!.evaluations).toBe(33);
    expect(toTarget).toEqual([33]);
    expect(curve.at(-1)).toEqual({ evaluations: own.at(-1), best: bestOf(records)!.score });
    const none = await branchRun(parent.path, { ...request, name: 'none' }, interruptAfter(0));
    expect(none.best).toBeNull();
    expect((await studied(none.path)).arms[0]!.runs[0]!.curve).toEqual([]);
    await expect(openRun(none.path)).rejects.toThrow(/no champion/);
  });

  it('of a branch tells both, and needs neither', async () => {
    const parent = await parentOf();
    const first = await branchRun(
      parent.path,
      { root: parent.root, name: 'first', set: ['strategy.elites=2'], budget: { generations: 6 } },
      alone,
    );
    rmSync(parent.path, { recursive: true });
    const second = await branchRun(
      first.path,
      { root: parent.root, name: 'second', set: ['strategy.elites=0'], budget: { generations: 8 } },
      alone,
    );
    rmSync(first.path, { recursive: true });
    const { manifest } = (await openRun(second.path)).stored;
    expect(manifest.lineage).toMatchObject({ run: 'first', step: 6, earlier: [{ run: 'parent', step: 4 }] });
    const longer = await resumeRun(second.path, { generations: 9 }, alone);
    expect(longer.generations).toBe(9);
  });

  it('goes on from the state that it began with where its last is lost, and never from before', async () => {
    const parent = await parentOf();
    const set = ['strategy.mutation.genes=2'];
    const request = { root: parent.root, set, budget: { generations: 8 } };
    const whole = await branchRun(parent.path, { ...request, name: 'whole' }, alone);
    const part = await branchRun(parent.path, { ...request, name: 'part' }, interruptAfter(3));
    truncateSync(join(part.path, runFiles.snapshot), 10);
    await resumeRun(part.path, undefined, alone);
    expect(outcomeOf(part.path)).toEqual(outcomeOf(whole.path));
    for (const name of [runFiles.snapshot, runFiles.branch]) truncateSync(join(part.path, name), 10);
    await expect(resumeRun(part.path, { generations: 9 }, alone)).rejects.toThrow(
      /branched from another at step 4, and its strategy's state there cannot be read/,
    );
  });

  it.each([
    [['seed=2'], /a branch keeps its seed/],
    [['genome.genes.0.low=0'], /a branch keeps its genome: the state .*evolve --from/],
    [['connectome.id=x'], /a branch keeps its connectome/],
    [['strategy.name=random'], /a branch keeps its strategy/],
    [['task=go-no-go'], /a branch keeps its task/],
    [
      ['strategy.population=16'],
      /strategy\.population: .*made with 8 and cannot go on with 16.*another elites/,
    ],
    [['network.threshhold=20'], /^command line: not a valid run.*threshhold/s],
    [['strategy.popsize=10'], /^command line: not a valid run.*strategy\.popsize: unknown field/s],
  ])('is refused what cannot change, by name: %s', async (set, message) => {
    const parent = await parentOf({}, 1);
    const request = { root: parent.root, name: 'branch', set, budget: { generations: 3 } };
    await expect(branchRun(parent.path, request, alone)).rejects.toThrow(message);
  });

  it('is refused scores that its strategy cannot forget, and a budget that is used up', async () => {
    const parent = await parentOf({ strategy: 'mads' }, 2);
    const request = { root: parent.root, name: 'branch' };
    await expect(
      branchRun(parent.path, { ...request, set: ['task.patterns=triangle'] }, alone),
    ).rejects.toThrow(/the strategy "mads" holds scores/);
    await expect(branchRun(parent.path, { ...request, set: ['strategy.block=2'] }, alone)).rejects.toThrow(
      /No option of it can change/,
    );
    await expect(branchRun(parent.path, { ...request, set: [] }, alone)).rejects.toThrow(
      /used up this budget already \(generations: 2 of 2\).*A branch counts/,
    );
  });

  it('is refused what changes its genes, by the name of one', async () => {
    const parent = await parentOf(kinds.at(-1), 1);
    const request = { root: parent.root, name: 'branch', set: ['task.rule=competitive'] };
    await expect(branchRun(parent.path, { ...request, budget: { generations: 3 } }, alone)).rejects.toThrow(
      /task\.rule: this gives .* in place of .*, and a branch keeps its genes\. .*evolve --from/,
    );
  });
});
