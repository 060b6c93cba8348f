import { type Arm, type CurvePanel, panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
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

/** Learning curves, with what noradrenaline did. */
export const goNoGoFigure = curvesOfLives<GoNoGoTrace>({
  name: 'learning',
  title: (scenario) => `Go/no-go: ${scenario}`,
  panels: panelsOf,
  marks: { of: ({ shifts }) => shifts, about: 'what the cues mean is exchanged' },
});
