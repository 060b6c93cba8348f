import { mean } from '../../math/statistics.js';
import type { Trips } from './trace.js';
import { offsetATrip } from './world.js';

/** Trips by which it is told how well an end is known. */
export const windowTrips = 10;
/** A move has been learned at the first trip from which so many of so many trips end at the large reward. */
const regained = { trips: 5, large: 4 };

const foundLarge = ({ end, large }: Trips) => end.map((reached, trip) => (reached === large[trip] ? 1 : 0));

/** What all trips were worth, and half a reward more for each. */
export const scoreOf = ({ reward }: Trips): number =>
  reward.reduce((sum, value) => sum + value + offsetATrip, 0);

/** Trips between `from` and `to` before the first run in which the large reward is found again; all where there is none. */
function tripsUntil(found: readonly number[], from: number, to: number): number {
  for (let first = from; first + regained.trips <= to; first++) {
    const sum = found.slice(first, first + regained.trips).reduce((a, b) => a + b, 0);
    if (sum >= regained.large) return first - from;
  }
  return to - from;
}

/** What is said of a life beside its score. Of several moves, means. */
export function measuresOf(trips: Trips) {
  const found = foundLarge(trips);
  const last = found.length;
  const ends = [...trips.moves, last];
  const stretches = trips.moves.map((from, move) => ({ from, to: ends[move + 1]! }));
  const over = (value: (stretch: { from: number; to: number }) => number) => mean(stretches.map(value));
  const crashed = trips.end.map((end) => (end < 0 ? 1 : 0));
  return {
    rewardATrip: mean(trips.reward),
    large: mean(found),
    crashes: mean(crashed),
    crashesEnd: mean(crashed.slice(-windowTrips)),
    largeBefore: mean(trips.moves.flatMap((move) => found.slice(Math.max(0, move - windowTrips), move))),
    largeAfter: over(({ from, to }) => mean(found.slice(from, Math.min(to, from + windowTrips)))),
    largeLater: over(({ from, to }) => mean(found.slice(Math.min(to - 1, from + windowTrips), to))),
    tripsToRegain: over(({ from, to }) => tripsUntil(found, from, to)),
  };
}
