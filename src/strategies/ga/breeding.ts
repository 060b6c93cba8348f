import type { RandomStream } from '../../math/random.js';
import type { Problem } from '../strategy.js';
import { type CrossoverOptions, crossover } from './crossover.js';
import { type MutationOptions, mutate } from './mutation.js';
import { drawPair, type ParentPool } from './selection.js';

/** Makes children of a population, each of two parents that the pool draws. */
export function breed(
  {
    crossover: crossing,
    mutation,
  }: { readonly crossover: CrossoverOptions; readonly mutation: MutationOptions },
  problem: Problem,
  stream: RandomStream,
  pool: ParentPool,
  genomeOf: (parent: number) => Float64Array,
  children: readonly Float64Array[],
): void {
  for (let made = 0; made < children.length; ) {
    const [first, second] = drawPair(pool, stream);
    const child = children[made++]!;
    const twin = crossing.kind === 'sbx' ? children[made++] : undefined;
    crossover(crossing, problem, stream, {
      first: genomeOf(first.index),
      second: genomeOf(second.index),
      firstShare: first.weight + second.weight > 0 ? first.weight / (first.weight + second.weight) : 0.5,
      child,
      twin,
    });
    mutate(mutation, problem, stream, child);
    if (twin) mutate(mutation, problem, stream, twin);
  }
}
