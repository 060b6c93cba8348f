import { panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import type { AccumulationTrace } from './trace.js';

/** Trials over which a share of right answers is taken. */
const smoothing = 20;

/** Learning curves. */
export const accumulationFigure = curvesOfLives<AccumulationTrace>({
  name: 'learning',
  title: (scenario) => `Evidence accumulation: ${scenario}`,
  panels: (arms) => {
    const panel = panelOver(arms);
    return [
      panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ right }) =>
        runningMean(right, smoothing),
      ),
      panel(
        `how decided the outputs are (0: even, 1: one side alone; mean of the last ${smoothing})`,
        90,
        1,
        ({ certainty }) =>
          runningMean(
            certainty.map((value) => Math.abs(2 * value - 1)),
            smoothing,
          ),
      ),
    ];
  },
});
