import { mean } from '../../math/statistics.js';
import type { Search } from './trace.js';

/** Trials at the start and at the end of a life over which means are taken. */
export const few = 5;

const timeOf =
  (trialS: number) =>
  ({ foundS }: Search) =>
    foundS >= 0 ? foundS : trialS;

/** The score: share of the time allowed that is left when the goal is found, over all trials; 0 of those without. */
export const scoreOf = (searches: readonly Search[], trialS: number): number =>
  mean(searches.map((search) => 1 - timeOf(trialS)(search) / trialS));

export function measuresOf(searches: readonly Search[], trialS: number) {
  const time = (some: readonly Search[]) => mean(some.map(timeOf(trialS)));
  const found = (some: readonly Search[]) => mean(some.map(({ foundS }) => (foundS >= 0 ? 1 : 0)));
  const last = searches.slice(-few);
  return {
    latencyS: time(searches),
    latencyFirstS: time(searches.slice(0, few)),
    latencyEndS: time(last),
    found: found(searches),
    foundEnd: found(last),
    way: mean(searches.map(({ way }) => way)),
    bumps: mean(searches.map(({ bumps }) => bumps)),
    bumpsEnd: mean(last.map(({ bumps }) => bumps)),
  };
}
