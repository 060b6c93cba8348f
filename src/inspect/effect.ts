import { spreadOf } from '../evolve/reference-scores.js';
import { RandomStream } from '../math/random.js';

/** What something is good for: by how much the score falls without it, over the same fresh lives. */
export interface Effect {
  what: string;
  /** Mean difference of the scores, with what it is about and without. */
  effect: number;
  /** 95 % interval of that mean, by resampling the lives. */
  low: number;
  high: number;
  n: number;
  /** Mean difference over its standard deviation; null where every life differs by the same. */
  size: number | null;
  /** Lives that broke down without it; they are not part of the figures. */
  failed: number;
}

/** Resamples behind an interval. */
const resamples = 2000;

/** The effect of what was taken out of the second scores, life by life. NaN counts as a life that broke down. */
export function effectOf(what: string, whole: readonly number[], without: readonly number[]): Effect {
  const differences = whole.map((score, i) => score - without[i]!).filter((of) => Number.isFinite(of));
  const n = differences.length;
  const failed = whole.length - n;
  if (n === 0) return { what, effect: Number.NaN, low: Number.NaN, high: Number.NaN, n, size: null, failed };
  const { mean, sd } = spreadOf(differences);
  const random = RandomStream.from(`effect ${what}`);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += differences[random.integer(n)]!;
    return sum / n;
  }).sort();
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))]!;
  return { what, effect: mean, low: at(0.025), high: at(0.975), n, size: sd > 0 ? mean / sd : null, failed };
}
