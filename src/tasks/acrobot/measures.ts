import { mean, median } from '../../math/statistics.js';
import type { AcrobotTrace } from './trace.js';

/** Steps after which an episode ends, as in Acrobot-v1. */
export const maxSteps = 500;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export function measuresOf({ steps, height, idle, pumping }: AcrobotTrace) {
  const fifth = Math.ceil(steps.length / 5);
  const all = sum(steps);
  return {
    steps: mean(steps),
    medianSteps: median(steps),
    stepsEnd: mean(steps.slice(-fifth)),
    solved: mean(steps.map((count) => (count < maxSteps ? 1 : 0))),
    height: mean(height),
    idle: sum(idle) / all,
    pumping: sum(pumping) / all,
  };
}

/** The score: the greatest height of the tip less the steps, means over episodes: the height tells failures apart. */
export const scoreOf = ({ steps, height }: Pick<ReturnType<typeof measuresOf>, 'steps' | 'height'>): number =>
  height - steps;
