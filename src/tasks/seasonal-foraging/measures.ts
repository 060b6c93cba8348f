import { mean } from '../../math/statistics.js';
import type { SeasonalTrace } from './trace.js';

/** Score of a day: shares of nutritious and of poisonous food that were eaten, the one less the other, from 0 to 1. */
export function dayScore(nutritious: readonly number[], eaten: readonly number[]): number {
  const share = (of: number) => mean(eaten.filter((_, food) => nutritious[food] === of));
  return (1 + share(1) - share(0)) / 2;
}

/** Cosine of the sizes of two changes; 0 where either is none. */
export function overlapOf(a: Float64Array, b: Float64Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += Math.abs(a[i]! * b[i]!);
    squaresA += a[i]! * a[i]!;
    squaresB += b[i]! * b[i]!;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : Math.min(1, product / Math.sqrt(squaresA * squaresB));
}

/** The score is the mean over all days. */
export const scoreOf = ({ scores }: SeasonalTrace): number => mean(scores);

/** @param days of a season */
export function measuresOf(trace: SeasonalTrace, days: number) {
  const { scores, eaten, nutritious } = trace;
  const starts = Array.from({ length: scores.length / days }, (_, stretch) => stretch * days);
  const first = (start: number) => scores[start]!;
  const last = (start: number) => scores[start + days - 1]!;
  const returns = starts.slice(2);
  // What was known when the season last ended, above not knowing, and what of it is there when it returns.
  const known = mean(returns.map((start) => last(start - 2 * days) - 0.5));
  const kept = mean(returns.map((start) => first(start) - 0.5));
  return {
    firstDay: mean(starts.slice(0, 2).map(first)),
    lastDay: mean(starts.map(last)),
    onReturn: mean(returns.map(first)),
    retained: known > 0 ? Math.min(2, Math.max(-2, kept / known)) : 0,
    eaten: mean(eaten),
    poisonEaten: mean(eaten.filter((_, food) => nutritious[food] === 0)),
  };
}
