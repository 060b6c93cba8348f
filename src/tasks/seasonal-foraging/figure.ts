import { panelOver } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import type { SeasonalTrace } from './trace.js';

/** Days before each change of season. */
const changes = ({ season, day }: SeasonalTrace): number[] =>
  day.filter((_, food) => food > 0 && season[food] !== season[food - 1]);

/** Scores by day. */
export const seasonalFigure = curvesOfLives<SeasonalTrace>({
  name: 'seasons',
  title: (scenario) => `Two seasons with diets of their own: ${scenario}`,
  panels: (arms) => [
    panelOver(arms)('score of the day (eating all or nothing: 0.5)', 180, 1, ({ scores }) => scores),
  ],
  marks: { of: changes, about: 'the season changes' },
  below: 'day',
});
