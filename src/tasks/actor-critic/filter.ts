import { exp } from '../../math/exponential.js';

/** A running filter: what comes in an interval goes in, and the filtered value at its end comes out. */
export type Filter = (value: number) => number;

/** A difference of two exponentials of area 1: what comes as 1 goes on as a rate, 1/ms. */
export function filterOf(intervalMs: number, riseMs: number, fallMs: number): Filter {
  const [keepFall, keepRise] = [exp(-intervalMs / fallMs), exp(-intervalMs / riseMs)];
  let [falling, rising] = [0, 0];
  return (value) => {
    falling = (falling + value) * keepFall;
    rising = (rising + value) * keepRise;
    return (falling - rising) / (fallMs - riseMs);
  };
}
