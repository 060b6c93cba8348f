import type { SearchOptions } from './options.js';
import { madsSearch, type Search, type SearchEnd, type SearchSpace, type Trial } from './search.js';

/** Within less, the mesh would be finer than float64. */
const narrowest = 1e-280;

/** The genes of a space that have more than one value, and the genome with values of these. */
interface Free {
  space: SearchSpace;
  whole(point: Float64Array): Float64Array;
}

function freeOf(space: SearchSpace): Free {
  const { start, low, high, step } = space;
  const genes = [...start.keys()].filter((gene) => high[gene]! - low[gene]! > narrowest);
  if (genes.length === start.length) return { space, whole: (point) => point };
  const pick = (values: Float64Array) => Float64Array.from(genes, (gene) => values[gene]!);
  const base = Float64Array.from(start, (value, gene) => Math.min(high[gene]!, Math.max(low[gene]!, value)));
  return {
    space: { start: pick(start), low: pick(low), high: pick(high), step: pick(step) },
    whole: (point) => {
      const genome = base.slice();
      genes.forEach((gene, i) => {
        genome[gene] = point[i]!;
      });
      return genome;
    },
  };
}

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
  private readonly free: Free;

  constructor(
    space: SearchSpace,
    options: SearchOptions,
    seed: string,
    most: number,
    log: readonly Trial[] = [],
  ) {
    this.free = freeOf(space);
    this.search = madsSearch(this.free.space, options, seed, most);
    this.take(this.search.next());
    for (let told = 0; told < log.length; ) {
      const count = this.block.length;
      this.tell(log.slice(told, told + count));
      told += count;
    }
  }

  private take(result: IteratorResult<Float64Array[], SearchEnd>): void {
    if (result.done) {
      const { best, reason } = result.value;
      this.end = { best: best && { ...best, x: this.free.whole(best.x) }, reason };
    }
    this.block = result.done ? [] : result.value.map(this.free.whole);
  }

  /** The outcomes of the block, in its order. */
  tell(trials: readonly Trial[]): void {
    this.log.push(...trials);
    this.take(this.search.next(trials));
  }
}
