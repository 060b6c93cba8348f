import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { resolveRun } from '../../src/evolve/resolve.js';
import { startRun } from '../../src/evolve/run.js';
import { mean } from '../../src/math/statistics.js';
import { packageRoot } from '../../src/spec/library.js';
import { StoredRun } from '../../src/store/run-store.js';

const root = mkdtempSync(join(tmpdir(), 'baldwin-hinton-nowlan-'));
afterAll(() => rmSync(root, { recursive: true }));

const folder = join(packageRoot, 'examples/hinton-nowlan');

/** Means over the population of each generation. */
async function generations(name: string, count: number, set: string[]) {
  const resolved = await resolveRun({
    task: join(folder, 'can-learn.mjs'),
    strategy: join(folder, 'single-point.mjs'),
    budget: { generations: count },
    set: ['freshEpisodes=2', ...set],
  });
  const { path } = await startRun(resolved, root, name, { workers: 1 });
  return new StoredRun(path).records.map(({ measures, score }) => ({
    score: mean(score as number[]),
    ...Object.fromEntries(
      Object.entries(measures).map(([measure, values]) => [measure, mean(values as number[])]),
    ),
  })) as ({ score: number } & Record<'correct' | 'incorrect' | 'undecided' | 'found', number>)[];
}

describe('learning that guides evolution', () => {
  it('takes wrong alleles away where trials are learned from, and leaves them where they are not', async () => {
    // Four times the trials of the study, so that more of the first generation can learn, and nothing hangs on one of them.
    const learning = await generations('learning', 10, ['strategy.population=800', 'task.trials=4000']);
    const first = learning[0]!;
    expect(first.correct).toBeCloseTo(0.25, 1);
    expect(first.undecided).toBeCloseTo(0.5, 1);
    for (const { correct, incorrect, undecided } of learning)
      expect(correct + incorrect + undecided).toBeCloseTo(1, 10);
    const last = learning.at(-1)!;
    expect(last.incorrect).toBeLessThan(0.1);
    expect(last.correct).toBeGreaterThan(0.5);
    expect(last.found).toBeGreaterThan(0.5);
    expect(last.score).toBeGreaterThan(8);

    const once = await generations('once', 4, ['strategy.population=400', 'task.tries=once']);
    const end = once.at(-1)!;
    expect([end.found, end.score]).toEqual([0, 1]);
    expect(end.incorrect).toBeGreaterThan(0.2);
  }, 30_000);
});
