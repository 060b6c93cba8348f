import { type Arm, curvePanes, panelOver } from '../../figure/curves.js';
import { rowOf } from '../../figure/figure.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import { maxSteps } from './measures.js';
import type { AcrobotTrace } from './trace.js';

/** The last episode of the first life of each condition. */
const lastEpisode = (arms: readonly Arm<AcrobotTrace>[]) =>
  curvePanes(
    [
      {
        title: 'height of the tip in the last episode of the first life (m); up is above 1',
        height: 110,
        range: { low: -2, high: 2 },
        values: arms.map(({ traces }) => [traces[0]!.tip]),
      },
    ],
    [],
    'step',
  );

/** Steps by episode, and how the tip went in one of them. */
export const acrobotFigure = curvesOfLives<AcrobotTrace>({
  name: 'swinging-up',
  title: (scenario) => `Acrobot: ${scenario}`,
  score: { word: 'score', text: ({ score }) => score.toFixed(1) },
  panels: (arms) => [panelOver(arms)('steps until the tip is up', 170, maxSteps, ({ steps }) => steps)],
  below: 'episode',
  more: (arms) => lastEpisode(arms).map((pane) => rowOf(pane)),
});
