import { type Arm, curvesFigure } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import { intervalMs } from './life.js';
import type { PendulumTrace } from './trace.js';

function figureOf(title: string, subtitle: string, arms: readonly Arm<PendulumTrace>[]): Figure {
  const panel = (
    name: string,
    height: number,
    reach: number,
    of: (trace: PendulumTrace) => readonly number[],
  ) => ({
    title: name,
    height,
    range: { low: -reach, high: reach },
    values: arms.map(({ traces }) => [of(traces[0]!)]),
  });
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel('angle of the pendulum (rad)', 170, Math.PI, ({ angle }) => angle),
      panel(`spikes in ${intervalMs} ms, forth above 0, back below`, 90, 3, ({ forth, back }) =>
        forth.map((spikes, i) => spikes - back[i]!),
      ),
    ],
    marks: [],
    below: `interval of ${intervalMs} ms`,
  });
}

/** The angle, and the spikes that push, over a life. */
export const pendulumFigure = {
  name: 'swing',
  lives: (before, after) =>
    figureOf(
      `Pendulum: ${after[0]!.scenario}`,
      `amplitude ${before[0]!.score.toFixed(2)} rad before evolution, ${after[0]!.score.toFixed(2)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<PendulumTrace>[]) =>
    figureOf(title, `the first of ${arms[0]!.traces.length} lives`, arms),
} satisfies TaskFigure<PendulumTrace>;
