import { type Arm, curvePanes, panelOver } from '../../figure/curves.js';
import { rowOf } from '../../figure/figure.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import type { CartpoleTrace } from './trace.js';

/** The last episode of the first life of each condition. */
function lastEpisode(arms: readonly Arm<CartpoleTrace>[]) {
  const pane = (title: string, reach: number, of: (trace: CartpoleTrace) => readonly number[]) => ({
    title,
    height: 110,
    range: { low: -reach, high: reach },
    values: arms.map(({ traces }) => [of(traces[0]!)]),
  });
  return curvePanes(
    [
      pane('angle of the pole in the last episode of the first life (degrees)', 13, ({ angle }) => angle),
      pane('position of the cart (m)', 2.5, ({ position }) => position),
    ],
    [],
    'step',
  );
}

/** Steps by episode, and how the pole and the cart went in one of them. */
export const cartpoleFigure = curvesOfLives<CartpoleTrace>({
  name: 'balancing',
  title: (scenario) => `Cart and pole: ${scenario}`,
  score: { word: 'mean steps', text: ({ score }) => score.toFixed(1) },
  panels: (arms) => {
    const most = Math.max(100, ...arms.flatMap(({ traces }) => traces.flatMap(({ steps }) => steps)));
    return [panelOver(arms)('steps of an episode', 170, most, ({ steps }) => steps)];
  },
  below: 'episode',
  more: (arms) => lastEpisode(arms).map((pane) => rowOf(pane)),
});
