import { type Arm, type CurvePanel, curvePanes, curvesFigure, panelOver } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { CorrelationDrivenTrace } from './trace.js';

type Arms = readonly Arm<CorrelationDrivenTrace>[];

/** A multiple of `step` above all values of some traces. */
function above(arms: Arms, step: number, of: (trace: CorrelationDrivenTrace) => readonly number[]): number {
  const greatest = arms.flatMap(({ traces }) => traces.flatMap(of)).reduce((a, b) => Math.max(a, b), 0);
  return step * (1 + Math.floor(greatest / step));
}

function curves(title: string, subtitle: string, arms: Arms): Figure {
  const panel = panelOver(arms);
  const { rows, ...figure } = curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel(
        'rate while it learns (Hz)',
        110,
        above(arms, 20, ({ rate }) => rate),
        ({ rate }) => rate,
      ),
    ],
    marks: [],
    below: 'presentation of the pattern',
  });
  const more: [CurvePanel, string][] = [
    [
      panel(
        'potential without a threshold (mV)',
        150,
        above(arms, 20, ({ potential }) => potential),
        ({ potential }) => potential,
      ),
      'ms from the beginning of the last presentation',
    ],
    [
      panel(
        'weights in ascending order (mV)',
        110,
        above(arms, 0.5, ({ weights }) => weights),
        ({ weights }) => weights,
      ),
      'input',
    ],
  ];
  const panes = more.flatMap(([of, below]) => curvePanes([of], [], below));
  return { ...figure, rows: [...rows, ...panes.map((pane) => rowOf(pane, 8))] };
}

/** What the neuron learned of the pattern, in the last trial. */
export const correlationDrivenFigure = {
  name: 'detection',
  lives: (before, after) =>
    curves(
      'One neuron finds a pattern that comes again and again',
      `signal to noise ${before[0]!.score.toFixed(1)} before evolution, ${after[0]!.score.toFixed(1)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: Arms) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<CorrelationDrivenTrace>;
