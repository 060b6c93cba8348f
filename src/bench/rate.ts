import type { Evaluator, Life } from '../evolve/evaluators/evaluator.js';

/** Lives a second, in whole steps. */
export async function rate(evaluator: Evaluator, lives: readonly Life[], seconds: number): Promise<number> {
  let done = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    await evaluator.evaluate(lives);
    done += lives.length;
  }
  return done / ((performance.now() - began) / 1000);
}
