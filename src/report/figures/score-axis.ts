import type { ChartBlock, ChartSeries } from '../../figure/chart.js';
import { extent } from '../../figure/range.js';

/** Room below the least score, as a share of the range. */
const below = 0.03;
/** Room about scores that are all the same, or the drawing would set its ticks beside them. */
const aboutOne = 0.05;

const scoresOf = (series: ChartSeries): number[] =>
  (series.series === 'line'
    ? series.points
    : series.series === 'band'
      ? [...series.low, ...series.high]
      : []
  ).map(({ y }) => y);

/** Of a chart of scores: from 0 where that is not far below the least that is drawn, and elsewhere from a little below that. */
export function scoreAxis(title: string, series: readonly ChartSeries[]): ChartBlock['y'] {
  const range = extent([series.flatMap(scoresOf)]);
  if (!range || range.low === range.high) return { axis: 'linear', title, grace: aboutOne };
  const { low, high } = range;
  const min = low >= 0 && low <= (high - low) / 2 ? 0 : low - below * (high - low);
  return { axis: 'linear', title, min, grace: below, openEnds: true };
}
