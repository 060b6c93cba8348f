import type { ChartConfiguration, Plugin } from 'chart.js';
import { arena } from '../tasks/worm/arena.js';
import type { WormTrace } from '../tasks/worm/trace.js';
import type { Pen } from './canvas.js';
import { eatenAt } from './eaten.js';
import { box, disc, type LegendEntry, type Mark, polygon } from './legend.js';
import { count, faded, ink, linearAxis, palette, timeColour } from './theme.js';

/** Sizes around an arena, in units of layout. */
export const arenaFrame = {
  yAxis: 74,
  xAxis: 58,
  /** Room for half a tick label, and for marks that stand on a wall. */
  top: 12,
  left: 16,
  right: 24,
  /** Under an arena without an axis. */
  bottom: 12,
} as const;

const marginColour = '#f1f1f1';
const wallColour = '#444444';
const barWidth = 110;

function diamond(colour: string, radius: number): Mark {
  return polygon(colour, [
    [0, -radius],
    [radius, 0],
    [0, radius],
    [-radius, 0],
  ]);
}

const startMark: Mark = (pen, x, y) => {
  diamond('white', 8.5)(pen, x, y);
  diamond(palette.black, 7)(pen, x, y);
  diamond('white', 4.2)(pen, x, y);
};
const endMark: Mark = (pen, x, y) => {
  box(13.5, 13.5, 'white')(pen, x, y);
  box(10.5, 10.5, palette.black)(pen, x, y);
};
const eatenMark = (radius: number) => disc(radius, faded(palette.vermilion, 0.75), palette.vermilion);
const leftMark = (radius: number) => disc(radius, '#ffffff00', '#555555');

function drawWalls(pen: Pen, left: number, top: number, width: number, height: number, touch: number): void {
  pen.fillStyle = marginColour;
  pen.fillRect(left, top, width, height);
  pen.fillStyle = 'white';
  pen.fillRect(left + touch, top + touch, width - 2 * touch, height - 2 * touch);
  pen.strokeStyle = wallColour;
  pen.lineWidth = 1.4;
  pen.strokeRect(left, top, width, height);
}

/** `x` and `y` in units of layout; colours run to `lastStep`, which may lie beyond the path's own end. */
function drawPath(pen: Pen, x: readonly number[], y: readonly number[], lastStep: number): void {
  pen.lineWidth = 2.2;
  for (let step = 1; step < x.length; step++) {
    const from = step - 1;
    const before = Math.max(0, step - 2);
    pen.strokeStyle = timeColour((step - 0.5) / lastStep);
    pen.beginPath();
    // A segment begins a little early, so that no gap shows where two of them meet at an angle.
    pen.moveTo((x[before]! + 7 * x[from]!) / 8, (y[before]! + 7 * y[from]!) / 8);
    pen.lineTo(x[from]!, y[from]!);
    pen.lineTo(x[step]!, y[step]!);
    pen.stroke();
  }
}

/** Everything between the walls: margin, food, path, and where it starts and ends. */
function world(trace: WormTrace, lastStep: number): Plugin {
  return {
    id: 'world',
    beforeDatasetsDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      const { left, top, width, height } = chart.chartArea;
      const scale = width / arena.width;
      const across = (values: readonly number[]) => values.map((value) => left + value * scale);
      const down = (values: readonly number[]) => values.map((value) => top + value * scale);
      pen.save();
      drawWalls(pen, left, top, width, height, arena.touchDistance * scale);

      const food = { x: across(trace.food.x), y: down(trace.food.y) };
      const reach = arena.eatDistance * scale;
      const steps = eatenAt(trace);
      // Where items overlap, an open circle stays visible on a filled one.
      for (const [mark, wanted] of [
        [eatenMark(reach), true],
        [leftMark(reach), false],
      ] as const) {
        steps.forEach((step, i) => {
          if (step > 0 === wanted) mark(pen, food.x[i]!, food.y[i]!);
        });
      }

      const x = across(trace.x);
      const y = down(trace.y);
      drawPath(pen, x, y, lastStep);
      endMark(pen, x.at(-1)!, y.at(-1)!);
      startMark(pen, x[0]!, y[0]!);
      pen.restore();
    },
  };
}

/**
 * One arena with its food and a path, with or without axes. The axes have fixed sizes, so that all arenas of a figure
 * have the same scale.
 */
export function arenaChart(
  trace: WormTrace,
  lastStep: number,
  axes: { x: boolean; y: boolean },
): ChartConfiguration<'scatter'> {
  const ticks = {
    stepSize: 400,
    format: { useGrouping: false },
    color: ink.text,
    maxRotation: 0,
    autoSkip: false,
  };
  const { top, left, right, bottom } = arenaFrame;
  return {
    type: 'scatter',
    data: { datasets: [] },
    options: {
      layout: {
        autoPadding: false,
        padding: { top, right, left: axes.y ? 0 : left, bottom: axes.x ? 0 : bottom },
      },
      scales: {
        x: linearAxis('x (units)', {
          display: axes.x,
          min: 0,
          max: arena.width,
          grid: { display: false },
          ticks,
          afterFit: (axis: { height: number }) => {
            axis.height = axes.x ? arenaFrame.xAxis : 0;
          },
        }),
        y: linearAxis('y (units)', {
          display: axes.y,
          min: 0,
          max: arena.height,
          reverse: true,
          grid: { display: false },
          ticks,
          afterFit: (axis: { width: number }) => {
            axis.width = axes.y ? arenaFrame.yAxis : 0;
          },
        }),
      },
    },
    plugins: [world(trace, lastStep)],
  };
}

export function arenaLegend(lastStep: number): LegendEntry[] {
  const timeBar: Mark = (pen, x, y) => {
    for (let i = 0; i < barWidth; i++) {
      pen.fillStyle = timeColour(i / (barWidth - 1));
      pen.fillRect(x - barWidth / 2 + i, y - 5, 1.5, 10);
    }
  };
  const margin: Mark = (pen, x, y) => {
    box(22, 14, '#cccccc')(pen, x, y);
    box(20.5, 12.5, marginColour)(pen, x, y);
  };
  return [
    { text: 'start', mark: startMark },
    { before: 'path: step 0', text: count(lastStep), mark: timeBar, markWidth: barWidth },
    { text: 'end', mark: endMark },
    { text: `touch margin (${arena.touchDistance} units)`, mark: margin, markWidth: 22 },
    { text: `food left (circle: eating distance, ${arena.eatDistance} units)`, mark: leftMark(6) },
    { text: 'food eaten', mark: eatenMark(6) },
  ];
}
