import { UserError } from '../spec/errors.js';
import { font, type Pen, textWidth } from './canvas.js';
import { type Experiment, inputUnit, type Trial } from './cell-experiment.js';
import { fitText, renderFigure } from './figure.js';
import { type LegendEntry, layoutLegend, stroke } from './legend.js';
import { drawAxes, drawMarks, drawTrace, extent, type Pane, type Range, roomy } from './pane.js';
import { decadeOf, figures, ink, palette, seriesColours, textSize } from './theme.js';

export interface Trace {
  name: string;
  /** "1" for plain numbers. */
  unit: string;
  /** `[steps]` */
  values: Readonly<ArrayLike<number>>;
}

/** What one cell did under one input. */
export interface ResponseData {
  title: string;
  subtitle?: string | undefined;
  /** `[steps]` ascending */
  timesMs: Readonly<ArrayLike<number>>;
  /** The first is drawn large. */
  states: readonly Trace[];
  input?: Trace | undefined;
  spikesMs: readonly number[];
}

/** Rates under constant inputs. */
export interface FrequencyData {
  unit: string;
  currents: Readonly<ArrayLike<number>>;
  ratesHz: Readonly<ArrayLike<number>>;
}

/** What an experiment and its outcome look like. */
export function responseOf(
  experiment: Experiment,
  trial: Trial,
  title = experiment.model.name,
): ResponseData {
  const { model, about } = experiment;
  const states = Object.entries(model.state).map(([name, { unit }]) => ({
    ...{ name, unit },
    values: trial.states[name]!,
  }));
  return {
    title,
    subtitle: about,
    timesMs: trial.timesMs,
    spikesMs: trial.spikesMs,
    states: states.length > 0 ? states : [{ name: 'spikes', unit: '1', values: spikesByStep(trial) }],
    ...(trial.input
      ? {
          input: {
            name: experiment.onto === undefined ? 'I' : 'input',
            unit: inputUnit(experiment),
            values: trial.input,
          },
        }
      : {}),
  };
}

/** Of a cell without states, all that there is. */
function spikesByStep({ timesMs, spikesMs }: Trial): Float64Array {
  const fired = new Set(spikesMs);
  return timesMs.map((time) => (fired.has(time) ? 1 : 0));
}

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

const width = 640;
const left = 16;
const plotLeft = 86;
const plotWidth = width - plotLeft - 30;
const titleRoom = 30;
const axisRoom = 48;

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

const rangeOf = (traces: readonly Trace[], share = 0.07): Range =>
  roomy(extent(traces.map(({ values }) => values)) ?? { low: -1, high: 1 }, share);

interface Block {
  traces: readonly Trace[];
  height: number;
  title: string;
  colours: readonly string[];
  marks: boolean;
}

function blocksOf({ states, input }: ResponseData): Block[] {
  const [first, ...others] = states;
  const further = panesOf(others).map((traces): Block => {
    const [{ name, unit } = { name: '', unit: '1' }, ...rest] = traces;
    const title = rest.length === 0 ? inWords({ name, unit }) : unit === '1' ? '' : `(${unit})`;
    return { traces, height: 76, title, colours: seriesColours.slice(1), marks: false };
  });
  return [
    { traces: [first!], height: 200, title: inWords(first!), colours: [palette.blue], marks: true },
    ...further,
    ...(input
      ? [{ traces: [input], height: 52, title: inWords(input), colours: [palette.black], marks: false }]
      : []),
  ];
}

/** The names of several traces, after the pane's title. */
function drawNames(pen: Pen, { traces, colours, title }: Block, top: number): void {
  if (traces.length === 1) return;
  const entries = traces.map(
    ({ name }, i): LegendEntry => ({ text: name, mark: stroke(colours[i % colours.length]!, 16, 2.2) }),
  );
  pen.font = font(textSize.label);
  const before = title === '' ? 0 : pen.measureText(title).width + 14;
  layoutLegend(entries, plotWidth + plotLeft - left - before).draw(pen, left + before, top - 28);
}

/**
 * One cell's response: its first state with the spikes marked above, its further states, the input, and how the rate
 * depends on a constant input. Throws UserError where there is nothing to draw.
 */
export async function responseChart(
  data: ResponseData & { frequencies?: FrequencyData | undefined; ratio?: number | undefined },
): Promise<Buffer> {
  check(data);
  const { timesMs, spikesMs, frequencies, ratio } = data;
  const across = { low: 0, high: timesMs[timesMs.length - 1]! };
  const blocks = blocksOf(data);
  let y = 6;
  const panes = blocks.map((block) => {
    y += titleRoom;
    const pane: Pane = {
      x: plotLeft,
      y,
      width: plotWidth,
      height: block.height,
      across,
      // A figure at the very top of a low pane would meet its title.
      up: rangeOf(block.traces, block.height < 100 ? 0.14 : 0.07),
    };
    y += block.height;
    return { block, pane };
  });
  y += axisRoom;
  const curve = frequencies && frequencyPane(frequencies, y + titleRoom);
  const bodyHeight = curve ? curve.y + curve.height + axisRoom : y;

  return renderFigure({
    title: data.title,
    subtitle: data.subtitle,
    width,
    bodyHeight,
    ratio,
    panels: [],
    draw: (pen) => {
      panes.forEach(({ block, pane }, i) => {
        const last = i === panes.length - 1;
        const axes = {
          title: block.title,
          ticksUp: Math.max(3, Math.floor(block.height / 30)),
          ticksAcross: 6,
        };
        drawAxes(pen, pane, { ...axes, ...(last ? { below: 'time (ms)' } : {}) }, left);
        drawNames(pen, block, pane.y);
        block.traces.forEach(({ values }, k) => {
          drawTrace(pen, pane, timesMs, values, block.colours[k % block.colours.length]!);
        });
        if (block.marks) drawMarks(pen, pane, spikesMs, palette.vermilion);
      });
      if (!curve || !frequencies) return;
      const below = inWords({ name: 'constant input', unit: frequencies.unit });
      drawAxes(pen, curve, { title: 'rate (Hz)', below, ticksUp: 4, ticksAcross: 6 }, left);
      drawTrace(pen, curve, frequencies.currents, frequencies.ratesHz, palette.blue, 1.8);
    },
  });
}

function frequencyPane({ currents, ratesHz }: FrequencyData, y: number): Pane {
  const { low, high } = extent([currents]) ?? { low: 0, high: 1 };
  const most = extent([ratesHz])?.high ?? 1;
  return {
    ...{ x: plotLeft, y, width: plotWidth, height: 140 },
    across: { low, high: high > low ? high : low + 1 },
    up: { low: 0, high: most > 0 ? 1.07 * most : 1 },
  };
}

const cell = { width: 232, caption: 22, trace: 92, input: 22, gap: 24, foot: 22 } as const;

/** A bar that shows how long a time is, and what it stands for. Returns where it begins. */
function drawTimeBar(pen: Pen, pane: Pane, y: number): number {
  const { low, high } = pane.across;
  const span = high - low;
  const decade = 10 ** decadeOf(span / 5);
  const length = decade * [5, 2, 1].find((factor) => factor * decade <= span / 5)!;
  const across = (pane.width * length) / span;
  pen.save();
  pen.strokeStyle = ink.axis;
  pen.lineWidth = 1.6;
  pen.beginPath();
  pen.moveTo(pane.x + pane.width - across, y);
  pen.lineTo(pane.x + pane.width, y);
  pen.stroke();
  pen.fillStyle = ink.muted;
  pen.font = font(textSize.label - 2);
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  const text = `${figures(length)} ms`;
  const start = pane.x + pane.width - across - 5;
  pen.fillText(text, start, y);
  pen.restore();
  return start - textWidth(text, textSize.label - 2);
}

function drawSmall(pen: Pen, data: ResponseData, x: number, y: number): void {
  const { timesMs, states, spikesMs, input } = data;
  const across = { low: 0, high: timesMs[timesMs.length - 1]! };
  const top = y + cell.caption + 9;
  const first = states[0]!;
  const range = rangeOf([first]);
  const pane: Pane = { x, y: top, width: cell.width, height: cell.trace, across, up: range };
  pen.save();
  pen.fillStyle = ink.text;
  const fits = textWidth(data.title, textSize.label, 'bold') <= cell.width;
  const size = fits ? textSize.label : textSize.label - 2.5;
  pen.font = font(size, 'bold');
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillText(fitText(data.title, cell.width, size, 'bold'), x, y);
  pen.restore();
  drawMarks(pen, pane, spikesMs, palette.vermilion, { height: 5, gap: 1, lineWidth: 1.2 });
  drawTrace(pen, pane, timesMs, first.values, palette.blue, 1.2);
  const under = top + cell.trace + 5;
  if (input) {
    const up = roomy(extent([input.values]) ?? { low: 0, high: 1 });
    drawTrace(pen, { ...pane, y: under, height: cell.input, up }, timesMs, input.values, palette.black, 1.2);
  }
  const foot = under + cell.input + 12;
  const bar = drawTimeBar(pen, pane, foot);
  const found = extent([first.values]);
  if (!found) return;
  pen.save();
  pen.fillStyle = ink.muted;
  pen.font = font(textSize.label - 2);
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  // Tenths of a wide range would only crowd it.
  const digits = found.high - found.low > 5 ? 1 : 0.001;
  const [low, high] = [found.low, found.high].map((value) => figures(Math.round(value / digits) * digits));
  const text = `${low} to ${high}${first.unit === '1' ? '' : ` ${first.unit}`}`;
  pen.fillText(fitText(text, bar - x - 8, textSize.label - 2), x, foot);
  pen.restore();
}

/**
 * Responses side by side, each with the time and the range of its own: the first state with the spikes marked above
 * it, and the input below. Throws UserError where there is nothing to draw.
 */
export async function responseGallery(input: {
  title?: string | undefined;
  subtitle?: string | undefined;
  panels: readonly ResponseData[];
  columns: number;
  /** Device pixels in a unit of layout. */
  ratio?: number | undefined;
}): Promise<Buffer> {
  const { panels, ratio } = input;
  if (panels.length === 0) throw new UserError('There is no response to draw: give at least one panel.');
  panels.forEach(check);
  const columns = Math.max(1, Math.min(input.columns, panels.length));
  const height = cell.caption + 9 + cell.trace + 5 + cell.input + cell.foot;
  const rows = Math.ceil(panels.length / columns);
  const across = (count: number) => 32 + count * cell.width + (count - 1) * cell.gap;
  // A title is not to be broken for the sake of a single panel.
  const whole = Math.max(across(columns), input.title === undefined ? 0 : Math.min(across(2), 640));
  const heading = input.title === undefined ? 16 : 12;
  return renderFigure({
    title: input.title,
    subtitle: input.subtitle,
    width: whole,
    bodyHeight: heading + rows * (height + 14),
    ratio,
    panels: [],
    draw: (pen) => {
      panels.forEach((panel, i) => {
        const x = 16 + (i % columns) * (cell.width + cell.gap);
        drawSmall(pen, panel, x, heading + Math.floor(i / columns) * (height + 14));
      });
    },
  });
}
