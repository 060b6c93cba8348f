import { describe, expect, it } from 'vitest';
import { referenceOf, resultOf } from '../../src/evolve/recorded.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { StoredRun } from '../../src/store/run-store.js';
import { temporaryFolder } from './small-run.js';

describe('a run whose untrained start cannot be scored', () => {
  it('says so, evolves, is stored and goes on', async () => {
    const resolved = await resolveRun({
      budget: { generations: 2 },
      set: ['task.steps=20', 'strategy.population=4', 'freshEpisodes=2'],
    });
    const { habitat } = resolved;
    const { live } = habitat.task;
    let lives = 0;
    const notices: string[] = [];
    // The first life is the start's.
    const task: typeof habitat.task = {
      ...habitat.task,
      live: (...episode) => {
        const result = live(...episode);
        lives += 1;
        return lives === 1 ? { ...result, score: Number.NaN } : result;
      },
    };
    const root = temporaryFolder();
    const execution = { workers: 1, onNotice: (text: string) => notices.push(text) };
    const result = await startRun({ ...resolved, habitat: { ...habitat, task } }, root, 'failing', execution);
    expect(notices.filter((text) => /untrained start fails: the score is NaN/.test(text))).toHaveLength(1);
    expect(result.reference.untrained.score).toBeNaN();
    expect(Number.isFinite(result.best!.score)).toBe(true);
    const { manifest } = new StoredRun(result.path);
    expect(referenceOf(manifest).untrained.score).toBeNaN();
    expect(resultOf(manifest)!.best!.hash).toBe(result.championHash);
    const further = await resumeRun(result.path, { generations: 3 }, { workers: 1 });
    expect(further.generations).toBe(3);
  });
});
