import { mean } from '../../math/statistics.js';

/** One search, for the goal or for what was the goal. */
export interface Search {
  /** When the goal was found, ms; -1 where it was not. */
  foundMs: number;
  /** When the wrong place was first visited, ms; -1 where it was not. */
  wrongMs: number;
  /** Median distance from the centre while it lasted. */
  distance: number;
  /** Share of that time in the goal's quadrant. */
  inQuadrant: number;
}

/** A run of trials that shows that a place is known: so many of them are rewarded. */
const window = 10;

const isFound = ({ foundMs }: Search) => (foundMs >= 0 ? 1 : 0);
const success = (searches: readonly Search[]) => mean(searches.map(isFound));

/** Trials before the first `window` of which `enough` are rewarded; all of them where there are no such. */
function trialsUntil(searches: readonly Search[], enough: number): number {
  for (let first = 0; first + window <= searches.length; first++) {
    const found = searches.slice(first, first + window).reduce((sum, search) => sum + isFound(search), 0);
    if (found >= enough) return first;
  }
  return searches.length;
}

/** Share of all trials that are rewarded. */
export const scoreOf = success;

/**
 * Measures of a life.
 * @param moved trials before the reward is moved; none of the life where it stays, and what is asked of the time after the
 *   move is then asked of the whole life
 */
export function measuresOf(searches: readonly Search[], moved: number | undefined, trialMs: number) {
  const before = searches.slice(0, moved);
  const after = searches.slice(moved ?? 0);
  const lastFound = after.slice(-window).filter(({ foundMs }) => foundMs >= 0);
  return {
    successBefore: success(before),
    successKnown: success(before.slice(-window)),
    successAfter: success(after),
    successEnd: success(after.slice(-window)),
    trialsToHalf: trialsUntil(after, window / 2),
    trialsToMost: trialsUntil(after, 0.8 * window),
    wrongVisits: mean(after.map(({ wrongMs }) => (wrongMs >= 0 ? 1 : 0))),
    timeEndS: lastFound.length === 0 ? trialMs / 1000 : mean(lastFound.map(({ foundMs }) => foundMs / 1000)),
    latencyS: mean(searches.map(({ foundMs }) => (foundMs >= 0 ? foundMs : trialMs) / 1000)),
    distance: mean(searches.map(({ distance }) => distance)),
    goalQuadrant: mean(searches.map(({ inQuadrant }) => inQuadrant)),
  };
}
