import type { RandomStream } from './random.js';
import type { Interval } from './shares.js';
import { ascending } from './statistics.js';

/** A run on its way to a target. */
export interface Attempt {
  /** Until it reached the target; where it did not, all that it used. */
  evaluations: number;
  reached: boolean;
}

/**
 * Expected running time (Hansen et al. 2021, doi:10.1080/10556788.2020.1808977): the evaluations of all runs, those that
 * failed with all that they used, over the number of runs that reached the target. What a target costs if runs are
 * started anew until one reaches it. Infinite where none did; NaN of no runs.
 */
export function expectedRunningTime(attempts: readonly Attempt[]): number {
  let [evaluations, successes] = [0, 0];
  for (const attempt of attempts) {
    evaluations += attempt.evaluations;
    if (attempt.reached) successes += 1;
  }
  if (attempts.length === 0) return Number.NaN;
  return successes === 0 ? Number.POSITIVE_INFINITY : evaluations / successes;
}

/** How often runs are drawn anew for an interval. */
const resamples = 2000;

/**
 * Its 95 % interval by the percentile bootstrap over runs. The upper end is infinite where at least 2.5 % of resamples
 * have no run that reached the target. Fixed by the runs, their order and the stream; NaN of no runs.
 */
export function runningTimeInterval(attempts: readonly Attempt[], stream: RandomStream): Interval {
  const n = attempts.length;
  if (n === 0) return { low: Number.NaN, high: Number.NaN };
  const times = ascending(
    Float64Array.from({ length: resamples }, () =>
      expectedRunningTime(Array.from({ length: n }, () => attempts[stream.integer(n)]!)),
    ),
  );
  return { low: times[Math.floor(0.025 * resamples)]!, high: times[Math.ceil(0.975 * resamples) - 1]! };
}
