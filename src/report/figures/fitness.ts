import type { ChartSeries, EdgeLabel, Point } from '../../figure/chart.js';
import type { Figure } from '../../figure/figure.js';
import { count, faded, figures, ink, palette, seriesLine } from '../../figure/theme.js';
import { type HistoryPoint, thinHistory } from '../../inspect/history.js';
import { UserError } from '../../spec/errors.js';
import { scoreAxis } from './score-axis.js';

/** What the scores are measured against. */
export interface Baselines {
  /** Score of the start, before any evolution. */
  untrained?: number | undefined;
  /** Score of a policy that acts at random. */
  chance?: { mean: number; sd: number; n?: number } | undefined;
}

type Line = Extract<ChartSeries, { series: 'line' }>;

const pointsOf = (history: readonly HistoryPoint[], value: (point: HistoryPoint) => number): Point[] =>
  history.map((point) => ({ x: point.evaluations, y: value(point) }));

function lineOf(points: readonly Point[], colour: string, lineWidth = 2.2): Line {
  const finite = points.filter(({ y }) => Number.isFinite(y)).length;
  return {
    series: 'line',
    points,
    colour,
    lineWidth,
    // A line of one point would not be seen.
    dots: finite === 1 ? 5 : finite <= 25 ? 3 : 0,
    overhang: 6,
  };
}

/** The best so far holds until the next better one, so it climbs in steps. */
const bestLine = (history: readonly HistoryPoint[], colour: string): Line => ({
  ...lineOf(
    pointsOf(history, ({ best }) => best),
    colour,
  ),
  stepped: 'before',
});

const level = (value: number, from: number, to: number): Point[] => [
  { x: from, y: value },
  { x: to, y: value },
];

/** The quartiles of a run of one step, between which no band can be shaded. */
const quartileBar = ({ evaluations, q25, q75 }: HistoryPoint): Line => ({
  series: 'line',
  points: [
    { x: evaluations, y: q25 },
    { x: evaluations, y: q75 },
  ],
  colour: faded(palette.vermilion, 0.3),
  lineWidth: 10,
  overhang: 10,
});

function baselineSeries({ untrained, chance }: Baselines, to: number) {
  const series: ChartSeries[] = [];
  const labels: EdgeLabel[] = [];
  const add = (value: number, name: string, colour: string, dash: number[], note?: string) => {
    series.push({ series: 'line', points: level(value, 0, to), colour, lineWidth: 1.6, dash });
    labels.push({
      value,
      name,
      figure: figures(value),
      colour,
      dash,
      ...(note === undefined ? {} : { note }),
    });
  };
  if (untrained !== undefined && Number.isFinite(untrained)) {
    add(untrained, 'untrained', palette.black, [7, 5]);
  }
  if (chance === undefined || !Number.isFinite(chance.mean)) return { series, labels };
  const { mean, sd, n } = chance;
  const spread = sd > 0 && Number.isFinite(sd);
  add(
    mean,
    'chance',
    ink.muted,
    [2, 4],
    spread ? `shaded: ± SD ${figures(sd)}${n === undefined ? '' : `, n ${n}`}` : undefined,
  );
  if (spread) {
    const [low, high] = [level(mean - sd, 0, to), level(mean + sd, 0, to)];
    series.push({ series: 'band', low, high, fill: faded(palette.grey, 0.18) });
  }
  return { series, labels };
}

function chartOf(input: {
  title: string;
  subtitle?: string | undefined;
  scoreLabel: string;
  series: readonly ChartSeries[];
  labels: readonly EdgeLabel[];
  lastEvaluation: number;
}): Figure {
  const { title, subtitle, scoreLabel, series, labels, lastEvaluation } = input;
  return {
    title,
    subtitle,
    width: 640,
    rows: [
      {
        left: 0,
        blocks: [
          {
            block: 'chart',
            height: 360,
            room: { left: 10, right: 0, above: 14, below: 8 },
            x: {
              axis: 'linear',
              title: 'evaluations',
              min: 0,
              max: Math.max(1, lastEvaluation),
              whole: true,
              openEnds: true,
              tickGap: 24,
            },
            y: scoreAxis(scoreLabel, series),
            series,
            edgeLabels: labels,
          },
        ],
      },
    ],
  };
}

/** A run's scores over its evaluations: best so far, and the median and quartiles of each step. */
export function fitnessFigure(
  input: {
    title: string;
    subtitle?: string;
    history: readonly HistoryPoint[];
    scoreLabel: string;
    /** By what the best is the best, where that is not its score. */
    bestBy?: string | undefined;
  } & Baselines,
): Figure {
  const history = thinHistory(input.history);
  const end = history.at(-1)!;
  const baselines = baselineSeries(input, Math.max(1, end.evaluations));
  const labels: EdgeLabel[] = [
    { value: end.best, name: 'best', figure: figures(end.best), colour: palette.blue, note: input.bestBy },
    ...baselines.labels,
  ];
  const median = history.map((point) => point.median).findLast(Number.isFinite);
  if (median !== undefined) {
    labels.push({
      value: median,
      name: 'median',
      figure: figures(median),
      note: 'shaded: quartiles',
      colour: palette.vermilion,
    });
  }
  return chartOf({
    title: input.title,
    subtitle: input.subtitle,
    scoreLabel: input.scoreLabel,
    series: [
      bestLine(history, palette.blue),
      // A long median is dense with noise, and would be a second band if it were as bold.
      lineOf(
        pointsOf(history, (point) => point.median),
        palette.vermilion,
        history.length > 300 ? 1.1 : 2.2,
      ),
      {
        series: 'band',
        low: pointsOf(history, ({ q25 }) => q25),
        high: pointsOf(history, ({ q75 }) => q75),
        fill: faded(palette.vermilion, 0.2),
      },
      ...(history.length === 1 ? [quartileBar(end)] : []),
      ...baselines.series,
    ],
    labels,
    lastEvaluation: end.evaluations,
  });
}

/** Runs whose scores do not measure the same: those that may be compared share a chart, one below the other. */
export function fitnessApartFigure(
  title: string,
  groups: readonly { about: string; figure: Figure }[],
): Figure {
  return {
    title,
    subtitle: 'the scores of the charts do not measure the same',
    width: 640,
    rows: groups.flatMap(({ about, figure }) => [
      {
        above: 18,
        blocks: [
          { block: 'words' as const, text: about, size: 14, colour: ink.text, height: 20, bold: true },
        ],
      },
      ...figure.rows,
    ]),
  };
}

/** Several runs by their best score so far at equal evaluations. */
export function fitnessComparisonFigure(
  compared: readonly { name: string; history: readonly HistoryPoint[] }[],
  options: { title?: string; scoreLabel?: string } & Baselines = {},
): Figure {
  if (compared.length === 0) throw new UserError('There is no run to compare: give at least one.');
  const runs = compared.map(({ name, history }, i) => ({
    name,
    history: thinHistory(history),
    ...seriesLine(i),
  }));
  const lastEvaluation = Math.max(1, ...runs.map(({ history }) => history.at(-1)!.evaluations));
  const baselines = baselineSeries(options, lastEvaluation);
  const lines = runs.map((run) => ({ ...bestLine(run.history, run.colour), dash: run.dash }));
  // A run that ended early is led on to its label by a hairline.
  const leaders = runs.flatMap(({ history, colour }): Line[] => {
    const end = history.at(-1)!;
    if (end.evaluations >= lastEvaluation) return [];
    const points = level(end.best, end.evaluations, lastEvaluation);
    return [{ series: 'line', points, colour: faded(colour, 0.6), lineWidth: 0.7 }];
  });
  const ends = new Set(runs.map(({ history }) => history.at(-1)!.evaluations));
  return chartOf({
    title: options.title ?? 'Best score so far',
    subtitle:
      ends.size > 1 ? `the runs differ in length; hairlines lead from a run’s end to its name` : undefined,
    scoreLabel: options.scoreLabel ?? 'score',
    series: [...lines, ...leaders, ...baselines.series],
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
