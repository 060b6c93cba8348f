import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { type Panel, renderFigure } from '../../src/inspect/figure.js';
import { type LegendEntry, layoutLegend, type Mark, stroke } from '../../src/inspect/legend.js';
import { count, decadeOf, faded, ink, linearAxis, palette, seriesColours } from '../../src/inspect/theme.js';
import { type EntryResult, type Study, summaryOf } from './report.js';

const width = 720;
const panelSize = { width: width / 2, height: 284 };
const dash = [6, 4];
const markWidth = 34;

interface Series {
  entry: EntryResult;
  colour: string;
  /** A second entry of a strategy shares its colour, dashed and hollow. */
  variant: boolean;
}

type Points = ChartDataset<'scatter', { x: number; y: number }[]>;

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

/** A power of ten is named, the ticks between them are not. */
const powerName = (value: number | string) =>
  Number(value) === Number(`1e${decadeOf(Number(value))}`) ? count(Number(value)) : '';

function logAxis(title: string, values: readonly number[]) {
  return {
    ...linearAxis(title, {}),
    type: 'logarithmic',
    min: Math.min(...values) * 0.8,
    max: Math.max(...values) * 1.25,
    grid: {
      color: ({ tick }: { tick?: { value: number } }) =>
        powerName(tick?.value ?? 0) === '' ? '#00000000' : ink.grid,
    },
    ticks: { color: ink.text, autoSkip: false, maxRotation: 0, callback: powerName },
  } as const;
}

const panelOf = (
  title: string,
  datasets: Points[],
  scales: object,
  place: { x: number; y: number },
): Panel => ({
  ...place,
  ...panelSize,
  configuration: {
    type: 'scatter',
    data: { datasets },
    options: {
      layout: { padding: { left: 10, right: 16, top: 4, bottom: 8 } },
      plugins: { title: { display: true, text: title, color: ink.text, font: { size: 16 } } },
      scales,
    },
  } as ChartConfiguration<'scatter'>,
});

/** Median over the seeds of the best score so far, and the quartiles about it. */
function curves({ entry, colour, variant }: Series, pattern: string): Points[] {
  const runs = entry.runs.filter((run) => run.pattern === pattern);
  const summaries = entry.curveAt.map((_, point) => summaryOf(runs.map(({ curve }) => curve[point]!)));
  const line = (value: (of: (typeof summaries)[number]) => number): Points => ({
    data: summaries.map((summary, point) => ({ x: entry.curveAt[point]!, y: value(summary) })),
    showLine: true,
    pointRadius: 0,
    borderWidth: 0,
    borderColor: colour,
  });
  return [
    { ...line(({ median }) => median), borderWidth: 2.2, borderDash: variant ? dash : [] },
    line(({ q25 }) => q25),
    { ...line(({ q75 }) => q75), fill: '-1', backgroundColor: faded(colour, 0.12) },
  ];
}

function learningPanel(
  study: Study,
  series: readonly Series[],
  pattern: string,
  place: { x: number; y: number },
) {
  const { untrained } = study.reference[pattern]!;
  const at = series.flatMap(({ entry }) => entry.curveAt);
  const level: Points = {
    data: [Math.min(...at), Math.max(...at)].map((x) => ({ x, y: untrained })),
    showLine: true,
    pointRadius: 0,
    borderColor: palette.black,
    borderWidth: 1.2,
    borderDash: [2, 3],
  };
  const datasets = [...series.flatMap((one) => curves(one, pattern)), level];
  const scales = { x: logAxis('evaluations', at), y: linearAxis('best raw score so far', { min: 0 }) };
  return panelOf(pattern, datasets, scales, place);
}

/** How many weights each champion changed and how far: many small edits lie low on the right, few large ones high. */
function changePanel(series: readonly Series[], place: { x: number; y: number }): Panel {
  const datasets = series.map(
    ({ entry, colour, variant }): Points => ({
      // One that changed nothing has no place on logarithmic axes.
      data: entry.runs
        .filter(({ champion }) => champion.weightsChanged > 0)
        .map(({ champion }) => ({ x: champion.weightsChanged, y: champion.l2 })),
      pointRadius: 4.5,
      pointBorderWidth: 1.6,
      pointBorderColor: colour,
      pointBackgroundColor: variant ? '#ffffffcc' : faded(colour, 0.5),
    }),
  );
  const points = datasets.flatMap(({ data }) => data);
  const scales = {
    x: logAxis(
      'weights changed',
      points.map(({ x }) => x),
    ),
    y: logAxis(
      'L2 norm of the change',
      points.map(({ y }) => y),
    ),
  };
  return panelOf('champions, all patterns', datasets, scales, place);
}

const markOf = ({ colour, variant }: Series): Mark => {
  const line = stroke(colour, markWidth, 2.2, variant ? dash : []);
  return (pen, x, y) => {
    line(pen, x, y);
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(x, y, 4.5, 0, 2 * Math.PI);
    pen.fillStyle = variant ? 'white' : colour;
    pen.fill();
    pen.lineWidth = 1.6;
    pen.stroke();
  };
};

/** The same learning curves for kinds of cells, each with a colour and an untrained score of its own. */
export async function cellsPicture(
  entries: readonly (EntryResult & { untrained: number })[],
  seeds: number,
): Promise<Buffer> {
  const series = entries.map((entry, i): Series => ({ entry, colour: seriesColours[i]!, variant: false }));
  const legend = layoutLegend(
    [
      ...series.map((one): LegendEntry => ({ text: one.entry.label, mark: markOf(one), markWidth })),
      { text: 'dotted: untrained', mark: stroke(palette.black, markWidth, 1.2, [2, 3]), markWidth },
    ],
    width - 32,
  );
  const at = entries.flatMap(({ curveAt }) => curveAt);
  const levels = entries.map(
    ({ untrained }, i): Points => ({
      data: [Math.min(...at), Math.max(...at)].map((x) => ({ x, y: untrained })),
      showLine: true,
      pointRadius: 0,
      borderColor: seriesColours[i]!,
      borderWidth: 1.2,
      borderDash: [2, 3],
    }),
  );
  const place = { x: 0, y: legend.height + 10 };
  const panel = panelOf(
    'square',
    [...series.flatMap((one) => curves(one, 'square')), ...levels],
    { x: logAxis('evaluations', at), y: linearAxis('best raw score so far', { min: 0 }) },
    place,
  );
  return renderFigure({
    title: 'Foraging on the Cook connectome, by kind of cell',
    subtitle: `genetic algorithm; best score so far by objective, median of ${seeds} seeds; shaded: quartiles`,
    width,
    bodyHeight: place.y + 360,
    panels: [{ ...panel, width, height: 360 }],
    draw: (pen) => legend.draw(pen, 16, 6),
  });
}

export async function pictureOf(study: Study): Promise<Buffer> {
  const { entries, patterns, seeds } = study;
  const series = seriesOf(entries);
  const legend = layoutLegend(
    [
      ...series.map((one): LegendEntry => ({ text: one.entry.label, mark: markOf(one), markWidth })),
      { text: 'untrained', mark: stroke(palette.black, markWidth, 1.2, [2, 3]), markWidth },
    ],
    width - 32,
  );
  const top = legend.height + 10;
  const place = (index: number) => ({
    x: (index % 2) * panelSize.width,
    y: top + Math.floor(index / 2) * panelSize.height,
  });
  const png = await renderFigure({
    title: 'Foraging: strategies by evaluations',
    subtitle: `best score so far by objective, median of ${seeds.length} seeds; shaded: quartiles`,
    width,
    bodyHeight: top + Math.ceil((patterns.length + 1) / 2) * panelSize.height,
    panels: [
      ...patterns.map((pattern, i) => learningPanel(study, series, pattern, place(i))),
      changePanel(series, place(patterns.length)),
    ],
    draw: (pen) => legend.draw(pen, 16, 6),
  });
  return png;
}
