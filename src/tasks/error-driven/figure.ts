import { type Arm, curvePanes, curvesFigure, panelOver } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { ErrorDrivenTrace } from './trace.js';

/** The next power of 2 above the greatest of the values. */
function rangeAbove(values: readonly number[]): number {
  let high = 2 ** -4;
  while (high < Math.max(...values)) high *= 2;
  return high;
}

function curves(title: string, subtitle: string, arms: readonly Arm<ErrorDrivenTrace>[]): Figure {
  const greatest = rangeAbove(arms.flatMap(({ traces }) => traces.flatMap(({ error }) => error)));
  const panel = panelOver(arms);
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel(
        'difference of the potentials (mV, root mean square of 100 ms)',
        170,
        greatest,
        ({ error }) => error,
      ),
    ],
    marks: [],
    below: 'tenth of a second',
  });
}

/** How the student came to follow, and the potentials in the end. */
export const errorDrivenFigure = {
  name: 'following',
  lives: (before, after) => {
    const [first, last] = [before[0]!, after[0]!];
    const figure = curves(
      'One neuron learns to follow the potential of another',
      `score ${first.score.toFixed(1)} before evolution, ${last.score.toFixed(1)} after`,
      [
        { name: 'before evolution', traces: [first.trace] },
        { name: 'after', traces: [last.trace] },
      ],
    );
    const { student, teacher } = last.trace;
    const all = [...student, ...teacher];
    const range = { low: Math.floor(Math.min(...all)), high: Math.ceil(Math.max(...all)) + 1 };
    const title = 'potentials after evolution (mV): the first colour is the student, the second the teacher';
    const panes = curvePanes(
      [{ title, height: 120, range, values: [[student], [teacher]] }],
      [],
      'last ms of the life',
    );
    return { ...figure, rows: [...figure.rows, ...panes.map((pane) => rowOf(pane, 8))] };
  },
  arms: (title: string, arms: readonly Arm<ErrorDrivenTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<ErrorDrivenTrace>;
