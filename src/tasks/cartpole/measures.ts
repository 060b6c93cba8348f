import { mean, median } from '../../math/statistics.js';
import type { CartpoleTrace } from './trace.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The score: mean steps of an episode. */
export const scoreOf = ({ steps }: CartpoleTrace): number => mean(steps);

export function measuresOf({ steps, invalid, left, distance }: CartpoleTrace, maxSteps: number) {
  const fifth = Math.ceil(steps.length / 5);
  const all = sum(steps);
  return {
    medianSteps: median(steps),
    bestSteps: Math.max(...steps),
    stepsFirst: mean(steps.slice(0, fifth)),
    stepsEnd: mean(steps.slice(-fifth)),
    solved: mean(steps.map((count) => (count >= maxSteps ? 1 : 0))),
    invalidMoves: sum(invalid) / all,
    left: sum(left) / all,
    distance: mean(distance),
  };
}
