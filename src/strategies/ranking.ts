import type { Outcome } from './strategy.js';

/** A candidate's first objective, or minus infinity where it failed: failures rank last. */
export function fitness({ status, objectives }: Outcome): number {
  const value = objectives[0];
  return status === 'ok' && value !== undefined && Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
}

/** Indices from best to worst; equals keep their order. */
export function bestFirst(scores: readonly number[]): number[] {
  return [...scores.keys()].sort((a, b) => {
    const difference = scores[b]! - scores[a]!;
    // Two failures differ by NaN.
    return difference > 0 ? 1 : difference < 0 ? -1 : a - b;
  });
}
