import type { SearchOptions } from './options.js';
import { madsSearch, type Search, type SearchEnd, type SearchSpace, type Trial } from './search.js';

/**
 * A search that can be put away and taken up again: it is fixed by its arguments and what it was told, so that its log
 * is its state. Taking it up costs the search's own arithmetic over again, but no evaluation.
 */
export class LoggedSearch {
  /** What it was told so far, in order. */
  readonly log: Trial[] = [];
  /** The points it waits for; empty once it has ended. */
  block: readonly Float64Array[] = [];
  end: SearchEnd | undefined;
  private readonly search: Search;

  constructor(
    space: SearchSpace,
    options: SearchOptions,
    seed: string,
    most: number,
    log: readonly Trial[] = [],
  ) {
    this.search = madsSearch(space, options, seed, most);
    this.take(this.search.next());
    for (let told = 0; told < log.length; ) {
      const count = this.block.length;
      this.tell(log.slice(told, told + count));
      told += count;
    }
  }

  private take(result: IteratorResult<Float64Array[], SearchEnd>): void {
    if (result.done) this.end = result.value;
    this.block = result.done ? [] : result.value;
  }

  /** The outcomes of the block, in its order. */
  tell(trials: readonly Trial[]): void {
    this.log.push(...trials);
    this.take(this.search.next(trials));
  }
}
