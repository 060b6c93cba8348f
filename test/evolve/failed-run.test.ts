import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { EvaluatorHost } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessEvaluator } from '../../src/evolve/evaluators/in-process.js';
import { FailureCount } from '../../src/evolve/failures.js';
import { resultOf } from '../../src/evolve/recorded.js';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import { UserError } from '../../src/spec/errors.js';
import { listRuns, StoredRun } from '../../src/store/run-store.js';
import { smallRun, temporaryFolder } from './small-run.js';

describe('failed candidates', () => {
  it('are counted by reason, whatever the numbers in it', () => {
    const failures = new FailureCount();
    const first = failures.add({
      failed: { '0': 'v of cell 3 is NaN', '1': 'the score is NaN', '4': 'v of cell 17 is NaN' },
    });
    expect(first).toEqual([
      { reason: 'v of cell 3 is NaN', count: 2 },
      { reason: 'the score is NaN', count: 1 },
    ]);
    expect(failures.add({ failed: { '2': 'v of cell 4 is NaN', '3': 'no way' } })).toEqual([
      { reason: 'no way', count: 1 },
    ]);
    failures.add({});
    expect(failures.groups()).toEqual([
      { reason: 'v of cell 3 is NaN', count: 3 },
      { reason: 'the score is NaN', count: 1 },
      { reason: 'no way', count: 1 },
    ]);
  });
});

/** A run whose scores are given by how many lives there were before. */
async function runOf(score: (lives: number) => number) {
  const resolved = await smallRun(['budget.generations=60']);
  let lives = 0;
  const { task } = resolved.habitat;
  const live: typeof task.live = (...episode) => ({ ...task.live(...episode), score: score(lives++) });
  return { ...resolved, habitat: { ...resolved.habitat, task: { ...task, live } } };
}

describe('a run in which every life fails', () => {
  it('stops with a reason, counts why, and is listed as failed', async () => {
    const notices: string[] = [];
    const root = temporaryFolder();
    const result = await startRun(await runOf(() => Number.NaN), root, 'hopeless', {
      workers: 1,
      onNotice: (text) => notices.push(text),
    });
    expect(result.best).toBeNull();
    expect(result.stopReason).toBe(
      'strategy: nothing to go on: all 160 candidates of the last 20 steps failed',
    );
    expect(result.failures).toEqual([{ reason: 'the score is NaN', count: 160 }]);
    expect(notices.filter((text) => /candidates failed/.test(text))).toEqual([
      'step 0: 8 of 8 candidates failed: the score is NaN',
    ]);
    expect(listRuns(root).runs.map(({ status }) => status)).toEqual(['failed']);
  });
});

describe('a run that breaks off with an error', () => {
  it('is listed as failed with its reason, and goes on from there', async () => {
    const root = temporaryFolder();
    const evaluatorOf: EvaluatorHost['evaluatorOf'] = (habitat) => {
      const sound = inProcessEvaluator(habitat);
      let steps = 0;
      return {
        ...sound,
        evaluate: async (lives) => {
          steps += 1;
          if (steps === 5) throw new UserError('the machine has a fault');
          return sound.evaluate(lives);
        },
      };
    };
    const close = vi.fn(async () => {});
    const faulty = startRun(await smallRun(), root, 'faulty', {
      workers: 1,
      host: { workers: 1, evaluatorOf, close },
    });
    await expect(faulty).rejects.toThrow('the machine has a fault');
    // A host that was given serves others too.
    expect(close).not.toHaveBeenCalled();
    const [run] = listRuns(root).runs;
    expect(run!.status).toBe('failed');
    expect(resultOf(run!.manifest)).toEqual({ stopReason: 'the machine has a fault', best: null });
    expect(new StoredRun(run!.folder).records).toHaveLength(4);
    const further = await resumeRun(run!.folder, undefined, { workers: 1 });
    expect(further.generations).toBe(7);
    // What was stored of the third step while the fourth was lived is how things stood between the two.
    const whole = await startRun(await smallRun(), temporaryFolder(), 'whole', { workers: 1 });
    for (const file of ['steps.jsonl', 'elites.bin', 'champion.json'])
      expect(readFileSync(join(further.path, file)).equals(readFileSync(join(whole.path, file)))).toBe(true);
    expect(listRuns(root).runs[0]!.status).toBe('finished');
  });
});
