import { type Arm, type CurvePanel, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { GoNoGoTrace } from './trace.js';

/** Trials over which a share of right answers is taken. */
const smoothing = 20;

const panelsOf = (arms: readonly Arm<GoNoGoTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  return [
    panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ right }) =>
      runningMean(right, smoothing),
    ),
    panel('entropy of the action given the cue (bits, last 50)', 90, 1, ({ entropy }) => entropy),
    panel('noradrenaline (concentration, dimensionless)', 80, 1, ({ noradrenaline }) => noradrenaline),
  ];
};

function curves(title: string, subtitle: string, arms: readonly Arm<GoNoGoTrace>[]): Figure {
  const marks = arms[0]?.traces[0]?.shifts ?? [];
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks,
  });
}

/** Learning curves, with what noradrenaline did. */
export const goNoGoFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      `Go/no-go: ${after[0]!.scenario}`,
      `dashed: what the cues mean is exchanged; score ${before[0]!.score.toFixed(3)} before evolution, ` +
        `${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<GoNoGoTrace>[]) =>
    curves(
      title,
      `mean of ${arms[0]!.traces.length} lives, shaded: ± SD; dashed: what the cues mean is exchanged`,
      arms,
    ),
} satisfies TaskFigure<GoNoGoTrace>;
