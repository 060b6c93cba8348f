import type { PaneBlock, PaneLayer } from '../figure/pane.js';
import type { Range } from '../figure/range.js';
import { decadeOf, figures, ink, textSize } from '../figure/theme.js';
import { font, type Pen, pixelRatio, textWidth } from './canvas.js';
import { layoutLegend } from './legend.js';

/** A plot's frame in units of layout, and the values at its edges. */
export interface Pane {
  x: number;
  y: number;
  width: number;
  height: number;
  across: Range;
  up: Range;
}

/** Round values within a range, as many as there may be: multiples of 1, 2 or 5 times a power of ten. */
export function ticksOf({ low, high }: Range, most: number): number[] {
  const decade = 10 ** decadeOf((high - low) / Math.max(1, most));
  for (const factor of [0.5, 1, 2, 5, 10, 20, 50]) {
    const step = factor * decade;
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    if (count > most) continue;
    return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  }
  return [];
}

const toX = ({ x, width, across }: Pane, value: number) =>
  x + (width * (value - across.low)) / (across.high - across.low);
const toY = ({ y, height, up }: Pane, value: number) =>
  y + height - (height * (value - up.low)) / (up.high - up.low);

export interface Axes {
  /** Title at the left, with its unit. */
  title: string;
  /** Title below; without it there are no figures below either. */
  below?: string;
  ticksUp: number;
  ticksAcross: number;
}

/** Grid, frame, figures and titles. `left` is where the title to the left stands. */
export function drawAxes(
  pen: Pen,
  pane: Pane,
  { title, below, ticksUp, ticksAcross }: Axes,
  left: number,
): void {
  const { x, y, width, height } = pane;
  pen.save();
  pen.lineWidth = 1;
  pen.font = font(textSize.label);
  pen.textBaseline = 'middle';
  for (const value of ticksOf(pane.up, ticksUp)) {
    const at = toY(pane, value);
    line(pen, ink.grid, [
      [x, at],
      [x + width, at],
    ]);
    pen.textAlign = 'right';
    pen.fillStyle = ink.text;
    pen.fillText(figures(value), x - 6, at);
  }
  for (const value of ticksOf(pane.across, ticksAcross)) {
    const at = toX(pane, value);
    line(pen, ink.grid, [
      [at, y],
      [at, y + height],
    ]);
    if (below === undefined) continue;
    pen.textAlign = 'center';
    pen.fillStyle = ink.text;
    pen.fillText(figures(value), at, y + height + 12);
  }
  line(pen, ink.axis, [
    [x, y],
    [x, y + height],
    [x + width, y + height],
  ]);
  pen.fillStyle = ink.text;
  pen.font = font(textSize.label);
  pen.textAlign = 'left';
  pen.textBaseline = 'bottom';
  pen.fillText(title, left, y - 7);
  if (below !== undefined) {
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    pen.fillText(below, x + width / 2, y + height + 22);
  }
  pen.restore();
}

function line(pen: Pen, colour: string, points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.strokeStyle = colour;
  pen.stroke();
}

/**
 * A line through values at ascending places. Where there are more of them than pixels, the least and the greatest of
 * each column are drawn, so that no peak is lost. What is not finite leaves a gap; what is outside is cut off.
 */
export function drawTrace(
  pen: Pen,
  pane: Pane,
  at: Readonly<ArrayLike<number>>,
  values: Readonly<ArrayLike<number>>,
  colour: string,
  lineWidth = 1.4,
): void {
  const columns = Math.ceil(pane.width * pixelRatio);
  const bin = Math.max(1, Math.floor(at.length / (2 * columns)));
  pen.save();
  pen.lineJoin = 'round';
  pen.strokeStyle = colour;
  pen.lineWidth = lineWidth;
  pen.beginPath();
  let drawing = false;
  const clamp = (y: number) => Math.min(pane.y + pane.height, Math.max(pane.y, y));
  const go = (i: number) => {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      drawing = false;
      return;
    }
    const [x, y] = [toX(pane, at[i]!), clamp(toY(pane, value))];
    if (drawing) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    drawing = true;
  };
  for (let from = 0; from < at.length; from += bin) {
    let [least, greatest] = [from, from];
    const end = Math.min(at.length, from + bin);
    for (let i = from; i < end; i++) {
      if (!(values[i]! >= values[least]!)) least = i;
      if (!(values[i]! <= values[greatest]!)) greatest = i;
    }
    go(Math.min(least, greatest));
    if (least !== greatest) go(Math.max(least, greatest));
  }
  pen.stroke();
  pen.restore();
}

/** The area between two lines over ascending places, cut off at the pane's edges. Where either is not finite it ends. */
export function drawBand(
  pen: Pen,
  pane: Pane,
  at: Readonly<ArrayLike<number>>,
  { low, high }: { low: Readonly<ArrayLike<number>>; high: Readonly<ArrayLike<number>> },
  colour: string,
): void {
  const clamp = (y: number) => Math.min(pane.y + pane.height, Math.max(pane.y, y));
  const place = (i: number, values: Readonly<ArrayLike<number>>) =>
    [toX(pane, at[i]!), clamp(toY(pane, values[i]!))] as const;
  pen.save();
  pen.fillStyle = colour;
  for (let from = 0; from < at.length; ) {
    let to = from;
    while (to < at.length && Number.isFinite(low[to]! + high[to]!)) to++;
    if (to - from > 1) {
      pen.beginPath();
      for (let i = from; i < to; i++) pen.lineTo(...place(i, high));
      for (let i = to - 1; i >= from; i--) pen.lineTo(...place(i, low));
      pen.closePath();
      pen.fill();
    }
    from = to + 1;
  }
  pen.restore();
}

/** Dashed lines down a pane at places across it. */
export function drawRules(pen: Pen, pane: Pane, places: readonly number[], colour: string): void {
  pen.save();
  pen.lineWidth = 1.2;
  pen.setLineDash([5, 4]);
  for (const place of places) {
    if (place < pane.across.low || place > pane.across.high) continue;
    const x = toX(pane, place);
    line(pen, colour, [
      [x, pane.y],
      [x, pane.y + pane.height],
    ]);
  }
  pen.restore();
}

/** Short strokes above a pane at places across it. */
export function drawMarks(
  pen: Pen,
  pane: Pane,
  places: readonly number[],
  colour: string,
  { height = 7, gap = 2, lineWidth = 1.4 } = {},
): void {
  pen.save();
  pen.lineWidth = lineWidth;
  for (const place of places) {
    if (place < pane.across.low || place > pane.across.high) continue;
    const x = toX(pane, place);
    line(pen, colour, [
      [x, pane.y - gap - height],
      [x, pane.y - gap],
    ]);
  }
  pen.restore();
}

/** Small squares at places across and up. */
function drawDots(
  pen: Pen,
  pane: Pane,
  { places, values, colour, size }: Extract<PaneLayer, { layer: 'dots' }>,
): void {
  pen.save();
  pen.fillStyle = colour;
  places.forEach((place, i) => {
    pen.fillRect(toX(pane, place) - size / 2, toY(pane, values[i]!) - size / 2, size, size);
  });
  pen.restore();
}

function drawLayer(pen: Pen, pane: Pane, layer: PaneLayer): void {
  switch (layer.layer) {
    case 'line':
      pen.save();
      pen.setLineDash([...(layer.dash ?? [])]);
      drawTrace(pen, pane, layer.places, layer.values, layer.colour, layer.lineWidth);
      pen.restore();
      break;
    case 'band':
      drawBand(pen, pane, layer.places, layer, layer.colour);
      break;
    case 'rules':
      drawRules(pen, pane, layer.places, layer.colour);
      break;
    case 'dots':
      drawDots(pen, pane, layer);
      break;
    case 'strokes':
      drawMarks(pen, pane, layer.places, layer.colour);
      break;
  }
}

/** The marks that stand after the title. */
function drawKey(pen: Pen, { key = [], title }: PaneBlock, pane: Pane, left: number): void {
  if (key.length === 0) return;
  const before = title === '' ? 0 : textWidth(title, textSize.label) + 14;
  layoutLegend(key, pane.x + pane.width - left - before).draw(pen, left + before, pane.y - 28);
}

/** A plot of a figure with its axes, its title standing at `left`. */
export function drawPane(pen: Pen, block: PaneBlock, pane: Pane, left: number): void {
  const { title, below, ticksUp, ticksAcross } = block;
  drawAxes(pen, pane, { title, ticksUp, ticksAcross, ...(below === undefined ? {} : { below }) }, left);
  drawKey(pen, block, pane, left);
  for (const layer of block.layers) drawLayer(pen, pane, layer);
}
