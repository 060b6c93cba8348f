import { mean } from '../../math/statistics.js';
import type { Options } from './options.js';
import type { GridTrace } from './trace.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const scoreOf = ({ found, bumped }: GridTrace, { reward, wallPenalty }: Options): number =>
  reward * sum(found) - wallPenalty * sum(bumped);

/** What is said of a life beside its score. */
export function measuresOf({ cell, found, bumped }: GridTrace) {
  const half = Math.floor(found.length / 2);
  const first = found.indexOf(1);
  return {
    rewards: sum(found),
    rewardsLate: sum(found.slice(half)),
    stepsToFirst: first < 0 ? found.length : first + 1,
    bumps: mean(bumped),
    cells: new Set(cell).size,
  };
}
