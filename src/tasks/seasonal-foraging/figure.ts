import { type Arm, type CurvePanel, curvesFigure, panelOver } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import type { SeasonalTrace } from './trace.js';

const panelsOf = (arms: readonly Arm<SeasonalTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  return [panel('score of the day (eating all or nothing: 0.5)', 180, 1, ({ scores }) => scores)];
};

/** Days before each change of season. */
function changes({ season, day }: SeasonalTrace): number[] {
  return day.filter((_, food) => food > 0 && season[food] !== season[food - 1]);
}

const curves = (title: string, subtitle: string, arms: readonly Arm<SeasonalTrace>[]): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: arms[0]?.traces[0] ? changes(arms[0].traces[0]) : [],
    below: 'day',
  });

/** Scores by day. */
export const seasonalFigure = {
  name: 'seasons',
  lives: (before, after) =>
    curves(
      `Two seasons with diets of their own: ${after[0]!.scenario}`,
      `dashed: the season changes; score ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<SeasonalTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD; dashed: the season changes`, arms),
} satisfies TaskFigure<SeasonalTrace>;
