import { type Arm, curvePanes, curvesFigure, panelOver } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
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

function curves(title: string, subtitle: string, arms: readonly Arm<AcrobotTrace>[]): Figure {
  const figure = curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [panelOver(arms)('steps until the tip is up', 170, maxSteps, ({ steps }) => steps)],
    marks: [],
    below: 'episode',
  });
  return { ...figure, rows: [...figure.rows, ...lastEpisode(arms).map((pane) => rowOf(pane))] };
}

/** Steps by episode, and how the tip went in one of them. */
export const acrobotFigure = {
  name: 'swinging-up',
  lives: (before, after) =>
    curves(
      `Acrobot: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(1)} before evolution, ${after[0]!.score.toFixed(1)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<AcrobotTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<AcrobotTrace>;
