import type { ChartAxis, ChartBlock, ChartSeries } from '../../src/figure/chart.js';
import { type Figure, rowOf } from '../../src/figure/figure.js';
import { disc, type LegendEntry, stack, stroke } from '../../src/figure/marks.js';
import { faded, palette, seriesColours } from '../../src/figure/theme.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { type EntryResult, type Study, summaryOf } from './report.js';

const width = 720;
const panelSize = { width: width / 2, height: 284 };
const dash = [6, 4];

interface Series {
  entry: EntryResult;
  colour: string;
  /** A second entry of a strategy shares its colour, dashed and hollow. */
  variant: boolean;
}

/** What is drawn; an entry that only repeats the beginning of another's runs is left out. */
export function seriesOf(entries: readonly EntryResult[]): Series[] {
  const same = (a: EntryResult, b: EntryResult) =>
    a.strategy === b.strategy && a.genome === b.genome && a.settings.join() === b.settings.join();
  const drawn = entries.filter((entry, i) => !entries.slice(0, i).some((other) => same(other, entry)));
  // The baseline is grey, so that the colours are for what is compared with it.
  const coloured = [...new Set(drawn.map(({ strategy }) => strategy))].filter((name) => name !== 'random');
  return drawn.map((entry, i) => ({
    entry,
    colour: seriesColours[coloured.indexOf(entry.strategy) % seriesColours.length] ?? palette.grey,
    variant: drawn.slice(0, i).some(({ strategy }) => strategy === entry.strategy),
  }));
}

const logAxis = (title: string, values: readonly number[]): ChartAxis => ({
  axis: 'logarithmic',
  title,
  min: Math.min(...values) * 0.8,
  max: Math.max(...values) * 1.25,
  ticks: 'powers',
});

const panelOf = (
  title: string,
  series: readonly ChartSeries[],
  x: ChartAxis,
  y: ChartAxis,
  size: { width: number; height: number } = panelSize,
): ChartBlock => ({
  block: 'chart',
  ...size,
  title,
  room: { left: 10, right: 16, above: 4, below: 8 },
  x,
  y,
  series,
});

/** Median over the seeds of the best score so far, and the quartiles about it. */
function curves({ entry, colour, variant }: Series, pattern: string): ChartSeries[] {
  const runs = entry.runs.filter((run) => run.pattern === pattern);
  const summaries = entry.curveAt.map((_, point) => summaryOf(runs.map(({ curve }) => curve[point]!)));
  const points = (value: (of: (typeof summaries)[number]) => number) =>
    summaries.map((summary, point) => ({ x: entry.curveAt[point]!, y: value(summary) }));
  return [
    {
      series: 'line',
      points: points(({ median }) => median),
      colour,
      lineWidth: 2.2,
      dash: variant ? dash : [],
    },
    {
      series: 'band',
      low: points(({ q25 }) => q25),
      high: points(({ q75 }) => q75),
      fill: faded(colour, 0.12),
    },
  ];
}

/** The untrained score, dotted. */
const level = (at: readonly number[], value: number, colour: string): ChartSeries => ({
  series: 'line',
  points: [Math.min(...at), Math.max(...at)].map((x) => ({ x, y: value })),
  colour,
  lineWidth: 1.2,
  dash: [2, 3],
});

const scoreAxis: ChartAxis = { axis: 'linear', title: 'best raw score so far', min: 0 };

function learningPanel(study: Study, series: readonly Series[], pattern: string): ChartBlock {
  const { untrained } = study.reference[pattern]!;
  const at = series.flatMap(({ entry }) => entry.curveAt);
  const drawn = [...series.flatMap((one) => curves(one, pattern)), level(at, untrained, palette.black)];
  return panelOf(pattern, drawn, logAxis('evaluations', at), scoreAxis);
}

/** How many weights each champion changed and how far: many small edits lie low on the right, few large ones high. */
function changePanel(series: readonly Series[]): ChartBlock {
  const drawn = series.map(({ entry, colour, variant }) => ({
    series: 'dots' as const,
    // One that changed nothing has no place on logarithmic axes.
    points: entry.runs
      .filter(({ champion }) => champion.weightsChanged > 0)
      .map(({ champion }) => ({ x: champion.weightsChanged, y: champion.l2 })),
    radius: 4.5,
    fill: variant ? '#ffffffcc' : faded(colour, 0.5),
    edge: { colour, width: 1.6 },
  }));
  const points = drawn.flatMap((one) => one.points);
  const x = logAxis(
    'weights changed',
    points.map((point) => point.x),
  );
  const y = logAxis(
    'L2 norm of the change',
    points.map((point) => point.y),
  );
  return panelOf('champions, all patterns', drawn, x, y);
}

const entryOf = ({ entry, colour, variant }: Series): LegendEntry => ({
  text: entry.label,
  mark: stack(
    stroke(colour, 34, 2.2, variant ? dash : []),
    disc(4.5, variant ? 'white' : colour, colour, 1.6),
  ),
});

const dotted = (text: string): LegendEntry => ({ text, mark: stroke(palette.black, 34, 1.2, [2, 3]) });

/** The same learning curves for kinds of cells, each with a colour and an untrained score of its own. */
export function cellsPicture(
  entries: readonly (EntryResult & { untrained: number })[],
  seeds: number,
): Promise<Buffer> {
  const series = entries.map((entry, i): Series => ({ entry, colour: seriesColours[i]!, variant: false }));
  const at = entries.flatMap(({ curveAt }) => curveAt);
  const drawn = [
    ...series.flatMap((one) => curves(one, 'square')),
    ...entries.map(({ untrained }, i) => level(at, untrained, seriesColours[i]!)),
  ];
  const panel = panelOf('square', drawn, logAxis('evaluations', at), scoreAxis, { width, height: 360 });
  const figure: Figure = {
    title: 'Foraging on the Cook connectome, by kind of cell',
    subtitle: `genetic algorithm; best score so far by objective, median of ${seeds} seeds; shaded: quartiles`,
    width,
    rows: [
      rowOf({ block: 'legend', entries: [...series.map(entryOf), dotted('dotted: untrained')] }, 6),
      { above: 4, left: 0, blocks: [panel] },
    ],
  };
  return renderFigure(figure);
}

export function pictureOf(study: Study): Promise<Buffer> {
  const { entries, patterns, seeds } = study;
  const series = seriesOf(entries);
  const panels = [...patterns.map((pattern) => learningPanel(study, series, pattern)), changePanel(series)];
  return renderFigure({
    title: 'Foraging: strategies by evaluations',
    subtitle: `best score so far by objective, median of ${seeds.length} seeds; shaded: quartiles`,
    width,
    rows: [
      rowOf({ block: 'legend', entries: [...series.map(entryOf), dotted('untrained')] }, 6),
      ...Array.from({ length: Math.ceil(panels.length / 2) }, (_, row) => ({
        above: row === 0 ? 4 : 0,
        left: 0,
        blocks: panels.slice(2 * row, 2 * row + 2),
      })),
    ],
  });
}
