import type { ChartBlock, ChartSeries, LinearAxis, LogarithmicAxis } from '../../figure/chart.js';
import { type Block, type Figure, rowOf } from '../../figure/figure.js';
import { disc, type LegendEntry, stroke } from '../../figure/marks.js';
import { count, decadeOf, faded, figures, ink, palette, textSize } from '../../figure/theme.js';
import { changeMagnitudes, weightChange } from '../../inspect/change.js';

const width = 960;
const leftWidth = 450;
const height = 420;
const diagonalColour = '#777777';

/** Few dots are drawn large and solid, many small and clear, so that both a dozen and thousands can be read. */
function dotsFor(points: number): { radius: number; opacity: number } {
  if (points <= 100) return { radius: 4.5, opacity: 0.85 };
  if (points <= 1000) return { radius: 3.2, opacity: 0.6 };
  return { radius: 2.4, opacity: 0.4 };
}

function dots(points: readonly { x: number; y: number }[], colour: string, opacity?: number): ChartSeries {
  const look = dotsFor(points.length);
  const fill = faded(colour, opacity ?? look.opacity);
  return { series: 'dots', points, radius: look.radius, fill, whole: true };
}

/** The weights' range, widened by a twentieth each way; zero stays inside so that the signs can be told. */
function rangeOf(...weights: Float64Array[]): { min: number; max: number } {
  let low = 0;
  let high = 0;
  for (const values of weights) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const room = (high - low) / 20 || 1;
  return { min: low - room, max: high + room };
}

function againstStart(start: Float64Array, evolved: Float64Array, unit: string): ChartBlock {
  const changed: { x: number; y: number }[] = [];
  const same: { x: number; y: number }[] = [];
  start.forEach((x, i) => void (evolved[i] === x ? same : changed).push({ x, y: evolved[i]! }));
  // Each axis has its own range: a few far edits would otherwise squeeze all weights into one column.
  const across = rangeOf(start);
  const look = { axis: 'linear', openEnds: true, tickGap: 16 } as const;
  return {
    block: 'chart',
    width: leftWidth,
    height,
    room: { left: 10, right: 14, above: 8, below: 8 },
    x: { ...look, title: `start weight (${unit})`, ...across },
    y: { ...look, title: `evolved weight (${unit})`, ...rangeOf(start, evolved) },
    series: [
      dots(changed, palette.blue),
      dots(same, palette.grey),
      {
        series: 'line',
        points: [
          { x: across.min, y: across.min },
          { x: across.max, y: across.max },
        ],
        colour: diagonalColour,
        lineWidth: 1,
        dash: [5, 4],
      },
    ],
  };
}

function magnitudeAxis(title: string, magnitudes: Float64Array): LinearAxis | LogarithmicAxis {
  const largest = magnitudes[0]!;
  const least = magnitudes.at(-1)!;
  // A few changes next to nothing at the end of the ranking are no reason for a logarithmic axis.
  const low = magnitudes[Math.floor((magnitudes.length - 1) * 0.95)]!;
  if (largest / low <= 100) return { axis: 'linear', title, min: 0, grace: 0.04 };
  return {
    axis: 'logarithmic',
    title,
    min: Number(`1e${decadeOf(least)}`),
    max: Number(`1e${decadeOf(largest) + 1}`),
    ticks: 'powers',
  };
}

function byRank(magnitudes: Float64Array, median: number, unit: string): Block {
  const changed = magnitudes.length;
  if (changed === 0) {
    return {
      block: 'words',
      width: width - leftWidth,
      height,
      text: 'no weight changed',
      size: textSize.title,
      colour: ink.muted,
      align: 'center',
      middle: true,
    };
  }
  const right = changed <= 100 ? changed + 1 : changed;
  return {
    block: 'chart',
    width: width - leftWidth,
    height,
    room: { left: 14, right: 22, above: 8, below: 8 },
    x: {
      axis: 'linear',
      title: 'rank of the change',
      min: 0,
      max: right,
      whole: true,
      openEnds: true,
      tickGap: 24,
    },
    y: magnitudeAxis(`|change| (${unit})`, magnitudes),
    series: [
      dots(
        Array.from(magnitudes, (y, i) => ({ x: i + 1, y })),
        palette.blue,
        1,
      ),
      {
        series: 'line',
        points: [
          { x: 0, y: median },
          { x: right, y: median },
        ],
        colour: palette.black,
        lineWidth: 1.2,
        dash: [2, 3],
      },
    ],
    levelName: { text: `median ${figures(median)}`, value: median },
  };
}

/**
 * How evolution moved the weights from where they started: evolved against start, and the sizes of the changes by
 * rank. Throws UserError on weights that are not finite or not equally many.
 */
export function weightChangeFigure(input: {
  title: string;
  unit: string;
  /** `[weights]` */
  start: Float64Array;
  /** `[weights]` in the same order */
  evolved: Float64Array;
}): Figure {
  const { title, unit, start, evolved } = input;
  const { changed, total, l2, largest, medianMagnitude } = weightChange(start, evolved);
  const stats =
    `${count(changed)} of ${count(total)} weights changed · largest |change| ${figures(largest)} · ` +
    `median ${figures(medianMagnitude)} · L2 norm ${figures(l2)} (${unit})`;
  const counted = (what: string, number: number, colour: string): LegendEntry[] =>
    number === 0 ? [] : [{ text: `${what} (${count(number)})`, mark: disc(4.5, colour) }];
  const entries = [
    ...counted('changed', changed, palette.blue),
    ...counted('unchanged', total - changed, palette.grey),
    { text: 'evolved = start', mark: stroke(diagonalColour, 24, 1.2, [5, 4]) },
  ];
  return {
    title,
    subtitle: changed === 0 ? `no weight changed (0 of ${count(total)})` : stats,
    width,
    rows: [
      rowOf({ block: 'legend', entries }, 6),
      {
        above: 2,
        left: 0,
        blocks: [
          againstStart(start, evolved, unit),
          byRank(changeMagnitudes(start, evolved), medianMagnitude, unit),
        ],
      },
    ],
  };
}
