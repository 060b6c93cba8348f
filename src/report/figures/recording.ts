import { type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import { stroke } from '../../figure/marks.js';
import type { PaneBlock, PaneLayer } from '../../figure/pane.js';
import { extent, roomy } from '../../figure/range.js';
import { count, faded, ink, palette, seriesColours, textSize } from '../../figure/theme.js';
import type { LifeRecording, RecordedQuantity } from '../../inspect/recording.js';
import { recordedHead } from '../../inspect/tables/recording.js';

/** Cells or synapses that have a line each; of more, the mean and the range are drawn. */
const mostLines = 6;
/** Bins of a line across the picture: of more samples, the lowest and the highest in each bin are drawn. */
const bins = 1200;

const columnOf = ({ labels, values }: RecordedQuantity, column: number, rows: number) =>
  Float64Array.from({ length: rows }, (_, row) => values[row * labels.length + column]!);

/** A course with as many points as can be seen, its peaks among them. */
function thinned(timesMs: Float64Array, values: Float64Array) {
  if (values.length <= 2 * bins) return { places: Array.from(timesMs), values: Array.from(values) };
  const kept = new Set<number>();
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [bin, bin + 1].map((edge) => Math.floor((edge * values.length) / bins)) as [
      number,
      number,
    ];
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if (values[i]! < values[low]!) low = i;
      if (values[i]! > values[high]!) high = i;
    }
    kept.add(Math.min(low, high)).add(Math.max(low, high));
  }
  const places = [...kept];
  return { places: places.map((i) => timesMs[i]!), values: places.map((i) => values[i]!) };
}

/** Mean, lowest and highest of all cells or synapses, in bins where there are many samples. */
function summary(timesMs: Float64Array, { labels, values }: RecordedQuantity) {
  const width = labels.length;
  const rows = timesMs.length;
  const groups = Math.min(rows, bins);
  const places: number[] = [];
  const [mean, low, high]: [number[], number[], number[]] = [[], [], []];
  for (let group = 0; group < groups; group++) {
    const [from, to] = [group, group + 1].map((edge) => Math.floor((edge * rows) / groups)) as [
      number,
      number,
    ];
    const own = values.subarray(from * width, to * width);
    const range = extent([own]) ?? { low: Number.NaN, high: Number.NaN };
    places.push(timesMs[to - 1]!);
    mean.push(own.reduce((sum, value) => sum + value, 0) / own.length);
    low.push(range.low);
    high.push(range.high);
  }
  return { places, mean, low, high };
}

function layersOf(timesMs: Float64Array, of: RecordedQuantity): PaneLayer[] {
  const line = { layer: 'line', lineWidth: 1.4 } as const;
  if (of.labels.length > mostLines) {
    const { places, mean, low, high } = summary(timesMs, of);
    return [
      { layer: 'band', places, low, high, colour: faded(palette.blue, 0.22) },
      { ...line, places, values: mean, colour: palette.blue },
    ];
  }
  const lines = of.labels.map(
    (_, i): PaneLayer => ({
      ...line,
      ...thinned(timesMs, columnOf(of, i, timesMs.length)),
      colour: seriesColours[i % seriesColours.length]!,
    }),
  );
  const { spikesMs = [] } = of;
  if (spikesMs.length === 0) return lines;
  return [...lines, { layer: 'strokes', places: spikesMs, colour: palette.vermilion }];
}

function paneOf({ timesMs, quantities }: LifeRecording, at: number): PaneBlock {
  const of = quantities[at]!;
  const isLast = at === quantities.length - 1;
  const { labels } = of;
  const many = labels.length > mostLines;
  const single = labels.length === 1 ? labels[0] : '';
  const range = extent([of.values]) ?? { low: -1, high: 1 };
  return {
    block: 'pane',
    height: 130,
    room: { left: 70, right: 30, above: 34, below: isLast ? 48 : 4 },
    title: `${recordedHead(of, single)}${many ? `, mean and range of ${count(labels.length)} ${of.each}s` : ''}`,
    ...(isLast ? { below: 'time (ms)' } : {}),
    key:
      many || labels.length === 1
        ? []
        : labels.map((text, i) => ({
            text,
            mark: stroke(seriesColours[i % seriesColours.length]!, 16, 2.2),
            widest: 90,
          })),
    across: { low: timesMs[0]!, high: timesMs.length > 1 ? timesMs.at(-1)! : timesMs[0]! + 1 },
    up: roomy(range),
    ticksUp: 4,
    ticksAcross: 6,
    layers: layersOf(timesMs, of),
  };
}

/** A pane under its title, which stands clear of the spikes above the frame. */
function rowsOf(pane: PaneBlock, above: number): FigureRow[] {
  if (!pane.layers.some(({ layer }) => layer === 'strokes')) return [rowOf(pane, above)];
  const { title, room } = pane;
  const words = { block: 'words', text: title, height: 20, size: textSize.label, colour: ink.text } as const;
  return [rowOf(words, above + 8), rowOf({ ...pane, title: '', room: { ...room, above: 14 } })];
}

/** What was recorded of a life, one pane a quantity; strokes above a pane are the spikes of its cell. */
export const recordingFigure = (title: string, subtitle: string, recording: LifeRecording): Figure => ({
  ...{ title, subtitle, width: 640 },
  rows: recording.quantities.flatMap((_, at) => rowsOf(paneOf(recording, at), at === 0 ? 6 : 0)),
});
