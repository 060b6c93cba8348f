import { RandomStream } from '../../math/random.js';
import type { Interval } from '../../math/shares.js';
import { simultaneousIntervals } from '../../math/simultaneous.js';
import { mean, median } from '../../math/statistics.js';
import type { FreshLoss, Losses } from './types.js';

/** What fresh lives lose by each of several steps that are taken alone, with intervals that hold at once. */
export function freshLosses(
  whole: Float64Array,
  without: readonly Float64Array[],
  purpose: string,
): FreshLoss[] {
  const losses = without.map((scores) => whole.map((score, life) => score - scores[life]!));
  const intervals: Interval[] = simultaneousIntervals(losses, RandomStream.from(purpose));
  return losses.map((lost, i) => {
    const finite = lost.filter(Number.isFinite);
    return {
      effect: mean(finite),
      ...intervals[i]!,
      differing: finite.filter((loss) => loss !== 0).length,
      failed: lost.length - finite.length,
    };
  });
}

/** How many of some losses are clear, are clearly gains, and cannot be told from 0. */
export function verdictsOf(losses: readonly FreshLoss[]) {
  const carriers = losses.filter(({ low }) => low > 0).length;
  const harmful = losses.filter(({ high }) => high < 0).length;
  return { carriers, harmful, undecided: losses.length - carriers - harmful };
}

export const lossSummary = (trained: readonly number[], fresh: readonly FreshLoss[]): Losses => ({
  trainedMedian: median(trained),
  // A life that failed has lost all.
  trainedLosing: trained.filter((loss) => !(loss <= 0)).length,
  freshMedian: median(fresh.map(({ effect }) => effect)),
  freshLosing: verdictsOf(fresh).carriers,
});
