import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import {
  type CategoryAxis,
  type ChartAxis,
  type ChartBlock,
  type ChartRule,
  type ChartSeries,
  chartRoom,
  type LinearAxis,
  type LogarithmicAxis,
} from '../figure/chart.js';
import { count, decadeOf, faded, figures, ink, textSize } from '../figure/theme.js';
import { font, type Pen, textWidth } from './canvas.js';
import { linearAxis } from './chart-axis.js';
import { edgeLabelHeight, edgeLabels, edgeLabelWidth } from './edge-labels.js';
import { drawMark } from './legend.js';

/** Width of the column of marks before categories' names. */
const markColumn = 20;

type Dataset = ChartDataset<'scatter', { x: number; y: number }[]> | ChartDataset<'bar', (number | null)[]>;

/** A gap is a NaN to chart.js; an infinite value would stretch the axis without end. */
const finite = (points: readonly { x: number; y: number }[]) =>
  points.map(({ x, y }) => ({ x, y: Number.isFinite(y) ? y : Number.NaN }));

function datasetsOf(series: ChartSeries): Dataset[] {
  switch (series.series) {
    case 'line': {
      const { points, colour, lineWidth, dash = [], stepped = false, dots = 0, overhang } = series;
      return [
        {
          data: finite(points),
          showLine: true,
          borderColor: colour,
          backgroundColor: colour,
          borderWidth: lineWidth,
          borderDash: [...dash],
          borderJoinStyle: 'round',
          stepped,
          pointRadius: dots,
          pointBorderWidth: 0,
          fill: false,
          ...(overhang === undefined ? {} : { clip: overhang }),
        },
      ];
    }
    case 'band': {
      const { stepped = false } = series;
      const edge = { showLine: true, borderWidth: 0, pointRadius: 0, stepped } as const;
      return [
        { data: finite(series.low), ...edge, fill: false },
        { data: finite(series.high), ...edge, fill: '-1', backgroundColor: series.fill },
      ];
    }
    case 'dots': {
      const { points, radius, fill, edge, whole = false } = series;
      return [
        {
          data: [...points],
          pointRadius: typeof radius === 'number' ? radius : [...radius],
          pointBorderWidth: edge?.width ?? 0,
          ...(edge ? { pointBorderColor: edge.colour } : {}),
          pointBackgroundColor: fill,
          ...(whole ? { clip: false } : {}),
        },
      ];
    }
    case 'bars': {
      const { values, colour, fullness } = series;
      return [
        {
          data: [...values],
          backgroundColor: typeof colour === 'string' ? colour : [...colour],
          ...(fullness === undefined ? {} : { barPercentage: fullness, categoryPercentage: 0.85 }),
        },
      ];
    }
  }
}

function linear({ title, min, max, fromZero, grace, whole, openEnds, tickGap = 12 }: LinearAxis) {
  return linearAxis(title, {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(fromZero ? { beginAtZero: true } : {}),
    ...(grace === undefined ? {} : { grace: `${100 * grace}%` }),
    ticks: {
      color: ink.text,
      maxRotation: 0,
      autoSkipPadding: tickGap,
      ...(openEnds ? { includeBounds: false } : {}),
      ...(whole ? { precision: 0 } : {}),
    },
  });
}

/** A power of ten without superscripts, which not every font has below zero; nothing for other values. */
function powerName(value: number): string {
  const exponent = decadeOf(value);
  if (Number(`1e${exponent}`) !== Number(value.toPrecision(6))) return '';
  return exponent < -3 || exponent > 5 ? `1e${exponent}` : count(Number(value.toPrecision(1)));
}

/** The powers of ten are named and have grid lines, the ticks between them have neither. */
const powers = {
  grid: {
    color: ({ tick }: { tick?: { value: number } }) =>
      powerName(tick?.value ?? 0) === '' ? '#00000000' : ink.grid,
  },
  ticks: {
    color: ink.text,
    autoSkip: false,
    maxRotation: 0,
    callback: (value: number | string) => powerName(Number(value)),
  },
};

/** Ticks at 1, 2 and 5 times the powers of ten, at the powers alone where these are many. */
const oneTwoFive = {
  afterBuildTicks: (axis: { min: number; max: number; ticks: { value: number }[] }) => {
    const [low, high] = [decadeOf(axis.min), decadeOf(axis.max)];
    const steps = high - low > 3 ? [1] : [1, 2, 5];
    axis.ticks = Array.from({ length: high - low + 1 }, (_, i) => steps.map((step) => `${step}e${low + i}`))
      .flat()
      .map((text) => ({ value: Number(text) }))
      .filter(({ value }) => value >= axis.min && value <= axis.max);
  },
  ticks: {
    color: ink.text,
    maxRotation: 0,
    autoSkip: false,
    callback: (value: number | string) => figures(Number(value)),
  },
};

const logarithmic = ({ title, min, max, ticks }: LogarithmicAxis) => ({
  ...linearAxis(title, {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }),
  type: 'logarithmic' as const,
  ...(ticks === 'powers' ? powers : oneTwoFive),
});

const categories = ({ title, marks, sparse }: CategoryAxis) => ({
  grid: { display: false },
  border: { color: ink.axis },
  ...(title === undefined
    ? {}
    : { title: { display: true, text: title, color: ink.text, font: { size: textSize.axis } } }),
  ticks: {
    color: ink.text,
    font: { size: textSize.label },
    ...(sparse ? { maxRotation: 0, autoSkipPadding: 8 } : { autoSkip: false }),
  },
  ...(marks
    ? {
        afterFit: (axis: { width: number }) => {
          axis.width += markColumn;
        },
      }
    : {}),
});

function scaleOf(axis: ChartAxis, stacked: boolean) {
  const scale =
    axis.axis === 'linear'
      ? linear(axis)
      : axis.axis === 'logarithmic'
        ? logarithmic(axis)
        : categories(axis);
  return stacked ? { ...scale, stacked } : scale;
}

/** Marks in a column before the names of categories. */
function categoryMarks(marks: CategoryAxis['marks'] = []): Plugin {
  return {
    id: 'categoryMarks',
    afterDraw: (chart) => {
      const { y } = chart.scales;
      marks.forEach((mark, i) => {
        drawMark(chart.ctx as unknown as Pen, mark, y!.left + markColumn / 2, y!.getPixelForValue(i));
      });
    },
  };
}

/** Writes a level's name above its right end. */
function levelName({ text, value }: { text: string; value: number }): Plugin {
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

/** Draws lines down the chart behind its series; words stand to the left of a line where there is no room to the right. */
function ruleLines(rules: readonly ChartRule[]): Plugin {
  return {
    id: 'ruleLines',
    beforeDatasetsDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      const { left, right, top, bottom } = chart.chartArea;
      pen.save();
      pen.font = font(textSize.label);
      pen.textBaseline = 'bottom';
      for (const { at, text, colour } of rules) {
        const x = chart.scales.x!.getPixelForValue(at);
        if (!(x >= left && x <= right)) continue;
        pen.strokeStyle = colour;
        pen.lineWidth = 1.2;
        pen.setLineDash([5, 4]);
        pen.beginPath();
        pen.moveTo(x, top - 4);
        pen.lineTo(x, bottom);
        pen.stroke();
        pen.setLineDash([]);
        pen.fillStyle = colour;
        const before = x + textWidth(text, textSize.label) > right;
        pen.textAlign = before ? 'right' : 'left';
        pen.fillText(text, before ? x + 2 : x - 2, top - 5);
      }
      pen.restore();
    },
  };
}

export const chartHeight = ({ height, edgeLabels: labels = [] }: ChartBlock) =>
  labels.length === 0 ? height : Math.max(height, edgeLabelHeight(labels) + 90);

/** What chart.js is told of a chart. */
export function chartConfiguration(block: ChartBlock): ChartConfiguration {
  const { title, x, y, series, edgeLabels: labels = [] } = block;
  const room = { ...chartRoom, ...block.room };
  const names = x.axis === 'categories' ? x.names : y.axis === 'categories' ? y.names : undefined;
  const stacked = series.some((one) => one.series === 'bars' && one.stacked);
  const linesAlone = series.every((one) => one.series === 'line' || one.series === 'band');
  const marks = y.axis === 'categories' ? y.marks : undefined;
  const right = room.right + (labels.length > 0 ? edgeLabelWidth(labels) : 0);
  return {
    type: names ? 'bar' : 'scatter',
    data: { ...(names ? { labels: [...names] } : {}), datasets: series.flatMap(datasetsOf) },
    options: {
      ...(y.axis === 'categories' ? { indexAxis: 'y' } : {}),
      // Points of lines stand in the order of their places, which saves chart.js to look for their ends.
      ...(linesAlone ? { parsing: false, normalized: true } : {}),
      layout: {
        autoPadding: marks === undefined,
        padding: { left: room.left, right, top: room.above, bottom: room.below },
      },
      ...(title === undefined
        ? {}
        : {
            plugins: {
              title: { display: true, text: title, color: ink.text, font: { size: textSize.axis } },
            },
          }),
      scales: { x: scaleOf(x, stacked), y: scaleOf(y, stacked) },
    },
    plugins: [
      ...(labels.length > 0 ? [edgeLabels(labels)] : []),
      ...(marks ? [categoryMarks(marks)] : []),
      ...(block.levelName ? [levelName(block.levelName)] : []),
      ...(block.rules ? [ruleLines(block.rules)] : []),
    ],
  } as unknown as ChartConfiguration;
}
