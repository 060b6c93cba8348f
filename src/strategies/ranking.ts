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

/** Ranks of scores from -1/2, the worst, to 1/2, the best; equals get the mean of their ranks. */
export function centredRanks(scores: readonly number[]): Float64Array {
  const order = bestFirst(scores);
  const ranks = new Float64Array(scores.length);
  const last = Math.max(1, scores.length - 1);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    const rank = 0.5 - (from + to - 1) / 2 / last;
    for (let i = from; i < to; i++) ranks[order[i]!] = rank;
    from = to;
  }
  return ranks;
}
