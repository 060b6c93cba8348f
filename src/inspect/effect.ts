import { RandomStream } from '../math/random.js';
import { bootstrapInterval, spreadOf } from '../math/statistics.js';

/** What something is good for: by how much the score falls without it, over the same fresh lives. */
export interface Effect {
  what: string;
  /** Mean difference of the scores, with what it is about and without. */
  effect: number;
  /** 95 % interval of that mean, by resampling the lives. */
  low: number;
  high: number;
  /** The same where several effects are looked at, so that with 95 % all of their intervals hold at once (Bonferroni). */
  together: { low: number; high: number; of: number };
  n: number;
  /** Mean difference over its standard deviation; null where every life differs by the same. */
  size: number | null;
  /** Lives that broke down without it; they are not part of the figures. */
  failed: number;
}

/** The effect of what was taken out of the second scores, life by life. NaN counts as a life that broke down. */
export function effectOf(
  what: string,
  whole: readonly number[],
  without: readonly number[],
  together = 1,
): Effect {
  const differences = whole.map((score, i) => score - without[i]!).filter((of) => Number.isFinite(of));
  const n = differences.length;
  const failed = whole.length - n;
  const { mean, sd } = spreadOf(differences);
  const interval = (of: number) => bootstrapInterval(differences, RandomStream.from(`effect ${what}`), of);
  const { low, high } = interval(1);
  return {
    what,
    effect: mean,
    low,
    high,
    together: { ...interval(together), of: together },
    n,
    size: sd > 0 ? mean / sd : null,
    failed,
  };
}
