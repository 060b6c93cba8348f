import { type Figure, rowOf } from '../../figure/figure.js';
import type { GlimpseBlock } from '../../figure/glimpse.js';
import { stroke } from '../../figure/marks.js';
import type { PaneBlock, PaneLayer } from '../../figure/pane.js';
import { extent, type Range, roomy } from '../../figure/range.js';
import { figures, palette, seriesColours } from '../../figure/theme.js';
import type { FrequencyData, ResponseData, Trace } from '../../inspect/response.js';
import { UserError } from '../../spec/errors.js';

const inWords = ({ name, unit }: Pick<Trace, 'name' | 'unit'>) => (unit === '1' ? name : `${name} (${unit})`);

function check({ title, timesMs, states }: ResponseData): void {
  if (timesMs.length === 0 || states.length === 0) {
    throw new UserError(`"${title}": a response needs at least one step and one state to be drawn.`);
  }
  for (const { name, values } of states) {
    if (values.length !== timesMs.length) {
      throw new UserError(`"${title}": ${name} has ${values.length} values for ${timesMs.length} times.`);
    }
  }
}

const room = { left: 70, right: 30, above: 30, below: 48 } as const;

/** States that are drawn in one pane: those of one unit, in order, at most as many as there are colours. */
function panesOf(traces: readonly Trace[]): Trace[][] {
  const panes: Trace[][] = [];
  for (const trace of traces) {
    const pane = panes.find(
      ([first, ...rest]) => first!.unit === trace.unit && rest.length + 1 < seriesColours.length,
    );
    if (pane) pane.push(trace);
    else panes.push([trace]);
  }
  return panes;
}

interface Part {
  traces: readonly Trace[];
  height: number;
  title: string;
  colours: readonly string[];
  spikesMs: readonly number[];
}

function partsOf({ states, input, spikesMs }: ResponseData): Part[] {
  const [first, ...others] = states;
  const part = (
    traces: readonly Trace[],
    height: number,
    title: string,
    colours: readonly string[],
  ): Part => ({
    traces,
    height,
    title,
    colours,
    spikesMs: [],
  });
  const further = panesOf(others).map((traces) => {
    const [{ name, unit } = { name: '', unit: '1' }, ...rest] = traces;
    const title = rest.length === 0 ? inWords({ name, unit }) : unit === '1' ? '' : `(${unit})`;
    return part(traces, 76, title, seriesColours.slice(1));
  });
  return [
    { ...part([first!], 200, inWords(first!), [palette.blue]), spikesMs },
    ...further,
    ...(input ? [part([input], 52, inWords(input), [palette.black])] : []),
  ];
}

function paneOf(
  { traces, height, title, colours, spikesMs }: Part,
  timesMs: readonly number[],
  last: boolean,
): PaneBlock {
  const colourOf = (i: number) => colours[i % colours.length]!;
  const range = extent(traces.map(({ values }) => values)) ?? { low: -1, high: 1 };
  const lines = traces.map(
    ({ values }, i): PaneLayer => ({
      layer: 'line',
      places: timesMs,
      values: Array.from(values),
      colour: colourOf(i),
      lineWidth: 1.4,
    }),
  );
  return {
    block: 'pane',
    height,
    room: last ? room : { ...room, below: 0 },
    title,
    ...(last ? { below: 'time (ms)' } : {}),
    key:
      traces.length === 1
        ? []
        : traces.map(({ name }, i) => ({ text: name, mark: stroke(colourOf(i), 16, 2.2) })),
    across: { low: 0, high: timesMs.at(-1)! },
    // A figure at the very top of a low pane would meet its title.
    up: roomy(range, height < 100 ? 0.14 : 0.07),
    ticksUp: Math.max(3, Math.floor(height / 30)),
    ticksAcross: 6,
    layers: [
      ...lines,
      ...(spikesMs.length > 0
        ? [{ layer: 'strokes', places: spikesMs, colour: palette.vermilion } as const]
        : []),
    ],
  };
}

function frequencyPane({ currents, ratesHz, unit }: FrequencyData): PaneBlock {
  const { low, high } = extent([currents]) ?? { low: 0, high: 1 };
  const most = extent([ratesHz])?.high ?? 1;
  return {
    block: 'pane',
    height: 140,
    room,
    title: 'rate (Hz)',
    below: inWords({ name: 'constant input', unit }),
    across: { low, high: high > low ? high : low + 1 },
    up: { low: 0, high: most > 0 ? 1.07 * most : 1 },
    ticksUp: 4,
    ticksAcross: 6,
    layers: [
      {
        layer: 'line',
        places: Array.from(currents),
        values: Array.from(ratesHz),
        colour: palette.blue,
        lineWidth: 1.8,
      },
    ],
  };
}

/**
 * One cell's response: its first state with the spikes marked above, its further states, the input, and how the rate
 * depends on a constant input. Throws UserError where there is nothing to draw.
 */
export function responseFigure(data: ResponseData & { frequencies?: FrequencyData | undefined }): Figure {
  check(data);
  const { title, subtitle, frequencies } = data;
  const timesMs = Array.from(data.timesMs);
  const parts = partsOf(data);
  const panes = parts.map((part, i) => paneOf(part, timesMs, i === parts.length - 1));
  return {
    title,
    subtitle,
    width: 640,
    rows: [
      ...panes.map((pane, i) => rowOf(pane, i === 0 ? 6 : 0)),
      ...(frequencies ? [rowOf(frequencyPane(frequencies))] : []),
    ],
  };
}

/** Lowest and highest value in words. */
function rangeInWords({ low, high }: Range, unit: string): string {
  // Tenths of a wide range would only crowd it.
  const digits = high - low > 5 ? 1 : 0.001;
  const [from, to] = [low, high].map((value) => figures(Math.round(value / digits) * digits));
  return `${from} to ${to}${unit === '1' ? '' : ` ${unit}`}`;
}

const glimpseWidth = 232;
const gap = 24;

function glimpse({ title, timesMs, states, spikesMs, input }: ResponseData): GlimpseBlock {
  const first = states[0]!;
  const range = extent([first.values]);
  return {
    block: 'glimpse',
    width: glimpseWidth,
    title,
    timesMs: Array.from(timesMs),
    values: Array.from(first.values),
    spikesMs,
    ...(input ? { input: Array.from(input.values) } : {}),
    ...(range ? { note: rangeInWords(range, first.unit) } : {}),
  };
}

/**
 * Responses side by side, each with the time and the range of its own: the first state with the spikes marked above
 * it, and the input below. Throws UserError where there is nothing to draw.
 */
export function responseGallery(input: {
  title?: string | undefined;
  subtitle?: string | undefined;
  panels: readonly ResponseData[];
  columns: number;
}): Figure {
  const { title, subtitle, panels } = input;
  if (panels.length === 0) throw new UserError('There is no response to draw: give at least one panel.');
  panels.forEach(check);
  const columns = Math.max(1, Math.min(input.columns, panels.length));
  const across = (count: number) => 32 + count * glimpseWidth + (count - 1) * gap;
  return {
    title,
    subtitle,
    // A title is not to be broken for the sake of a single panel.
    width: Math.max(across(columns), title === undefined ? 0 : Math.min(across(2), 640)),
    rows: Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) => ({
      above: row > 0 ? 14 : title === undefined ? 16 : 12,
      gap,
      blocks: panels.slice(row * columns, (row + 1) * columns).map(glimpse),
    })),
    bottom: 14,
  };
}
