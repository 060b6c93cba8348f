import { expect, it } from 'vitest';
import type { LifetimeResult } from '../../src/evaluate/lives.js';
import type { Evaluator, Life } from '../../src/evolve/evaluators/evaluator.js';
import { remembering } from '../../src/evolve/evaluators/remembering.js';

/** Lives whose score is their first gene; it counts what it lives. */
function counting(): Evaluator & { lived: Life[] } {
  const lived: Life[] = [];
  return {
    workers: 1,
    lived,
    evaluate: async (lives, onLived) => {
      lived.push(...lives);
      onLived?.(lives.length);
      return lives.map(
        ({ genome }): LifetimeResult => ({
          status: 'ok',
          score: genome[0]!,
          measures: {},
          behaviour: {},
          energy: 0,
        }),
      );
    },
    close: async () => {},
  };
}

/** Only the first gene counts. */
const sayingOf = (genome: Readonly<Float64Array>) => String(genome[0]);
const life = (a: number, b: number, seed = 's', repeats = 1): Life => ({
  genome: Float64Array.of(a, b),
  seed,
  repeats,
});

it('lives what says the same once, within a step and later, and gives every candidate its result', async () => {
  const inner = counting();
  const evaluator = remembering(inner, sayingOf);
  let told = 0;
  const scores = async (lives: Life[]) =>
    (await evaluator.evaluate(lives, (more) => (told += more))).map(({ score }) => score);
  expect(await scores([life(1, 0), life(2, 0), life(1, 9)])).toEqual([1, 2, 1]);
  expect([inner.lived.length, evaluator.reused, told]).toEqual([2, 1, 3]);
  expect(await scores([life(2, 5), life(3, 0)])).toEqual([2, 3]);
  expect([inner.lived.length, evaluator.reused]).toEqual([3, 1]);
});

it('lives again where the seed or the number of lives is another', async () => {
  const inner = counting();
  const evaluator = remembering(inner, sayingOf);
  await evaluator.evaluate([life(1, 0), life(1, 0, 'other'), life(1, 0, 's', 2)]);
  expect([inner.lived.length, evaluator.reused]).toEqual([3, 0]);
});
