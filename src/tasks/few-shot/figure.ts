import { type Arm, type CurvePanel, curvesFigure, panelOver } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import { accuracyOf, scoreOf } from './measures.js';
import type { FewShotTrace } from './trace.js';

const panelsOf = (arms: readonly Arm<FewShotTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  const most = Math.max(
    1,
    ...arms.flatMap(({ traces }) => traces.flatMap(({ own, best }) => [...own, ...best])),
  );
  return [
    panel('right answers (share of the queries until then)', 150, 1, ({ answer, label }) =>
      soFar(answer, label),
    ),
    panel('spikes of the pool of the right class', 90, most, ({ own }) => own),
    panel('spikes of the most active other pool', 90, most, ({ best }) => best),
  ];
};

const soFar = (answer: readonly number[], label: readonly number[]) =>
  answer.map((_, query) => accuracyOf(answer.slice(0, query + 1), label));

const curves = (title: string, subtitle: string, arms: readonly Arm<FewShotTrace>[]): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: [],
    below: 'query',
  });

/** Queries one after the other. */
export const fewShotFigure = {
  name: 'queries',
  lives: (before, after) =>
    curves(
      `New classes from few examples: ${after[0]!.scenario}`,
      `share of queries answered right: ${scoreOf(before[0]!.trace).toFixed(2)} before evolution, ` +
        `${scoreOf(after[0]!.trace).toFixed(2)} after, ` +
        `${accuracyOf(after[0]!.trace.nearest, after[0]!.trace.label).toFixed(2)} by the nearest sum of the support`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<FewShotTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} episodes, shaded: ± SD`, arms),
} satisfies TaskFigure<FewShotTrace>;
