import { setImmediate } from 'node:timers/promises';
import { liveOne, livingOrder } from '../../evaluate/batch.js';
import type { Habitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import type { LifetimeResult } from '../../evaluate/lives.js';
import { batchOf, type Evaluator, type EvaluatorHost } from './evaluator.js';

/** The thread is given up at least this often, so that Ctrl-C is heard. */
const listenEveryMs = 50;
/** When it last was, by whichever evaluator. */
let listened = performance.now();

/** Lives in this thread. */
export function inProcessEvaluator(habitat: Habitat): Evaluator {
  const runner = new LifetimeRunner(habitat);
  return {
    workers: 1,
    evaluate: async (lives, onLived) => {
      const batch = batchOf(lives, 0, lives.length);
      const results = Array<LifetimeResult>(lives.length);
      for (const life of livingOrder(runner, batch)) {
        results[life] = liveOne(runner, batch, life);
        onLived?.(1);
        if (performance.now() - listened < listenEveryMs) continue;
        await setImmediate();
        listened = performance.now();
      }
      return results;
    },
    close: async () => {},
  };
}

/** A host whose lives are all lived in this thread. */
export const inProcessHost = (): EvaluatorHost => ({
  workers: 1,
  evaluatorOf: inProcessEvaluator,
  close: async () => {},
});
