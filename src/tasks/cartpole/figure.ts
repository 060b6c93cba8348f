import { type Arm, curvePanes, curvesFigure, panelOver } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
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

function curves(title: string, subtitle: string, arms: readonly Arm<CartpoleTrace>[]): Figure {
  const most = Math.max(100, ...arms.flatMap(({ traces }) => traces.flatMap(({ steps }) => steps)));
  const figure = curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [panelOver(arms)('steps of an episode', 170, most, ({ steps }) => steps)],
    marks: [],
    below: 'episode',
  });
  return { ...figure, rows: [...figure.rows, ...lastEpisode(arms).map((pane) => rowOf(pane))] };
}

/** Steps by episode, and how the pole and the cart went in one of them. */
export const cartpoleFigure = {
  name: 'balancing',
  lives: (before, after) =>
    curves(
      `Cart and pole: ${after[0]!.scenario}`,
      `mean steps ${before[0]!.score.toFixed(1)} before evolution, ${after[0]!.score.toFixed(1)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<CartpoleTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<CartpoleTrace>;
