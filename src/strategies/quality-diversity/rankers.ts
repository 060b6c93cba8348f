import type { Dimension } from '../../archives/cells.js';
import type { RandomStream } from '../../math/random.js';
import type { Placed } from './keeper.js';

/**
 * By what an emitter ranks its candidates (Fontaine et al. 2020, doi:10.1145/3377930.3390232). What begins with 2 puts new
 * cells before improvements, and these before what the archive turned down, and ranks within each by the rest.
 */
export const rankerNames = ['imp', '2imp', 'obj', '2obj', 'rd', '2rd'] as const;
export type RankerName = (typeof rankerNames)[number];

/** A direction among the measures, in their units: a normal deviate for each, times its range. */
export const drawnDirection = (dimensions: readonly Dimension[], stream: RandomStream): Float64Array =>
  Float64Array.from(dimensions, ({ low, high }) => stream.normal() * (high - low));

/** By what a candidate is ranked within its status. */
export function rankValue(
  ranker: RankerName,
  { improvement, objective, measures }: Placed,
  direction: Readonly<Float64Array>,
): number {
  if (ranker === 'imp' || ranker === '2imp') return improvement;
  if (ranker === 'obj' || ranker === '2obj') return objective;
  return measures.reduce((sum, value, i) => sum + value * direction[i]!, 0);
}

/** Indices from best to worst; those that have no place come last, and equals keep their order. */
export function rankedBy(
  ranker: RankerName,
  placed: readonly (Placed | undefined)[],
  direction: Readonly<Float64Array>,
): number[] {
  const keys = placed.map((one) =>
    one
      ? [ranker.startsWith('2') ? one.status : 0, rankValue(ranker, one, direction)]
      : [-1, Number.NEGATIVE_INFINITY],
  );
  return [...placed.keys()].sort((a, b) => {
    const [first, second] = [keys[a]!, keys[b]!];
    // Compared, not subtracted: huge values differ by infinity.
    for (const i of [0, 1]) {
      if (first[i]! > second[i]!) return -1;
      if (first[i]! < second[i]!) return 1;
    }
    return a - b;
  });
}
