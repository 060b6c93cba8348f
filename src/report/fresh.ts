import type { Spread } from '../math/statistics.js';
import { figure } from './numbers.js';

/** Differences beyond so many standard errors are called clear. */
const clearErrors = 2;

/** Whether what was evolved beats the untrained start on lives that evolution never saw, in words. */
export function freshVerdict(evolved: Spread, untrained: Spread): string {
  const difference = evolved.mean - untrained.mean;
  if (!Number.isFinite(difference))
    return 'not to be compared with the untrained start: one of the two has no score there';
  const variance = (evolved.sd * evolved.sd) / evolved.n + (untrained.sd * untrained.sd) / untrained.n;
  const reach = clearErrors * Math.sqrt(variance);
  const by = `by ${figure(Math.abs(difference))}, where ${clearErrors} standard errors are ${figure(reach)}`;
  if (difference > reach) return `beats the untrained start ${by}${times(evolved, untrained)}`;
  if (difference < -reach) return `falls behind the untrained start ${by}`;
  return difference === 0
    ? 'no better than the untrained start: the means are equal'
    : `no clear difference from the untrained start: ${difference > 0 ? 'above' : 'below'} it ${by}`;
}

/** How many times a score another is, where that is a good deal and the other is above 0. */
function times({ mean }: Spread, { mean: least }: Spread): string {
  const ratio = mean / least;
  return least > 0 && ratio >= 1.5 && Number.isFinite(ratio) ? `: ${ratio.toFixed(1)} times its score` : '';
}
