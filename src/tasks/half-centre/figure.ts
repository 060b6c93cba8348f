import { type Arm, curvesFigure } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { HalfCentreTrace } from './trace.js';

/** Time of each level that is drawn, s. */
const shownS = 3;

function figureOf(title: string, subtitle: string, arms: readonly Arm<HalfCentreTrace>[]): Figure {
  const { levels, intervalMs } = arms[0]!.traces[0]!;
  const shown = Math.round((1000 * shownS) / intervalMs);
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: levels.map(({ level }, i) => ({
      title: `level ${level}: spikes in ${intervalMs} ms, left above 0, right below`,
      height: 64,
      range: { low: -3, high: 3 },
      values: arms.map(({ traces }) => [
        Float64Array.from(
          traces[0]!.levels[i]!.left.slice(0, shown),
          (left, at) => left - traces[0]!.levels[i]!.right[at]!,
        ),
      ]),
    })),
    marks: [],
    below: `interval of ${intervalMs} ms`,
  });
}

/** Spikes of both cells at each level of the modulator. */
export const halfCentreFigure = {
  name: 'rhythm',
  lives: (before, after) =>
    figureOf(
      `Half-centre: ${after[0]!.scenario}`,
      `score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<HalfCentreTrace>[]) =>
    figureOf(title, `the first of ${arms[0]!.traces.length} lives`, arms),
} satisfies TaskFigure<HalfCentreTrace>;
