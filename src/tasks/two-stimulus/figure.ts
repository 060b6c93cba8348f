import { type Arm, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { TwoStimulusTrace } from './trace.js';

/** Trials over which a share is taken. */
const smoothing = 40;

function curves(title: string, subtitle: string, arms: readonly Arm<TwoStimulusTrace>[]): Figure {
  const panel = panelOver(arms);
  const share = (values: readonly number[]) => runningMean(values, smoothing);
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ right }) => share(right)),
      panel(`answered with yes (share of the last ${smoothing})`, 90, 1, ({ saidYes }) => share(saidYes)),
    ],
    marks: [],
  });
}

/** Learning curves. */
export const twoStimulusFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      'Two stimuli, one rule',
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<TwoStimulusTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<TwoStimulusTrace>;
