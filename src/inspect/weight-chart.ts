import type { ChartConfiguration, Plugin } from 'chart.js';
import { font, type Pen, textWidth } from './canvas.js';
import { changeMagnitudes, weightChange } from './change.js';
import { renderFigure } from './figure.js';
import { disc, type LegendEntry, layoutLegend, stroke } from './legend.js';
import { count, decadeOf, faded, figures, ink, linearAxis, palette, textSize } from './theme.js';

const width = 960;
const leftWidth = 450;
const panelHeight = 420;
const diagonalColour = '#777777';

interface Dots {
  radius: number;
  opacity: number;
}

/** Few dots are drawn large and solid, many small and clear, so that both a dozen and thousands can be read. */
function dotsFor(points: number): Dots {
  if (points <= 100) return { radius: 4.5, opacity: 0.85 };
  if (points <= 1000) return { radius: 3.2, opacity: 0.6 };
  return { radius: 2.4, opacity: 0.4 };
}

const dotted = (colour: string, { radius, opacity }: Dots) => ({
  pointRadius: radius,
  pointBorderWidth: 0,
  pointBackgroundColor: faded(colour, opacity),
});

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

function againstStart(
  start: Float64Array,
  evolved: Float64Array,
  unit: string,
): ChartConfiguration<'scatter'> {
  const changed: { x: number; y: number }[] = [];
  const same: { x: number; y: number }[] = [];
  start.forEach((x, i) => void (evolved[i] === x ? same : changed).push({ x, y: evolved[i]! }));
  // Each axis has its own range: a few far edits would otherwise squeeze all weights into one column.
  const across = rangeOf(start);
  const ticks = { includeBounds: false, maxRotation: 0, autoSkipPadding: 16 };
  return {
    type: 'scatter',
    data: {
      datasets: [
        { data: changed, ...dotted(palette.blue, dotsFor(changed.length)), clip: false },
        { data: same, ...dotted(palette.grey, dotsFor(same.length)), clip: false },
        {
          data: [
            { x: across.min, y: across.min },
            { x: across.max, y: across.max },
          ],
          showLine: true,
          pointRadius: 0,
          borderColor: diagonalColour,
          borderWidth: 1,
          borderDash: [5, 4],
        },
      ],
    },
    options: {
      layout: { padding: { left: 10, right: 14, top: 8, bottom: 8 } },
      scales: {
        x: linearAxis(`start weight (${unit})`, { ...across, ticks }),
        y: linearAxis(`evolved weight (${unit})`, { ...rangeOf(start, evolved), ticks }),
      },
    },
  };
}

/** A power of ten without superscripts, which not every font has below zero; nothing for other values. */
function powerName(value: number): string {
  const exponent = decadeOf(value);
  if (Number(`1e${exponent}`) !== Number(value.toPrecision(6))) return '';
  return exponent < -3 || exponent > 5 ? `1e${exponent}` : count(Number(value.toPrecision(1)));
}

function magnitudeAxis(title: string, magnitudes: Float64Array) {
  const largest = magnitudes[0]!;
  const least = magnitudes.at(-1)!;
  // A few changes next to nothing at the end of the ranking are no reason for a logarithmic axis.
  const low = magnitudes[Math.floor((magnitudes.length - 1) * 0.95)]!;
  if (largest / low <= 100) return linearAxis(title, { min: 0, grace: '4%' });
  return {
    ...linearAxis(title, {}),
    type: 'logarithmic',
    min: Number(`1e${decadeOf(least)}`),
    max: Number(`1e${decadeOf(largest) + 1}`),
    grid: {
      color: ({ tick }: { tick?: { value: number } }) =>
        powerName(tick?.value ?? 0) === '' ? '#00000000' : ink.grid,
    },
    ticks: {
      color: ink.text,
      autoSkip: false,
      callback: (value: number | string) => powerName(Number(value)),
    },
  } as const;
}

/** Writes a level's name above its right end. */
function levelName(text: string, value: number): Plugin {
  return {
    id: 'levelName',
    afterDatasetsDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      const { right } = chart.chartArea;
      const y = chart.scales.y!.getPixelForValue(value);
      const wide = textWidth(text, textSize.label);
      pen.save();
      pen.fillStyle = faded('#ffffff', 0.85);
      pen.fillRect(right - wide - 8, y - 24, wide + 8, 21);
      pen.fillStyle = ink.text;
      pen.font = font(textSize.label);
      pen.textAlign = 'right';
      pen.textBaseline = 'bottom';
      pen.fillText(text, right - 4, y - 4);
      pen.restore();
    },
  };
}

/** Words in the middle of a panel that has no data. */
function statement(text: string): Plugin {
  return {
    id: 'statement',
    afterDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      pen.save();
      pen.fillStyle = ink.muted;
      pen.font = font(textSize.title);
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.fillText(text, chart.width / 2, chart.height / 2);
      pen.restore();
    },
  };
}

function byRank(magnitudes: Float64Array, median: number, unit: string): ChartConfiguration<'scatter'> {
  const changed = magnitudes.length;
  if (changed === 0) {
    const options = { scales: { x: { display: false }, y: { display: false } } };
    return { type: 'scatter', data: { datasets: [] }, options, plugins: [statement('no weight changed')] };
  }
  const right = changed <= 100 ? changed + 1 : changed;
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: Array.from(magnitudes, (y, i) => ({ x: i + 1, y })),
          ...dotted(palette.blue, { ...dotsFor(changed), opacity: 1 }),
          clip: false,
        },
        {
          data: [
            { x: 0, y: median },
            { x: right, y: median },
          ],
          showLine: true,
          pointRadius: 0,
          borderColor: palette.black,
          borderWidth: 1.2,
          borderDash: [2, 3],
        },
      ],
    },
    options: {
      layout: { padding: { left: 14, right: 22, top: 8, bottom: 8 } },
      scales: {
        x: linearAxis('rank of the change', {
          min: 0,
          max: right,
          ticks: { precision: 0, includeBounds: false, maxRotation: 0, autoSkipPadding: 24 },
        }),
        y: magnitudeAxis(`|change| (${unit})`, magnitudes),
      },
    },
    plugins: [levelName(`median ${figures(median)}`, median)],
  };
}

/**
 * How evolution moved the weights from where they started: evolved against start, and the sizes of the changes by
 * rank. Throws UserError on weights that are not finite or not equally many.
 */
export async function weightChangeChart(input: {
  title: string;
  unit: string;
  /** `[weights]` */
  start: Float64Array;
  /** `[weights]` in the same order */
  evolved: Float64Array;
}): Promise<Buffer> {
  const { title, unit, start, evolved } = input;
  const { changed, total, l2, largest, medianMagnitude } = weightChange(start, evolved);
  const stats =
    `${count(changed)} of ${count(total)} weights changed · largest |change| ${figures(largest)} · ` +
    `median ${figures(medianMagnitude)} · L2 norm ${figures(l2)} (${unit})`;
  const counted = (what: string, number: number, colour: string): LegendEntry[] =>
    number === 0 ? [] : [{ text: `${what} (${count(number)})`, mark: disc(4.5, colour, colour, 0) }];
  const legend = layoutLegend(
    [
      ...counted('changed', changed, palette.blue),
      ...counted('unchanged', total - changed, palette.grey),
      { text: 'evolved = start', mark: stroke(diagonalColour, 24, 1.2, [5, 4]), markWidth: 24 },
    ],
    width - 32,
  );
  const top = legend.height + 8;
  const place = { y: top, height: panelHeight };
  return renderFigure({
    title,
    subtitle: changed === 0 ? `no weight changed (0 of ${count(total)})` : stats,
    width,
    bodyHeight: top + panelHeight,
    panels: [
      { configuration: againstStart(start, evolved, unit), x: 0, width: leftWidth, ...place },
      {
        configuration: byRank(changeMagnitudes(start, evolved), medianMagnitude, unit),
        x: leftWidth,
        width: width - leftWidth,
        ...place,
      },
    ],
    draw: (pen) => legend.draw(pen, 16, 6),
  });
}
