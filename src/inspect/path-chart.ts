import type { ChartConfiguration, Plugin } from 'chart.js';
import { UserError } from '../spec/errors.js';
import { arena } from '../tasks/foraging/arena.js';
import type { ForagingTrace } from '../tasks/foraging.js';
import { font, type Pen } from './canvas.js';
import { eatenAt } from './eaten.js';
import { fitText, type Panel, renderFigure } from './figure.js';
import { box, disc, type LegendEntry, layoutLegend, type Mark, polygon } from './legend.js';
import { count, faded, ink, linearAxis, palette, textSize, timeColour } from './theme.js';

/** One episode: for example the start or the champion in one scenario. */
export interface PathPanel {
  title: string;
  /** For example score and food eaten. */
  subtitle: string;
  trace: ForagingTrace;
}

const yAxisWidth = 74;
const xAxisHeight = 58;
const captionHeight = 46;
/** Room for half a tick label and for marks that stand on a wall. */
const rim = { top: 12, left: 16 };
const gap = 36;
const marginColour = '#f1f1f1';
const wallColour = '#444444';
const eatenColour = palette.vermilion;
const foodEdge = '#555555';

const startMark: Mark = (pen, x, y) => {
  diamond('white', 8.5)(pen, x, y);
  diamond(palette.black, 7)(pen, x, y);
  diamond('white', 4.2)(pen, x, y);
};
const endMark: Mark = (pen, x, y) => {
  box(13.5, 13.5, 'white')(pen, x, y);
  box(10.5, 10.5, palette.black)(pen, x, y);
};

function diamond(colour: string, radius: number): Mark {
  return polygon(colour, [
    [0, -radius],
    [radius, 0],
    [0, radius],
    [-radius, 0],
  ]);
}

function checkTrace({ title, trace }: PathPanel): void {
  if (trace.x.length === 0 || trace.x.length !== trace.y.length) {
    throw new UserError(
      `Panel "${title}": a path needs as many x as y positions, and at least one; there are ${trace.x.length} and ` +
        `${trace.y.length}. Record the episode with a trace.`,
    );
  }
  for (const [name, values] of Object.entries({ x: trace.x, y: trace.y, ...prefixed(trace.food) })) {
    const step = values.findIndex((value) => !Number.isFinite(value));
    if (step >= 0)
      throw new UserError(`Panel "${title}": ${name}[${step}] is ${values[step]}, not a position.`);
  }
}

const prefixed = (food: ForagingTrace['food']) => ({ 'food.x': food.x, 'food.y': food.y });

/** Everything inside the walls, in the arena's own units: margin, food, path, and where it starts and ends. */
function world(trace: ForagingTrace, lastStep: number): Plugin {
  const eaten = eatenAt(trace);
  return {
    id: 'world',
    beforeDatasetsDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      const { left, right, top, bottom } = chart.chartArea;
      const scale = (right - left) / arena.width;
      const px = (x: number) => chart.scales.x!.getPixelForValue(x);
      const py = (y: number) => chart.scales.y!.getPixelForValue(y);
      pen.save();
      const touch = arena.touchDistance * scale;
      pen.fillStyle = marginColour;
      pen.fillRect(left, top, right - left, bottom - top);
      pen.fillStyle = 'white';
      pen.fillRect(left + touch, top + touch, right - left - 2 * touch, bottom - top - 2 * touch);

      pen.strokeStyle = wallColour;
      pen.lineWidth = 1.4;
      pen.beginPath();
      for (const [x, y] of [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ] as const) {
        pen.lineTo(x, y);
      }
      pen.closePath();
      pen.stroke();

      const item = (i: number, mark: Mark) => mark(pen, px(trace.food.x[i]!), py(trace.food.y[i]!));
      const radius = arena.eatDistance * scale;
      eaten.forEach(
        (step, i) => void (step > 0 && item(i, disc(radius, faded(eatenColour, 0.75), eatenColour))),
      );
      eaten.forEach((step, i) => void (step > 0 || item(i, disc(radius, '#ffffff00', foodEdge))));

      pen.lineWidth = 2.2;
      for (let step = 1; step < trace.x.length; step++) {
        pen.strokeStyle = timeColour((step - 0.5) / lastStep);
        pen.beginPath();
        // A segment begins a little early, so that no gap shows where two of them meet at an angle.
        const before = Math.max(0, step - 2);
        pen.moveTo(
          px((trace.x[before]! + 7 * trace.x[step - 1]!) / 8),
          py((trace.y[before]! + 7 * trace.y[step - 1]!) / 8),
        );
        pen.lineTo(px(trace.x[step - 1]!), py(trace.y[step - 1]!));
        pen.lineTo(px(trace.x[step]!), py(trace.y[step]!));
        pen.stroke();
      }
      endMark(pen, px(trace.x.at(-1)!), py(trace.y.at(-1)!));
      startMark(pen, px(trace.x[0]!), py(trace.y[0]!));
      pen.restore();
    },
  };
}

interface Shape {
  yAxis: boolean;
  xAxis: boolean;
}

/** chart.js lays the axes out; their sizes are fixed, so that every arena of a figure has the same scale. */
function arenaChart(trace: ForagingTrace, lastStep: number, shape: Shape): ChartConfiguration<'scatter'> {
  const ticks = {
    stepSize: 400,
    format: { useGrouping: false },
    color: ink.text,
    maxRotation: 0,
    autoSkip: false,
  };
  return {
    type: 'scatter',
    data: { datasets: [] },
    options: {
      layout: {
        autoPadding: false,
        padding: {
          left: shape.yAxis ? 0 : rim.left,
          right: gap - rim.left,
          top: rim.top,
          bottom: shape.xAxis ? 0 : rim.top,
        },
      },
      scales: {
        x: linearAxis('x (units)', {
          display: shape.xAxis,
          min: 0,
          max: arena.width,
          grid: { display: false },
          ticks,
          afterFit: (axis: { height: number }) => {
            axis.height = shape.xAxis ? xAxisHeight : 0;
          },
        }),
        y: linearAxis('y (units)', {
          display: shape.yAxis,
          min: 0,
          max: arena.height,
          reverse: true,
          grid: { display: false },
          ticks,
          afterFit: (axis: { width: number }) => {
            axis.width = shape.yAxis ? yAxisWidth : 0;
          },
        }),
      },
    },
    plugins: [world(trace, lastStep)],
  };
}

const barWidth = 110;

function legendEntries(lastStep: number): LegendEntry[] {
  const timeBar: Mark = (pen, x, y) => {
    for (let i = 0; i < barWidth; i++) {
      pen.fillStyle = timeColour(i / (barWidth - 1));
      pen.fillRect(x - barWidth / 2 + i, y - 5, 1.5, 10);
    }
  };
  return [
    { text: 'start', mark: startMark },
    { before: 'path: step 0', text: count(lastStep), mark: timeBar, markWidth: barWidth },
    { text: 'end', mark: endMark },
    {
      text: `touch margin (${arena.touchDistance} units)`,
      mark: (pen, x, y) => {
        box(22, 14, '#cccccc')(pen, x, y);
        box(20.5, 12.5, marginColour)(pen, x, y);
      },
      markWidth: 22,
    },
    {
      text: `food left (circle: eating distance, ${arena.eatDistance} units)`,
      mark: disc(6, 'white', foodEdge),
    },
    { text: 'food eaten', mark: disc(6, faded(eatenColour, 0.75), eatenColour) },
  ];
}

/**
 * The worm's paths over their food, row by row in `columns` columns, all at one scale. Throws UserError where there
 * is no panel, or a path has no positions or some that are not numbers.
 */
export async function pathChart(input: {
  title?: string;
  panels: readonly PathPanel[];
  columns: number;
}): Promise<Buffer> {
  const { panels } = input;
  if (panels.length === 0) throw new UserError('There is no path to draw: give at least one panel.');
  panels.forEach(checkTrace);
  const columns = Math.max(1, Math.min(Math.floor(input.columns), panels.length));
  const rows = Math.ceil(panels.length / columns);
  const arenaWidth = columns === 1 ? 540 : columns === 2 ? 430 : 340;
  const arenaHeight = (arenaWidth * arena.height) / arena.width;
  const lastStep = Math.max(1, ...panels.map(({ trace }) => trace.x.length - 1));

  const rowTops: number[] = [0];
  const charts: Panel[] = panels.map(({ trace }, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    // Axes stand at the outer edge only; in a last row that is not full, also under the row above.
    const shape = { yAxis: column === 0, xAxis: i + columns >= panels.length };
    const height = rim.top + arenaHeight + (shape.xAxis ? xAxisHeight : rim.top);
    const y = rowTops[row]! + captionHeight;
    rowTops[row + 1] = Math.max(rowTops[row + 1] ?? 0, y + height);
    return {
      configuration: arenaChart(trace, lastStep, shape),
      x: column === 0 ? 0 : yAxisWidth + column * (arenaWidth + gap) - rim.left,
      y,
      width: (column === 0 ? yAxisWidth : rim.left) + arenaWidth + gap - rim.left,
      height,
    };
  });
  const width = yAxisWidth + columns * (arenaWidth + gap);
  const legend = layoutLegend(legendEntries(lastStep), width - 32);
  const legendTop = rowTops[rows]! + 4;

  return renderFigure({
    title: input.title,
    width,
    bodyHeight: legendTop + legend.height + 12,
    panels: charts,
    draw: (pen) => {
      panels.forEach(({ title, subtitle }, i) => {
        const column = i % columns;
        const x = yAxisWidth + column * (arenaWidth + gap);
        const y = rowTops[Math.floor(i / columns)]!;
        pen.textAlign = 'left';
        pen.textBaseline = 'bottom';
        pen.fillStyle = ink.text;
        pen.font = font(textSize.axis, 'bold');
        const shown = fitText(title, arenaWidth, textSize.axis, 'bold');
        pen.fillText(shown, x, y + captionHeight - 20);
        pen.fillStyle = ink.muted;
        pen.font = font(textSize.label);
        pen.fillText(fitText(subtitle, arenaWidth, textSize.label), x, y + captionHeight - 1);
      });
      legend.draw(pen, 16, legendTop);
    },
  });
}
