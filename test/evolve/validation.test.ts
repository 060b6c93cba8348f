import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seeds } from '../../src/evaluate/seeds.js';
import { branchRun } from '../../src/evolve/branch.js';
import { lifetimeSeedOf } from '../../src/evolve/champion.js';
import { bestOf } from '../../src/evolve/incumbent.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { scoreGenome } from '../../src/evolve/reference-scores.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { type RunSpec, searchHashOf } from '../../src/evolve/run-spec.js';
import { championOf } from '../../src/evolve/validation.js';
import { runReport } from '../../src/report/run.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

/** A single life of this says little: labels and patterns are drawn anew. */
const runOf = (set: readonly string[] = [], generations = 8) =>
  resolveRun({
    ...{ task: 'reward-driven', genome: 'reward-driven-form', strategy: 'random', budget: { generations } },
    set: [
      'task.trials=20',
      'task.patterns=2',
      'freshEpisodes=2',
      'snapshotEvery=2',
      'strategy.batch=6',
      ...set,
    ],
  });

const validating = ['validation.genomes=5', 'validation.lives=4'];

const championFile = (folder: string) => readFileSync(join(folder, runFiles.champion), 'utf8');

describe('a validated run', () => {
  it('has as champion the genome with the best mean in lives that neither search nor fresh score has', async () => {
    const { spec, habitat } = await runOf(validating);
    const run = await startRun(await runOf(validating), temporaryFolder(), 'run', { workers: 1 });
    const stored = new StoredRun(run.path);
    const { lives, finalists } = run.validation!;
    expect([lives, finalists.length]).toEqual([4, 5]);
    const deciding = seeds.choosing(spec.seed, lives);
    expect(seeds.fresh(spec.seed, lives)).not.toContain(deciding[0]);
    const again = finalists.map(({ best }) => {
      const genome = stored.elite(best.step, 0, habitat.space.start);
      const scores = deciding.map((seed) => scoreGenome(habitat, genome, seed).score);
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    });
    expect(finalists.map(({ score }) => score.mean.toFixed(9))).toEqual(again.map((mean) => mean.toFixed(9)));
    expect(again.toSorted((a, b) => b - a)).toEqual(again);
    expect(run.best).toMatchObject(finalists[0]!.best);
    expect(run.best!.score).toBe(stored.records[run.best!.step]!.score[run.best!.index]);
    const search = bestOf(stored.records)!;
    expect([search.step, search.index]).not.toEqual([run.best!.step, run.best!.index]);
    const opened = await openRun(run.path);
    expect(opened.best).toMatchObject(finalists[0]!.best);
    expect([...opened.champion]).toEqual([...stored.elite(finalists[0]!.best.step, 0, habitat.space.start)]);
    const text = JSON.stringify((await runReport(stored)).sections);
    expect(text).toContain('5 genomes of the search, 4 lives of each');
    expect(text).toContain('in the search, in step');
  });

  it('ends alike after an interruption, on more workers, and searches as it would without', async () => {
    const whole = await startRun(await runOf(validating), temporaryFolder(), 'whole', { workers: 1 });
    const part = await startRun(await runOf(validating), temporaryFolder(), 'part', interruptAfter(3));
    expect(part.validation).toBeUndefined();
    const resumed = await resumeRun(part.path, undefined, { workers: 2 });
    expect(resumed.validation).toEqual(whole.validation);
    expect(championFile(resumed.path)).toBe(championFile(whole.path));
    const without = await startRun(await runOf(), temporaryFolder(), 'without', { workers: 1 });
    const steps = (folder: string) => readFileSync(join(folder, runFiles.steps), 'utf8');
    expect(steps(without.path)).toBe(steps(whole.path));
    expect(without.validation).toBeUndefined();
  });

  it('is validated again where it goes on', async () => {
    const short = await startRun(await runOf(validating, 3), temporaryFolder(), 'run', { workers: 1 });
    expect(short.validation!.finalists.length).toBeLessThanOrEqual(3);
    const longer = await resumeRun(short.path, { generations: 8 }, { workers: 1 });
    const whole = await startRun(await runOf(validating), temporaryFolder(), 'whole', { workers: 1 });
    expect(longer.validation).toEqual(whole.validation);
  });

  it('has the genomes of the run that it branched from', async () => {
    const root = temporaryFolder();
    const parent = await startRun(await runOf([], 6), root, 'parent', { workers: 1 });
    const request = { root, name: 'branch', set: validating, budget: { generations: 8 } };
    const branch = await branchRun(parent.path, request, { workers: 1 });
    const whole = await startRun(await runOf(validating), temporaryFolder(), 'whole', { workers: 1 });
    expect(branch.validation).toEqual(whole.validation);
    expect(new StoredRun(branch.path).manifest.lineage).toMatchObject({ anew: false });
  });

  it('may be asked for when the search is over, and changes nothing but the champion', async () => {
    const root = temporaryFolder();
    const parent = await startRun(await runOf(), root, 'parent', { workers: 1 });
    const branch = await branchRun(parent.path, { root, name: 'branch', set: validating }, { workers: 1 });
    const whole = await startRun(await runOf(validating), temporaryFolder(), 'whole', { workers: 1 });
    expect([branch.validation, branch.evaluations]).toEqual([whole.validation, parent.evaluations]);
    const stopping = { ...{ task: 'reward-driven', strategy: 'cma-es' }, budget: { generations: 100 } };
    const small = [
      'task.trials=20',
      'task.patterns=2',
      'freshEpisodes=2',
      'strategy.stop.flatfitness=1',
      'strategy.stop.tolfunhist=1000',
    ];
    const stopped = await startRun(await resolveRun({ ...stopping, set: small }), root, 'stopped', {
      workers: 1,
    });
    expect(stopped.stopReason).toMatch(/^strategy: /);
    const over = await branchRun(stopped.path, { root, name: 'over', set: validating }, { workers: 1 });
    expect([over.stopReason, over.evaluations]).toEqual([stopped.stopReason, stopped.evaluations]);
    expect(over.validation!.finalists.length).toBeGreaterThan(1);
    for (const more of ['strategy.batch=7', 'task.trials=30'])
      await expect(
        branchRun(parent.path, { root, name: 'both', set: [...validating, more] }, { workers: 1 }),
      ).rejects.toThrow(/there is nothing to do/);
    await expect(
      branchRun(parent.path, { root, name: 'more', set: ['strategy.batch=7'] }, { workers: 1 }),
    ).rejects.toThrow(/there is nothing to do/);
  });

  it('has finalists of every genome that the run stored', async () => {
    const set = [...validating, 'validation.genomes=8', 'elites=6'];
    const run = await startRun(await runOf(set, 2), temporaryFolder(), 'run', { workers: 1 });
    const { validation } = run;
    expect(validation!.finalists).toHaveLength(8);
    const [first] = validation!.finalists;
    const opened = await openRun(run.path);
    expect(opened.best).toMatchObject(first!.best);
    const { score } = scoreGenome(opened.habitat, opened.champion, lifetimeSeedOf(opened.spec, opened.best));
    expect(score).toBe(first!.best.score);
  });

  it('puts limits first, and says so', async () => {
    const limits = ['constraints=[{"measure":"energy","atMost":1}]'];
    const resolved = await resolveRun({
      ...{ task: 'reward-driven', strategy: 'nsga2', budget: { generations: 3 } },
      set: [
        'task.trials=20',
        'task.patterns=2',
        'freshEpisodes=2',
        'strategy.population=4',
        ...validating,
        ...limits,
      ],
    });
    const run = await startRun(resolved, temporaryFolder(), 'run', { workers: 1 });
    const violations = run.validation!.finalists.map(({ violation }) => violation!);
    expect(violations.every((by) => by > 0)).toBe(true);
    expect(violations).toEqual(violations.toSorted((a, b) => a - b));
    const text = JSON.stringify((await runReport(new StoredRun(run.path))).sections);
    expect(text).toContain('limits come first');
  });

  it('lives a varied task where nothing in it is random', async () => {
    const resolved = await resolveRun({
      ...{ strategy: 'random', budget: { generations: 2 } },
      set: ['validation.genomes=2', 'validation.lives=2', 'freshEpisodes=2', 'strategy.batch=2'],
    });
    const { validation } = await startRun(resolved, temporaryFolder(), 'run', { workers: 1 });
    expect(validation!.about).toMatch(/nothing in the task is random, so: /);
  });
});

it('reads a record in which finalists failed', async () => {
  const run = await startRun(await runOf(validating), temporaryFolder(), 'run', { workers: 1 });
  const path = join(run.path, runFiles.manifest);
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const last = record.result.validation.finalists.at(-1);
  Object.assign(last, { objective: null, score: { mean: null, sd: null, n: 4 } });
  writeFileSync(path, JSON.stringify(record));
  const text = JSON.stringify((await runReport(new StoredRun(run.path))).sections);
  expect(text).toContain('1 had a life that failed');
  expect((await openRun(run.path)).best).toMatchObject(run.validation!.finalists[0]!.best);
});

it('searches alike with a branch that changes the end alone', async () => {
  const root = temporaryFolder();
  const parent = await startRun(await runOf(), root, 'parent', { workers: 1 });
  const branch = await branchRun(parent.path, { root, name: 'branch', set: validating }, { workers: 1 });
  const longer = await resumeRun(branch.path, { generations: 9 }, { workers: 1 });
  const whole = await startRun(await runOf(validating), root, 'whole', { workers: 1 });
  const other = await startRun(await runOf(['seed=2']), root, 'other', { workers: 1 });
  const searches = [parent, longer, whole, other].map(({ path }) => {
    const { manifest } = new StoredRun(path);
    return searchHashOf(manifest.spec as RunSpec, manifest.lineage);
  });
  expect(searches[1]).toBe(searches[0]);
  expect(searches[2]).toBe(searches[0]);
  expect(searches[3]).not.toBe(searches[0]);
});

it('leaves the best of the search as champion where every finalist failed', async () => {
  const run = await startRun(await runOf(validating), temporaryFolder(), 'run', { workers: 1 });
  const stored = new StoredRun(run.path);
  const failed = run.validation!.finalists.map((finalist) => ({ ...finalist, objective: Number.NaN }));
  expect(championOf(stored, { ...run.validation!, finalists: failed })).toEqual(bestOf(stored.records));
  expect(championOf(stored, run.validation)).toMatchObject(run.validation!.finalists[0]!.best);
});

it('is left out where it is null', async () => {
  const { spec } = await runOf(['validation=null']);
  expect(spec).toEqual((await runOf()).spec);
});

it.each([
  ['validation.genomes=1', /validation\.genomes: expected/],
  ['validation.lives=1', /validation\.lives: expected/],
  ['validation.live=3', /validation/],
])('refuses %s', async (set, message) => {
  await expect(runOf([set])).rejects.toThrow(message);
});
