import type { RandomStream } from '../../math/random.js';

/** An index below `count` that is none of those taken, which must leave one. */
export function otherThan(taken: readonly number[], count: number, stream: RandomStream): number {
  for (;;) {
    const index = stream.integer(count);
    if (!taken.includes(index)) return index;
  }
}
