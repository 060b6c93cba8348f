import type { ChartBlock, ChartSeries, EdgeLabel, Point } from '../../figure/chart.js';
import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import { box, disc, stack } from '../../figure/marks.js';
import type { StripsBlock, StripsRow } from '../../figure/strips.js';
import { count, faded, figures, ink, palette, seriesLine } from '../../figure/theme.js';
import { median } from '../../math/statistics.js';
import type { StudyComparison } from '../../study/compare.js';
import { armCurve, reachedCurve, spacedTargets } from '../../study/curves.js';
import type { StudyArmResult, StudyResults } from '../../study/results-type.js';
import { type ScoreName, type Summary, scoreOf } from '../../study/summaries.js';
import { scoreAxis } from './score-axis.js';

export interface StudyFigureOptions {
  /** Evaluations on a logarithmic scale. */
  logarithmic?: boolean | undefined;
}

const width = 760;

/** An arm with the line that stands for it in every pane. */
interface DrawnArm {
  arm: StudyArmResult;
  summary: StudyComparison['arms'][number];
  colour: string;
  dash: readonly number[];
}

/** Arms of different worlds stand apart, so each world has the colours from the first on. */
function drawnArms({ arms }: StudyResults, comparison: StudyComparison): DrawnArm[] {
  return arms.map((arm, at) => {
    const i = arms.slice(0, at).filter(({ world }) => world === arm.world).length;
    return { arm, summary: comparison.arms[at]!, ...seriesLine(i) };
  });
}

const heading = (text: string): FigureRow =>
  rowOf({ block: 'words', text, size: 15, colour: ink.text, height: 22, bold: true }, 12);

/** A line that ends before the others, led on to its label by a hairline. */
function leader(points: readonly Point[], to: number, colour: string): ChartSeries[] {
  const end = points.at(-1)!;
  if (end.x >= to) return [];
  const level = [end, { x: to, y: end.y }];
  return [{ series: 'line', points: level, colour: faded(colour, 0.6), lineWidth: 0.7 }];
}

const stepped = (points: readonly Point[], { colour, dash }: DrawnArm): ChartSeries => ({
  series: 'line',
  ...{ points, colour, dash, lineWidth: 2.2, stepped: 'before', overhang: 4 },
  // A line of one point would not be seen.
  dots: points.length === 1 ? 3.5 : 0,
});

function acrossAxis(from: number, to: number, logarithmic: boolean): ChartBlock['x'] {
  const title = 'evaluations';
  return logarithmic
    ? { axis: 'logarithmic', title, min: Math.max(1, from), max: Math.max(2, to), ticks: 'one-two-five' }
    : { axis: 'linear', title, min: 0, max: Math.max(1, to), whole: true, openEnds: true, tickGap: 24 };
}

/** What arms of one world have in common in a chart. */
interface Frame {
  drawn: readonly DrawnArm[];
  from: number;
  to: number;
  logarithmic: boolean;
  equal: number | null;
}

function equalRule({ equal, to, from }: Frame): Pick<ChartBlock, 'rules'> {
  if (equal === null || equal > to || equal < from) return {};
  return { rules: [{ at: equal, text: `compared at ${count(equal)}`, colour: ink.muted }] };
}

/** Best scores so far: the median of each arm's runs, and between its quartiles a band. */
function curvesChart(frame: Frame, chance: number | null): ChartBlock | undefined {
  const lines: ChartSeries[] = [];
  const bands: ChartSeries[] = [];
  const labels: EdgeLabel[] = [];
  for (const one of frame.drawn) {
    const { points } = armCurve(one.arm);
    const end = points.at(-1);
    if (!end) continue;
    const of = (value: (point: (typeof points)[number]) => number) =>
      points.map((point) => ({ x: point.evaluations, y: value(point) }));
    const median = of((point) => point.median);
    lines.push(stepped(median, one), ...leader(median, frame.to, one.colour));
    bands.push({
      series: 'band',
      low: of(({ q25 }) => q25),
      high: of(({ q75 }) => q75),
      fill: faded(one.colour, 0.16),
      stepped: 'before',
    });
    labels.push({
      value: end.median,
      name: one.arm.name,
      figure: figures(end.median),
      colour: one.colour,
      dash: one.dash,
    });
  }
  if (labels.length === 0) return undefined;
  const { from, to } = frame;
  const level = (y: number): Point[] => [
    { x: from, y },
    { x: to, y },
  ];
  if (chance !== null) {
    const dash = [2, 4];
    lines.push({ series: 'line', points: level(chance), colour: ink.muted, lineWidth: 1.6, dash });
    labels.push({ value: chance, name: 'chance', figure: figures(chance), colour: ink.muted, dash });
  }
  return {
    block: 'chart',
    height: 330,
    room: { left: 10, right: 0, above: 22, below: 6 },
    x: acrossAxis(from, to, frame.logarithmic),
    y: scoreAxis('raw score', [...lines, ...bands]),
    series: [...lines, ...bands],
    edgeLabels: labels,
    ...equalRule(frame),
  };
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Of all pairs of a run and a target, the share in which the target has been reached. */
function reachedChart(frame: Frame, targets: readonly number[]): ChartBlock {
  const series: ChartSeries[] = [];
  const labels: EdgeLabel[] = [];
  for (const one of frame.drawn) {
    const reached = reachedCurve(one.arm, targets);
    if (reached.length === 0) continue;
    const points = reached.map(({ evaluations, share }) => ({ x: evaluations, y: 100 * share }));
    const first = points[0]!;
    const climbing = first.x > frame.from ? [{ x: frame.from, y: 0 }, ...points] : points;
    series.push(stepped(climbing, one), ...leader(points, frame.to, one.colour));
    const { share } = reached.at(-1)!;
    labels.push({
      value: 100 * share,
      name: one.arm.name,
      figure: percent(share),
      colour: one.colour,
      dash: one.dash,
    });
  }
  return {
    block: 'chart',
    height: 290,
    room: { left: 10, right: 0, above: 22, below: 6 },
    x: acrossAxis(frame.from, frame.to, frame.logarithmic),
    y: { axis: 'linear', title: 'reached, %', min: 0, max: 100 },
    series,
    edgeLabels: labels,
    ...equalRule(frame),
  };
}

const noteOf = (summary: Summary | null): string =>
  summary === null ? 'no run' : `${figures(summary.median)}, n ${summary.n}`;

/** Every run of every arm, by its best at equal evaluations and by its champion on fresh seeds. */
function stripsBlock(
  drawn: readonly DrawnArm[],
  chance: number | null,
  evaluations: number | null,
): StripsBlock {
  // Where runs are not compared at equal evaluations, there are champions to show.
  const first: ScoreName = evaluations === null ? 'champion' : 'trained';
  return {
    block: 'strips',
    below: 'raw score',
    nameWidth: Math.min(210, Math.max(90, 9 * Math.max(...drawn.map(({ arm }) => arm.name.length)) + 20)),
    noteWidth: 118,
    rows: drawn.map(({ arm, summary, colour }): StripsRow => {
      const runs = arm.runs.filter((run) => scoreOf[first](run) !== null || scoreOf.fresh(run) !== null);
      const strip = (score: ScoreName, hollow: boolean) => {
        const found = summary[score];
        return {
          values: runs.map((run) => scoreOf[score](run) ?? Number.NaN),
          middle: found?.median ?? Number.NaN,
          ...(found?.interval ? { interval: [found.interval.low, found.interval.high] as const } : {}),
          hollow,
          note: noteOf(found),
        };
      };
      return { name: arm.name, colour, joined: true, strips: [strip(first, false), strip('fresh', true)] };
    }),
    ...(chance === null ? {} : { rules: [{ value: chance, name: 'chance', colour: ink.muted }] }),
  };
}

/** The panes of arms whose scores measure the same. */
function panesOf(
  drawn: readonly DrawnArm[],
  results: StudyResults,
  comparison: StudyComparison,
  logarithmic: boolean,
): FigureRow[] {
  const arms = drawn.map(({ arm }) => arm);
  const runs = arms.flatMap((arm) => arm.runs);
  const begun = runs.filter(({ curve }) => curve.length > 0);
  if (begun.length === 0) return [heading('No run has a score yet.')];
  const frame: Frame = {
    ...{ drawn, logarithmic, equal: comparison.evaluations },
    from: logarithmic ? Math.max(1, Math.min(...begun.map(({ curve }) => curve[0]!.evaluations))) : 0,
    to: Math.max(1, ...begun.map(({ evaluations }) => evaluations)),
  };
  const chances = arms.flatMap(({ chance }) => chance ?? []);
  const chance = chances.length > 0 ? median(chances) : null;
  const curves = curvesChart(frame, chance);
  const { targets, given } = spacedTargets({ targets: results.targets, arms });
  const about = given
    ? `${targets.length === 1 ? 'the target' : `the ${targets.length} targets`} ${targets.map(figures).join(', ')}`
    : `${targets.length} targets from ${figures(targets[0]!)} to ${figures(targets.at(-1)!)}`;
  const mark = palette.black;
  const several = arms.some((arm) => armCurve(arm).n > 1);
  const { evaluations } = comparison;
  return [
    ...(curves
      ? [
          heading(`Best score so far${several ? ': median of the runs, shaded between quartiles' : ''}`),
          { left: 0, blocks: [curves] },
        ]
      : []),
    heading(`Targets reached, of all runs together: ${about}`),
    { left: 0, blocks: [reachedChart(frame, targets)] },
    heading('Every run, trained and on fresh seeds'),
    rowOf({
      block: 'legend',
      entries: [
        {
          text: evaluations === null ? 'champion' : `trained, best at ${count(evaluations)}`,
          mark: disc(3.6, mark),
        },
        { text: 'on fresh seeds', mark: disc(3.6, '#ffffff', mark) },
        { text: 'median, 95 % interval', mark: stack(box(18, 14, faded(mark, 0.18)), box(3, 14, mark)) },
      ],
    }),
    rowOf(stripsBlock(drawn, chance, evaluations), 2),
  ];
}

/**
 * A study in one figure: curves of the arms, the share of targets reached, and every run. Arms whose scores do not measure
 * the same have panes of their own.
 */
export function studyFigure(
  results: StudyResults,
  comparison: StudyComparison,
  { logarithmic = false }: StudyFigureOptions = {},
): Figure {
  const drawn = drawnArms(results, comparison);
  const worlds = [...new Set(drawn.map(({ arm }) => arm.world))];
  const n = results.seeds.length;
  return {
    title: `Study ${results.study}`,
    subtitle:
      `${drawn.length} ${drawn.length === 1 ? 'arm' : 'arms'}, ${n} ${n === 1 ? 'seed' : 'seeds'}` +
      (worlds.length > 1 ? '; the scores of the groups do not measure the same' : ''),
    width,
    rows: worlds.flatMap((world, i) => {
      const mine = drawn.filter(({ arm }) => arm.world === world);
      const panes = panesOf(mine, results, comparison, logarithmic);
      return worlds.length > 1 ? [heading(`Group ${i + 1}`), ...panes] : panes;
    }),
    bottom: 10,
  };
}
