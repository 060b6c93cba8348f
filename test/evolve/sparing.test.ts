import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { betterOf } from '../../src/evolve/incumbent.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { runFiles, StoredRun } from '../../src/store/run-store.js';
import { interruptAfter, temporaryFolder } from './small-run.js';

const bytesOf = (folder: string) =>
  [runFiles.steps, runFiles.elites, runFiles.champion].map((name) =>
    readFileSync(join(folder, name)).toString('hex'),
  );

const runOf = (set: readonly string[], genome = 'reward-driven-form') =>
  resolveRun({
    ...{ task: 'reward-driven', genome, strategy: 'cgp', budget: { generations: 6 } },
    set: ['task.trials=20', 'task.patterns=2', 'episodes=3', 'freshEpisodes=2', 'snapshotEvery=2', ...set],
  });

describe.each([
  ['a hurdle', ['hurdle.episodes=1']],
  ['a hurdle and reuse by probes', ['seeds=common', 'reuse=probes', 'hurdle.episodes=2']],
])('a run with %s', (_, set) => {
  it('ends with the same bytes after an interruption, on more workers', async () => {
    const whole = await startRun(await runOf(set), temporaryFolder(), 'whole', { workers: 1 });
    const part = await startRun(await runOf(set), temporaryFolder(), 'part', interruptAfter(3));
    const resumed = await resumeRun(part.path, undefined, { workers: 2 });
    expect(bytesOf(resumed.path)).toEqual(bytesOf(whole.path));
    expect(resumed.fell).toBe(whole.fell);
  });
});

it('gives those that fell at the hurdle no score, and half of each step falls', async () => {
  const run = await startRun(await runOf(['hurdle.episodes=1']), temporaryFolder(), 'run', { workers: 1 });
  const { records } = new StoredRun(run.path);
  let fallen = 0;
  for (const { fell = {}, score, objective, measures } of records) {
    expect(Object.keys(fell)).toHaveLength(Math.floor(score.length / 2));
    for (const index of Object.keys(fell).map(Number)) {
      expect([score[index], objective[index]]).toEqual([null, null]);
      expect(Object.values(measures).every((values) => values[index] === null)).toBe(true);
      fallen += 1;
    }
  }
  expect(run.fell).toBe(fallen);
  expect(records[run.best!.step]!.fell?.[String(run.best!.index)]).toBeUndefined();
});

it('takes nobody for the best who lived in part only', () => {
  const record = { step: 0, evaluations: 2, score: [3, 1], objective: [3, 1], measures: {}, elites: [] };
  expect(betterOf(null, record)).toMatchObject({ index: 0 });
  expect(betterOf(null, { ...record, partly: [0] })).toMatchObject({ index: 1 });
});

it.each([
  [['episodes=1', 'hurdle.episodes=1'], /hurdle\.episodes: expected fewer than the run's episodes \(1\)/],
  [['hurdle.pass=1'], /hurdle\.pass: expected/],
  [['reuse=algebra'], /reuse: expected seeds "common", found "candidate"/],
])('refuses %j', async (set, message) => {
  await expect(runOf(set)).rejects.toThrow(message);
});

it('refuses to reuse what is alike where no formula evolves', async () => {
  await expect(runOf(['seeds=common', 'reuse=probes'], 'weights')).rejects.toThrow(/reuse|genome spec/);
  await expect(resolveRun({ set: ['seeds=common', 'reuse=probes'] })).rejects.toThrow(
    /reuse: expected a genome spec whose formulas evolve, found "weights"/,
  );
});

it('knows formulas that are the same by algebra or on probes, and none by what they only say', async () => {
  const { habitat } = await runOf([]);
  const { space } = habitat;
  const of = async (start: string, constants = [1, 0.1, 10]) => {
    const hole = `genome.genes.0.holes.f`;
    const set = [`${hole}.start=${start}`, `${hole}.constants=${JSON.stringify(constants)}`];
    const other = (await runOf(set)).habitat.space;
    return [
      other.sayingOf(other.start),
      other.likenessOf(other.start, 'algebra'),
      other.likenessOf(other.start, 'probes'),
    ];
  };
  const [one, two, three] = [await of('E*R - E'), await of('E*(R - 1)'), await of('E*(R + 1)')];
  expect(one[0]).not.toBe(two[0]);
  expect(one.slice(1)).toEqual(two.slice(1));
  expect([three[1] === one[1], three[2] === one[2]]).toEqual([false, false]);
  expect(space.likenessOf(space.start, 'probes')).toBe(space.likenessOf(space.start, 'probes'));
});
