import type { ChartBlock, ChartSeries, EdgeLabel, Point } from '../figure/chart.js';
import { type Figure, rowOf } from '../figure/figure.js';
import { figures, seriesColours, seriesLine } from '../figure/theme.js';
import { type CurvePoint, runtimeCurve, type TimedRun } from './running-times.js';
import type { Searcher } from './search.js';

const width = 900;

/** Runs that have a chart of their own. */
export interface FigurePart {
  title: string;
  runs: readonly TimedRun[];
}

interface Line {
  name: string;
  colour: string;
  dash: readonly number[];
}

/**
 * How each is drawn: ours without gaps, a colour each; searches of other programs dashed, in the colour of ours that searches
 * in the same way.
 */
export function linesOf(searchers: readonly Pick<Searcher, 'name' | 'otherProgram'>[]): Line[] {
  const ours = searchers.filter(({ otherProgram }) => !otherProgram).map(({ name }) => name);
  const dashed = new Map<number, number>();
  let next = ours.length;
  return searchers.map(({ name, otherProgram }) => {
    if (!otherProgram) return { name, ...seriesLine(ours.indexOf(name)) };
    const like = ours.indexOf(otherProgram.like ?? '');
    const colour = (like < 0 ? next++ : like) % seriesColours.length;
    const round = 1 + (dashed.get(colour) ?? 0);
    dashed.set(colour, round);
    return { name, ...seriesLine(colour + round * seriesColours.length) };
  });
}

/** Points of a curve in percent, by evaluations a gene, from one evaluation a gene to the last that a run could have. */
function drawnPoints(curve: readonly CurvePoint[], genes: number, most: number): Point[] {
  const points = curve.map(({ evaluations, share }) => ({
    x: Math.max(1, evaluations / genes),
    y: 100 * share,
  }));
  const last = points.at(-1)?.y ?? 0;
  return [{ x: 1, y: points.filter(({ x }) => x === 1).at(-1)?.y ?? 0 }, ...points, { x: most, y: last }];
}

function chart(
  { title, runs }: FigurePart,
  lines: readonly Line[],
  { genes, most, height, labelled }: { genes: number; most: number; height: number; labelled: boolean },
): ChartBlock {
  const series: ChartSeries[] = [];
  const edgeLabels: EdgeLabel[] = [];
  for (const { name, colour, dash } of lines) {
    const own = runs.filter(({ strategy }) => strategy === name);
    const end = Math.max(1, ...own.map(({ maxEvaluations }) => maxEvaluations / genes));
    const points = drawnPoints(runtimeCurve(own), genes, Math.min(most, end));
    series.push({ series: 'line', points, colour, dash, lineWidth: 2, stepped: 'before' });
    const value = points.at(-1)!.y;
    const by = end < most ? ` by ${figures(end)}` : '';
    edgeLabels.push({ value, name, figure: `${Math.round(value)} %${by}`, colour, dash });
  }
  return {
    block: 'chart',
    ...(labelled ? {} : { width: width / 2 - 20 }),
    height,
    title,
    x: { axis: 'logarithmic', title: 'evaluations a gene', min: 1, max: most, ticks: 'powers' },
    y: { axis: 'linear', title: labelled ? 'targets reached (%)' : 'targets (%)', min: 0, max: 100 },
    series,
    ...(labelled ? { edgeLabels } : {}),
  };
}

/**
 * Shares of targets by evaluations: of all runs together, and of each part.
 * @param scale how many genes, and up to how many evaluations a gene the axis goes
 */
export function runningTimesFigure(
  words: { title: string; subtitle: string },
  runs: readonly TimedRun[],
  parts: readonly FigurePart[],
  searchers: readonly Pick<Searcher, 'name' | 'otherProgram'>[],
  { genes, perGene }: { genes: number; perGene: number },
): Figure {
  const lines = linesOf(searchers);
  const frame = { genes, most: Math.max(10, perGene) };
  const charts = parts
    .filter((part) => part.runs.length > 0)
    .map((part) => chart(part, lines, { ...frame, height: 220, labelled: false }));
  const pairs = Array.from({ length: Math.ceil(charts.length / 2) }, (_, i) =>
    charts.slice(2 * i, 2 * i + 2),
  );
  const all = chart({ title: 'all', runs }, lines, { ...frame, height: 320, labelled: true });
  return {
    ...words,
    width,
    bottom: 12,
    rows: [
      rowOf(all, 10),
      ...(charts.length > 1 ? pairs.map((blocks) => ({ above: 12, gap: 20, blocks })) : []),
    ],
  };
}
