import type { ChartBlock, ChartSeries, EdgeLabel, Point } from '../../figure/chart.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import { seriesLine } from '../../figure/theme.js';
import { groups } from './groups.js';
import { type BbobRun, type CurvePoint, runtimeCurve } from './runs.js';

const width = 900;

/** Points of a curve in percent, by evaluations a gene, from one evaluation a gene to the last that a run had. */
function drawnPoints(curve: readonly CurvePoint[], genes: number, most: number): Point[] {
  const points = curve.map(({ evaluations, share }) => ({
    x: Math.max(1, evaluations / genes),
    y: 100 * share,
  }));
  const last = points.at(-1)?.y ?? 0;
  return [{ x: 1, y: points.filter(({ x }) => x === 1).at(-1)?.y ?? 0 }, ...points, { x: most, y: last }];
}

function chart(
  title: string,
  runs: readonly BbobRun[],
  strategies: readonly string[],
  { genes, most, height, labelled }: { genes: number; most: number; height: number; labelled: boolean },
): ChartBlock {
  const series: ChartSeries[] = [];
  const edgeLabels: EdgeLabel[] = [];
  strategies.forEach((name, i) => {
    const { colour, dash } = seriesLine(i);
    const points = drawnPoints(runtimeCurve(runs.filter(({ strategy }) => strategy === name)), genes, most);
    series.push({ series: 'line', points, colour, dash, lineWidth: 2, stepped: 'before' });
    const value = points.at(-1)!.y;
    edgeLabels.push({ value, name, figure: `${Math.round(value)} %`, colour, dash });
  });
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

/** Shares of targets by evaluations: of all functions together, and of each group. */
export function bbobFigure(
  runs: readonly BbobRun[],
  { genes, instances, perGene }: { genes: number; instances: number; perGene: number },
): Figure {
  const strategies = [...new Set(runs.map(({ strategy }) => strategy))];
  const numbers = new Set(runs.map((run) => run.function));
  const frame = { genes, most: Math.max(10, perGene) };
  const parts = groups
    .map(({ name, from, to }) => ({
      title: `${name} (${from} to ${to})`,
      runs: runs.filter((run) => run.function >= from && run.function <= to),
    }))
    .filter((part) => part.runs.length > 0);
  const charts = parts.map((part) =>
    chart(part.title, part.runs, strategies, { ...frame, height: 220, labelled: false }),
  );
  const pairs = Array.from({ length: Math.ceil(charts.length / 2) }, (_, i) =>
    charts.slice(2 * i, 2 * i + 2),
  );
  return {
    title: `Running times on the BBOB functions of ${genes} genes`,
    subtitle:
      `${numbers.size} function${numbers.size === 1 ? '' : 's'}, ${instances} instance${instances === 1 ? '' : 's'} of each, ` +
      '51 targets from 10^2 to 10^-8',
    width,
    bottom: 12,
    rows: [
      rowOf(chart('all', runs, strategies, { ...frame, height: 320, labelled: true }), 10),
      ...(charts.length > 1 ? pairs.map((blocks) => ({ above: 12, gap: 20, blocks })) : []),
    ],
  };
}
