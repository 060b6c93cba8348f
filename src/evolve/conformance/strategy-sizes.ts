import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Check, expectSame } from '../../spec/conformance.js';
import type { Problem } from '../../strategies/strategy.js';
import { type Search, stored } from './search.js';
import { advance, bumpy, expectValid, problemOf, type Score, scored } from './searches.js';

const many = 10_000;

/** So many genes between -5 and 5. */
const wide = (genes: number): Problem =>
  problemOf(Array.from({ length: genes }, () => ({ low: -5, high: 5, start: 1 })));

/** The same genome scores otherwise each time it lives. */
const noisy: Score = (genome, index, step) =>
  scored(
    bumpy(genome, index, step).objectives[0]! +
      30 * RandomStream.from(deriveSeed('noise', step, index)).normal(),
  );

/** Asks and tells; then holds a search that was put away halfway to what one gave that was not. */
function expectSound({ create, restore }: Search, problem: Problem, steps: number, score: Score): void {
  const unbroken = create(problem);
  expectValid(advance(unbroken, steps, score), problem);
  const resumed = restore(problem, stored(unbroken.snapshot()));
  expectSame(advance(resumed, steps, score), advance(unbroken, steps, score), 'what a restored search asks');
}

/** What is asked of a strategy with few genes, with many, and with scores that chance decides. */
export const sizes = (search: Search): Check[] => [
  { name: 'searches one gene', run: () => expectSound(search, wide(1), 12, bumpy) },
  {
    name: 'goes on where the same genome scores otherwise each time',
    run: () => expectSound(search, wide(6), 12, noisy),
  },
  ...((search.takes.mostGenes ?? Infinity) < many
    ? []
    : [
        {
          name: `takes two steps of ${many.toLocaleString('en-US')} genes`,
          run: () => expectSound(search, wide(many), 1, bumpy),
        },
      ]),
];
