import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { bestOfFirst, historyOf } from '../../src/evolve/history.js';
import { openRun } from '../../src/evolve/opened-run.js';
import { referenceOf, resultOf } from '../../src/evolve/recorded.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import type { RunResult } from '../../src/evolve/run-result.js';
import { outcomeHash } from '../../src/evolve/run-spec.js';
import { storedHabitat } from '../../src/evolve/stored-spec.js';
import { UserError } from '../../src/spec/errors.js';
import { sha256 } from '../../src/spec/sha256.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { interruptAfter, smallRun, temporaryFolder } from './small-run.js';

/** The files in which two runs of one spec may not differ in a single byte. */
const outcome = [runFiles.steps, runFiles.elites, runFiles.champion] as const;

function outcomeOf(folder: string): Record<string, string> {
  return Object.fromEntries(outcome.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

/** What a result says of the run, apart from where and how fast. */
function essence({ run: _run, path: _path, seconds: _seconds, ...rest }: RunResult) {
  return rest;
}

describe('a run', () => {
  it('gives the same bytes with any number of workers', async () => {
    const one = await startRun(await smallRun(), temporaryFolder(), 'one', { workers: 1 });
    const two = await startRun(await smallRun(), temporaryFolder(), 'two', { workers: 2 });
    const three = await startRun(await smallRun(), temporaryFolder(), 'three', { workers: 3 });
    expect(outcomeOf(two.path)).toEqual(outcomeOf(one.path));
    expect(outcomeOf(three.path)).toEqual(outcomeOf(one.path));
    expect(essence(two)).toEqual(essence(one));
  });

  it('differs by its seed and by nothing else', async () => {
    const root = temporaryFolder();
    const first = await startRun(await smallRun(), root, 'run', { workers: 1 });
    const again = await startRun(await smallRun(), root, 'run', { workers: 1 });
    const other = await startRun(await smallRun(['seed=2']), root, 'run', { workers: 1 });
    expect(again.path).not.toBe(first.path);
    expect(outcomeOf(again.path)).toEqual(outcomeOf(first.path));
    expect(outcomeOf(other.path)).not.toEqual(outcomeOf(first.path));
  });

  it.each([
    '',
    'strategy={"name":"random","batch":6}',
    'task.startJitterUnits=20',
    'snapshotEvery=1',
  ])('goes on after an interruption at any step as if it had never stopped (%s)', async (setting) => {
    const settings = setting === '' ? [] : [setting];
    const whole = await startRun(await smallRun(settings), temporaryFolder(), 'whole', { workers: 1 });
    for (let steps = 0; steps < 7; steps++) {
      const part = await startRun(await smallRun(settings), temporaryFolder(), 'part', interruptAfter(steps));
      expect(part.stopReason).toBe('interrupted');
      expect(part.generations).toBe(steps);
      expect(new StoredRun(part.path).status).toBe('interrupted');
      const resumed = await resumeRun(part.path, undefined, { workers: 1 });
      expect(outcomeOf(resumed.path)).toEqual(outcomeOf(whole.path));
      expect(essence(resumed)).toEqual(essence(whole));
      expect(new StoredRun(part.path).status).toBe('finished');
    }
  });

  it('goes on when the end of a record, its genomes or its snapshot is lost', async () => {
    const whole = await startRun(await smallRun(), temporaryFolder(), 'whole', { workers: 1 });
    const expected = outcomeOf(whole.path);
    const damages: ((folder: string) => void)[] = [
      (folder) =>
        truncateSync(join(folder, runFiles.steps), readFileSync(join(folder, runFiles.steps)).length - 5),
      (folder) =>
        truncateSync(join(folder, runFiles.elites), readFileSync(join(folder, runFiles.elites)).length - 3),
      (folder) => truncateSync(join(folder, runFiles.snapshot), 100),
      (folder) => truncateSync(join(folder, runFiles.steps), 0),
      (folder) => truncateSync(join(folder, runFiles.timings), 7),
    ];
    for (const damage of damages) {
      const part = await startRun(await smallRun(), temporaryFolder(), 'part', interruptAfter(5));
      damage(part.path);
      const notices: string[] = [];
      const resumed = await resumeRun(part.path, undefined, {
        workers: 1,
        onNotice: (text) => notices.push(text),
      });
      expect(outcomeOf(resumed.path)).toEqual(expected);
    }
  });

  it('takes a larger budget, and then equals a run that had it from the start', async () => {
    const short = await startRun(await smallRun(), temporaryFolder(), 'short', { workers: 1 });
    const longer = await resumeRun(short.path, { generations: 11 }, { workers: 1 });
    const whole = await startRun(await smallRun(['budget.generations=11']), temporaryFolder(), 'whole', {
      workers: 1,
    });
    expect(outcomeOf(longer.path)).toEqual(outcomeOf(whole.path));
    expect(longer.generations).toBe(11);
  });

  it('does nothing more when its budget is already used up', async () => {
    const done = await startRun(await smallRun(), temporaryFolder(), 'done', { workers: 1 });
    const before = outcomeOf(done.path);
    const again = await resumeRun(done.path, undefined, { workers: 1 });
    expect(again.generations).toBe(7);
    expect(outcomeOf(again.path)).toEqual(before);
  });

  it('refuses a run whose spec or connectome was changed afterwards', async () => {
    const run = await startRun(await smallRun(), temporaryFolder(), 'run', interruptAfter(2));
    const path = join(run.path, runFiles.manifest);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { spec: { task: { steps: number } } };
    manifest.spec.task.steps = 41;
    writeFileSync(path, JSON.stringify(manifest));
    await expect(resumeRun(run.path, undefined, { workers: 1 })).rejects.toThrow(
      /hashes\.outcome.*changed after/s,
    );
    expect(existsSync(join(run.path, runFiles.lock))).toBe(false);
  });

  it('stores the champion it reports', async () => {
    const result = await startRun(await smallRun(), temporaryFolder(), 'run', { workers: 1 });
    const opened = await openRun(result.path);
    const best = result.best!;
    expect(opened.best).toEqual({
      step: best.step,
      index: best.index,
      score: best.score,
      objective: best.objective,
    });
    expect(new LifetimeRunner(opened.habitat).live(opened.champion, 'any', 1).score).toBe(best.score);
    expect(result.championHash).toBe(best.hash);
    expect(best.objective).toBeLessThanOrEqual(best.score);
    const highest = Math.max(
      ...opened.stored.records.flatMap(({ objective }) => objective.map((x) => x ?? -1)),
    );
    expect(best.objective).toBe(highest);
  });

  it('tells its history as best so far and quartiles of each step', async () => {
    const result = await startRun(await smallRun(), temporaryFolder(), 'run', { workers: 1 });
    const { records } = new StoredRun(result.path);
    const history = historyOf(records);
    expect(history.map(({ evaluations }) => evaluations)).toEqual([8, 16, 24, 32, 40, 48, 56]);
    for (const { q25, median, q75 } of history) {
      expect(q25).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(q75);
    }
    expect(history.at(-1)!.best).toBe(result.best!.score);
  });

  it('knows the best of the first so many candidates, in the middle of a step too', async () => {
    const result = await startRun(await smallRun(), temporaryFolder(), 'run', { workers: 1 });
    const { records } = new StoredRun(result.path);
    const all = records.flatMap(({ objective, score }) =>
      objective.map((value, i) => ({ value: value!, score: score[i]! })),
    );
    for (const count of [1, 3, 8, 11, 30, 56, 500]) {
      const first = all.slice(0, count).reduce((best, one) => (one.value > best.value ? one : best));
      expect(bestOfFirst(records, count)).toBe(first.score);
    }
  });

  it('tells when recorded steps are gone, and refuses records that the strategy did not ask for', async () => {
    const run = await startRun(await smallRun(), temporaryFolder(), 'run', interruptAfter(5));
    const path = join(run.path, runFiles.steps);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, '');
    const notices: string[] = [];
    await resumeRun(run.path, { generations: 1 }, { workers: 1, onNotice: (text) => notices.push(text) });
    expect(notices.join()).toMatch(/5 steps that were recorded are gone/);

    const edited = await startRun(await smallRun(), temporaryFolder(), 'run', interruptAfter(2));
    const record = JSON.parse(lines[0]!) as { objective: number[] };
    record.objective = record.objective.slice(0, 3);
    writeFileSync(join(edited.path, runFiles.steps), `${JSON.stringify(record)}\n`);
    await expect(resumeRun(edited.path, undefined, { workers: 1 })).rejects.toThrow(
      /3 candidates where the strategy asked for 8/,
    );
  });

  it.each([
    'spec',
    'reference',
    'result',
  ])('refuses a manifest whose %s was emptied, and changes nothing', async (field) => {
    const run = await startRun(await smallRun(), temporaryFolder(), 'run', { workers: 1 });
    const path = join(run.path, runFiles.manifest);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...manifest, [field]: {} }));
    const read = async () => {
      const { manifest: stored } = new StoredRun(run.path);
      await storedHabitat(stored, run.path);
      referenceOf(stored);
      resultOf(stored);
    };
    await expect(read()).rejects.toThrow(UserError);
    if (field === 'result') return;
    const before = readFileSync(path, 'utf8');
    await expect(resumeRun(run.path, undefined, { workers: 1 })).rejects.toThrow(UserError);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('scores held-out patterns beside the trained one', async () => {
    const asked = await smallRun(['task.heldOut=["circle","triangle"]']);
    const result = await startRun(asked, temporaryFolder(), 'run', { workers: 1 });
    expect(result.best!.heldOut).toEqual({
      score: expect.any(Number),
      measures: expect.any(Object),
      untrained: expect.any(Number),
    });
    // Two patterns give twice what one gives.
    expect(result.reference.heldOutCeiling!.score).toBe(2 * result.reference.ceiling.score);
  });
});

describe('common seeds', () => {
  /** How the best of each step came out, and the same genome when it lived again, carried over into the next step. */
  async function livedAgain(settings: readonly string[]): Promise<{ first: number[]; again: number[] }> {
    const random = await smallRun(['task.startJitterUnits=20', 'strategy.elites=1', ...settings]);
    const { path } = await startRun(random, temporaryFolder(), 'run', { workers: 1 });
    const objectives = new StoredRun(path).records.map(({ objective }) => objective.map((x) => x!));
    return {
      first: objectives.slice(0, -1).map((step) => Math.max(...step)),
      again: objectives.slice(1).map((step) => step.at(-1)!),
    };
  }

  it('score a genome the same in every step, where it is lucky or not without them', async () => {
    const common = await livedAgain(['seeds=common']);
    expect(common.first.every((objective) => objective > 0)).toBe(true);
    expect(common.again).toEqual(common.first);
    for (const settings of [[], ['seeds=common-step']]) {
      const drawn = await livedAgain(settings);
      expect(drawn.again).not.toEqual(drawn.first);
    }
  });

  it('make another run, and their absence the same as candidates of their own', async () => {
    const hash = async (settings: readonly string[]) => outcomeHash((await smallRun(settings)).spec);
    const plain = await hash([]);
    expect(await hash(['seeds=candidate'])).toBe(plain);
    expect(await hash(['seeds=common'])).not.toBe(plain);
    expect(await hash(['seeds=common-step'])).not.toBe(plain);
    expect(await hash(['seeds=common-step'])).not.toBe(await hash(['seeds=common']));
  });

  it('give the same bytes with any number of workers', async () => {
    const random = ['task.startJitterUnits=20', 'seeds=common'];
    const one = await startRun(await smallRun(random), temporaryFolder(), 'one', { workers: 1 });
    const two = await startRun(await smallRun(random), temporaryFolder(), 'two', { workers: 2 });
    expect(outcomeOf(two.path)).toEqual(outcomeOf(one.path));
  });
});

describe('budgets', () => {
  it.each([
    ['evaluations', { evaluations: 20 }, 24],
    ['generations', { generations: 2 }, 16],
    ['target', { target: -1 }, 8],
    ['noImprovement', { noImprovement: 2, generations: 50 }, undefined],
    ['seconds', { seconds: 1e-9 }, 8],
  ] as const)('%s ends a run and says so', async (name, budget, evaluations) => {
    const resolved = await smallRun();
    const result = await startRun(
      { ...resolved, spec: { ...resolved.spec, budget } },
      temporaryFolder(),
      'run',
      { workers: 1 },
    );
    expect(result.stopReason).toMatch(new RegExp(`^${name}: `));
    if (evaluations !== undefined) expect(result.evaluations).toBe(evaluations);
    else expect(result.generations).toBeLessThan(50);
  });
});
