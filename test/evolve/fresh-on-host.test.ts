import { expect, it } from 'vitest';
import type { EvaluatorHost } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessHost } from '../../src/evolve/evaluators/in-process.js';
import { startRun } from '../../src/evolve/run.js';
import { smallRun, temporaryFolder } from './small-run.js';

/** Counts the lives of each habitat by its task's jitter of starts. */
function counting(): { host: EvaluatorHost; lives: Map<unknown, number> } {
  const inner = inProcessHost();
  const lives = new Map<unknown, number>();
  return {
    lives,
    host: {
      workers: 1,
      evaluatorOf: (habitat) => {
        const evaluator = inner.evaluatorOf(habitat);
        const key = habitat.setup.task.startJitterUnits;
        return {
          ...evaluator,
          evaluate: (batch, onLived) => {
            lives.set(key, (lives.get(key) ?? 0) + batch.length);
            return evaluator.evaluate(batch, onLived);
          },
        };
      },
      close: () => inner.close(),
    },
  };
}

it('fresh lives of the start and of the champion are lived where those of the run are', async () => {
  const { host, lives } = counting();
  const { reference, best } = await startRun(await smallRun(), temporaryFolder(), 'run', {
    workers: 1,
    host,
  });
  expect([...lives]).toEqual([
    [25, 4],
    [0, 56],
  ]);
  const alone = await startRun(await smallRun(), temporaryFolder(), 'run', { workers: 1 });
  expect([reference, best]).toEqual([alone.reference, alone.best]);
});
