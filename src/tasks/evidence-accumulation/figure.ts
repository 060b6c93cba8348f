import { type Arm, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { AccumulationTrace } from './trace.js';

/** Trials over which a share of right answers is taken. */
const smoothing = 20;

function curves(title: string, subtitle: string, arms: readonly Arm<AccumulationTrace>[]): Figure {
  const panel = panelOver(arms);
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
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
    ],
    marks: [],
  });
}

/** Learning curves. */
export const accumulationFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      `Evidence accumulation: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<AccumulationTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<AccumulationTrace>;
