import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { UserError } from '../spec/errors.js';
import { type EdgeLabel, edgeLabelHeight, edgeLabels, edgeLabelWidth } from './edge-labels.js';
import { renderFigure } from './figure.js';
import { type HistoryPoint, thinHistory } from './history.js';
import { count, faded, figures, ink, linearAxis, palette, seriesColours } from './theme.js';

/** What the scores are measured against. */
export interface Baselines {
  /** Score of the start, before any evolution. */
  untrained?: number | undefined;
  /** Score of a policy that acts at random. */
  chance?: { mean: number; sd: number } | undefined;
}

type Line = ChartDataset<'line', { x: number; y: number }[]>;

const width = 640;
const plotHeight = 360;

function lineOf(
  history: readonly HistoryPoint[],
  value: (point: HistoryPoint) => number,
  colour: string,
  borderWidth = 2.2,
): Line {
  const finite = history.map(value).filter(Number.isFinite).length;
  return {
    // A gap is a NaN to chart.js; an infinite score would stretch the axis without end.
    data: history.map((point) => ({
      x: point.evaluations,
      y: Number.isFinite(value(point)) ? value(point) : Number.NaN,
    })),
    borderColor: colour,
    backgroundColor: colour,
    borderWidth,
    borderJoinStyle: 'round',
    // A line of one point would not be seen.
    pointRadius: finite <= 25 ? 3 : 0,
    pointBorderWidth: 0,
    fill: false,
    clip: 4,
  };
}

/** The best so far holds until the next better one, so it climbs in steps. */
const bestLine = (history: readonly HistoryPoint[], colour: string): Line => ({
  ...lineOf(history, (point) => point.best, colour),
  stepped: 'before',
});

function level(value: number, from: number, to: number, colour: string, dash: number[]): Line {
  return {
    data: [
      { x: from, y: value },
      { x: to, y: value },
    ],
    borderColor: colour,
    borderWidth: 1.6,
    borderDash: dash,
    pointRadius: 0,
    fill: false,
  };
}

/** The quartiles of a run of one step, between which no band can be shaded. */
const quartileBar = ({ evaluations, q25, q75 }: HistoryPoint): Line => ({
  ...level(q25, evaluations, evaluations, faded(palette.vermilion, 0.3), []),
  data: [
    { x: evaluations, y: q25 },
    { x: evaluations, y: q75 },
  ],
  borderWidth: 10,
  clip: 10,
});

const invisible = { borderWidth: 0, pointRadius: 0 } as const;

function baselineLines({ untrained, chance }: Baselines, to: number) {
  const lines: Line[] = [];
  const labels: EdgeLabel[] = [];
  if (untrained !== undefined && Number.isFinite(untrained)) {
    const colour = palette.black;
    const dash = [7, 5];
    lines.push(level(untrained, 0, to, colour, dash));
    labels.push({ value: untrained, name: 'untrained', figure: figures(untrained), colour, dash });
  }
  if (chance !== undefined && Number.isFinite(chance.mean)) {
    const { mean, sd } = chance;
    const colour = ink.muted;
    const dash = [2, 4];
    const label = { value: mean, name: 'chance', figure: figures(mean), colour, dash };
    lines.push(level(mean, 0, to, colour, dash));
    if (sd > 0 && Number.isFinite(sd)) {
      lines.push({ ...level(mean - sd, 0, to, colour, []), ...invisible });
      const band = { fill: '-1', backgroundColor: faded(palette.grey, 0.18) } as const;
      lines.push({ ...level(mean + sd, 0, to, colour, []), ...invisible, ...band });
      labels.push({ ...label, note: `shaded: ± SD ${figures(sd)}` });
    } else {
      labels.push(label);
    }
  }
  return { lines, labels };
}

interface Layout {
  title: string;
  subtitle?: string | undefined;
  scoreLabel: string;
  lines: Line[];
  labels: EdgeLabel[];
  lastEvaluation: number;
}

function render({ title, subtitle, scoreLabel, lines, labels, lastEvaluation }: Layout): Promise<Buffer> {
  const bodyHeight = Math.max(plotHeight, edgeLabelHeight(labels) + 90);
  const scores = lines.flatMap(({ data }) => data.map(({ y }) => y)).filter(Number.isFinite);
  // About a single value chart.js sets its ticks beside it, unless there is room to either side.
  const flat = scores.every((score) => score === scores[0]);
  const configuration: ChartConfiguration<'line', { x: number; y: number }[]> = {
    type: 'line',
    data: { datasets: lines },
    options: {
      parsing: false,
      // The data are thinned already, and their order is the order in time.
      normalized: true,
      layout: { padding: { left: 10, right: edgeLabelWidth(labels), top: 14, bottom: 8 } },
      scales: {
        x: linearAxis('evaluations', {
          min: 0,
          max: Math.max(1, lastEvaluation),
          ticks: { includeBounds: false, maxRotation: 0, autoSkipPadding: 24, precision: 0 },
        }),
        y: linearAxis(scoreLabel, { grace: flat ? '5%' : 0 }),
      },
    },
    plugins: [edgeLabels(labels)],
  };
  const chart = configuration as unknown as ChartConfiguration;
  return renderFigure({
    title,
    subtitle,
    width,
    bodyHeight,
    panels: [{ configuration: chart, x: 0, y: 0, width, height: bodyHeight }],
  });
}

const lastFinite = (values: readonly number[]) => values.findLast(Number.isFinite);

/** A run's scores over its evaluations: best so far, and the median and quartiles of each step. */
export async function fitnessChart(input: {
  title: string;
  history: readonly HistoryPoint[];
  untrained?: number | undefined;
  chance?: Baselines['chance'];
  scoreLabel: string;
}): Promise<Buffer> {
  const history = thinHistory(input.history);
  const end = history.at(-1)!;
  const baselines = baselineLines(input, Math.max(1, end.evaluations));
  const lower = lineOf(history, (point) => point.q25, palette.vermilion);
  const upper = lineOf(history, (point) => point.q75, palette.vermilion);
  const band = { fill: '-1', backgroundColor: faded(palette.vermilion, 0.2) } as const;
  const labels: EdgeLabel[] = [
    { value: end.best, name: 'best', figure: figures(end.best), colour: palette.blue },
    ...baselines.labels,
  ];
  const median = lastFinite(history.map((point) => point.median));
  if (median !== undefined) {
    labels.push({
      value: median,
      name: 'median',
      figure: figures(median),
      note: 'shaded: quartiles',
      colour: palette.vermilion,
    });
  }
  return render({
    title: input.title,
    scoreLabel: input.scoreLabel,
    // The first is drawn on top.
    lines: [
      bestLine(history, palette.blue),
      // A long median is dense with noise, and would be a second band if it were as bold.
      lineOf(history, (point) => point.median, palette.vermilion, history.length > 300 ? 1.1 : 2.2),
      { ...lower, ...invisible },
      { ...upper, ...invisible, ...band },
      ...(history.length === 1 ? [quartileBar(end)] : []),
      ...baselines.lines,
    ],
    labels,
    lastEvaluation: end.evaluations,
  });
}

const dashes: readonly number[][] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** Several runs by their best score so far at equal evaluations. */
export async function fitnessComparisonChart(
  series: readonly { name: string; history: readonly HistoryPoint[] }[],
  options: { title?: string; scoreLabel?: string } & Baselines = {},
): Promise<Buffer> {
  if (series.length === 0) throw new UserError('There is no run to compare: give at least one.');
  const runs = series.map(({ name, history }, i) => ({
    name,
    history: thinHistory(history),
    colour: seriesColours[i % seriesColours.length]!,
    dash: dashes[Math.floor(i / seriesColours.length) % dashes.length]!,
  }));
  const lastEvaluation = Math.max(1, ...runs.map(({ history }) => history.at(-1)!.evaluations));
  const baselines = baselineLines(options, lastEvaluation);
  const lines = runs.map((run) => ({ ...bestLine(run.history, run.colour), borderDash: run.dash }));
  // A run that ended early is led on to its label by a hairline.
  const leaders = runs.flatMap(({ history, colour }) => {
    const end = history.at(-1)!;
    if (end.evaluations >= lastEvaluation) return [];
    return [
      { ...level(end.best, end.evaluations, lastEvaluation, faded(colour, 0.6), []), borderWidth: 0.7 },
    ];
  });
  const ends = new Set(runs.map(({ history }) => history.at(-1)!.evaluations));
  return render({
    title: options.title ?? 'Best score so far',
    subtitle:
      ends.size > 1 ? `the runs differ in length; hairlines lead from a run’s end to its name` : undefined,
    scoreLabel: options.scoreLabel ?? 'score',
    lines: [...lines, ...leaders, ...baselines.lines],
    labels: [
      ...runs.map(({ name, history, colour, dash }) => {
        const end = history.at(-1)!;
        const label = { value: end.best, name, figure: figures(end.best), colour, dash };
        if (end.evaluations === lastEvaluation) return label;
        return { ...label, note: `ended at ${count(end.evaluations)}` };
      }),
      ...baselines.labels,
    ],
    lastEvaluation,
  });
}
