import { type Arm, type CurvePanel, panelOver } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
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

/** Queries one after the other. */
export const fewShotFigure = curvesOfLives<FewShotTrace>({
  name: 'queries',
  title: (scenario) => `New classes from few examples: ${scenario}`,
  score: { word: 'share of queries answered right:', text: ({ trace }) => scoreOf(trace).toFixed(2) },
  beside: ({ trace: { nearest, label } }) =>
    `, ${accuracyOf(nearest, label).toFixed(2)} by the nearest sum of the support`,
  panels: panelsOf,
  below: 'query',
});
