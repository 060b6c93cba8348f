import { extent, type Range, roomy } from '../figure/range.js';
import type { Strip, StripsBlock, StripsRow } from '../figure/strips.js';
import { faded, ink, textSize } from '../figure/theme.js';
import { axisRoom, drawAxis } from './bars.js';
import { font, type Pen, textWidth } from './canvas.js';
import { ticksOf } from './pane.js';
import { wrapName } from './text.js';

const stripHeight = 26;
const rowGap = 10;
const leading = 17;
const radius = 3.4;
const mostTicks = 7;
/** Room for the title under the ticks, and for the names of rules above the rows. */
const titleRoom = 24;
const rulesRoom = 20;

const linesOf = ({ name }: StripsRow, nameWidth: number) => wrapName(name, nameWidth - 14, textSize.label);

const heightOf = (row: StripsRow, nameWidth: number) =>
  Math.max(row.strips.length * stripHeight, linesOf(row, nameWidth).length * leading) + rowGap;

export const stripsHeight = ({ rows, nameWidth, rules = [] }: StripsBlock) =>
  (rules.length > 0 ? rulesRoom : 0) +
  rows.reduce((sum, row) => sum + heightOf(row, nameWidth), 0) +
  axisRoom +
  titleRoom;

/** From the middle of a strip, the nearest first. */
const lanes = [0, 1, -1, 2, -2];

/**
 * How far from the middle of a strip each dot stands, so that none hides another while there is room: each takes the
 * nearest lane that is free where it stands, in the order of the values.
 * @param places where the dots stand across
 */
export function dodge(places: readonly number[], width: number, step: number): number[] {
  const ends = lanes.map(() => Number.NEGATIVE_INFINITY);
  const offsets = places.map(() => 0);
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
  for (const i of order) {
    if (!Number.isFinite(places[i]!)) continue;
    const free = ends.findIndex((end) => places[i]! - end >= width);
    const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[lane] = places[i]!;
    offsets[i] = lanes[lane]! * step;
  }
  return offsets;
}

interface Frame {
  from: number;
  to: number;
  toX(value: number): number;
}

const halfHeight = stripHeight / 2 - 3;

function drawInterval(pen: Pen, { interval }: Strip, colour: string, y: number, { toX }: Frame): void {
  if (!interval) return;
  const [low, high] = [toX(interval[0]), toX(interval[1])];
  pen.fillStyle = faded(colour, 0.18);
  // An interval of no width is still seen.
  pen.fillRect(Math.min(low, high - 2), y - halfHeight, Math.max(high - low, 2), 2 * halfHeight);
}

function drawMiddle(pen: Pen, { middle }: Strip, colour: string, y: number, { toX }: Frame): void {
  if (!Number.isFinite(middle)) return;
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(toX(middle), y - halfHeight);
  pen.lineTo(toX(middle), y + halfHeight);
  pen.stroke();
}

/** Draws the dots of a row's strips, and what joins them. */
function drawDots(pen: Pen, { strips, colour, joined = false }: StripsRow, middles: number[], frame: Frame) {
  const placed = strips.map(({ values }, s) => {
    const places = values.map((value) => (Number.isFinite(value) ? frame.toX(value) : Number.NaN));
    const offsets = dodge(places, 2 * radius, 4);
    return places.map((x, i) => ({ x, y: middles[s]! + offsets[i]! }));
  });
  if (joined) {
    pen.strokeStyle = faded(colour, 0.35);
    pen.lineWidth = 0.8;
    placed.slice(1).forEach((dots, s) => {
      dots.forEach(({ x, y }, i) => {
        const before = placed[s]![i];
        if (!before || !Number.isFinite(x + before.x)) return;
        pen.beginPath();
        pen.moveTo(before.x, before.y);
        pen.lineTo(x, y);
        pen.stroke();
      });
    });
  }
  pen.lineWidth = 1.4;
  placed.forEach((dots, s) => {
    pen.fillStyle = strips[s]!.hollow ? '#ffffff' : faded(colour, 0.85);
    pen.strokeStyle = strips[s]!.hollow ? colour : '#ffffff';
    for (const { x, y } of dots) {
      if (!Number.isFinite(x)) continue;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
  });
}

function drawRules(
  pen: Pen,
  rules: NonNullable<StripsBlock['rules']>,
  top: number,
  end: number,
  frame: Frame,
) {
  pen.font = font(textSize.label);
  pen.textBaseline = 'middle';
  let free = Number.NEGATIVE_INFINITY;
  for (const { value, name, colour } of [...rules].sort((a, b) => a.value - b.value)) {
    const x = frame.toX(value);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.2;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    pen.moveTo(x, top + rulesRoom - 2);
    pen.lineTo(x, end);
    pen.stroke();
    pen.setLineDash([]);
    const half = textWidth(name, textSize.label) / 2;
    const at = Math.max(x, free + half + 8);
    pen.textAlign = 'center';
    pen.fillStyle = colour;
    pen.fillText(name, at, top + rulesRoom / 2 - 2);
    free = at + half;
  }
}

function rangeOf({ rows, rules = [] }: StripsBlock): Range {
  const values = rows.flatMap(({ strips }) =>
    strips.flatMap((strip) => [...strip.values, strip.middle, ...(strip.interval ?? [])]),
  );
  return roomy(extent([[...values, ...rules.map(({ value }) => value)]]) ?? { low: 0, high: 1 }, 0.03);
}

/** Rows of dots over one scale, each with its name to the left and a note to the right of each strip. */
export function drawStrips(pen: Pen, block: StripsBlock, x: number, y: number, width: number): void {
  const { rows, nameWidth, noteWidth, below, rules = [] } = block;
  const range = rangeOf(block);
  const [from, to] = [x + nameWidth, x + width - noteWidth];
  const frame = {
    ...{ from, to },
    toX: (value: number) => from + ((to - from) * (value - range.low)) / (range.high - range.low),
  };
  const ticks = ticksOf(range, mostTicks);
  const end = y + stripsHeight(block) - axisRoom - titleRoom;
  pen.strokeStyle = ink.grid;
  pen.lineWidth = 1;
  for (const tick of ticks) {
    pen.beginPath();
    pen.moveTo(frame.toX(tick), y + (rules.length > 0 ? rulesRoom : 0));
    pen.lineTo(frame.toX(tick), end);
    pen.stroke();
  }
  drawRules(pen, rules, y, end, frame);
  let top = y + (rules.length > 0 ? rulesRoom : 0);
  for (const row of rows) {
    const height = heightOf(row, nameWidth);
    const middle = top + height / 2;
    const middles = row.strips.map((_, s) => middle + (s - (row.strips.length - 1) / 2) * stripHeight);
    pen.font = font(textSize.label);
    pen.textBaseline = 'middle';
    pen.fillStyle = row.colour;
    pen.textAlign = 'left';
    const lines = linesOf(row, nameWidth);
    lines.forEach((line, i) => {
      pen.fillText(line, x, middle + (i - (lines.length - 1) / 2) * leading);
    });
    row.strips.forEach((strip, s) => {
      drawInterval(pen, strip, row.colour, middles[s]!, frame);
      pen.fillStyle = ink.text;
      pen.font = font(textSize.label);
      pen.textAlign = 'left';
      pen.fillText(strip.note, to + 10, middles[s]!);
    });
    drawDots(pen, row, middles, frame);
    row.strips.forEach((strip, s) => {
      drawMiddle(pen, strip, row.colour, middles[s]!, frame);
    });
    top += height;
  }
  pen.textBaseline = 'middle';
  drawAxis(pen, ticks, { from, to, y: end }, frame.toX);
  pen.font = font(textSize.axis);
  pen.fillStyle = ink.text;
  pen.textAlign = 'center';
  pen.fillText(below, (from + to) / 2, end + axisRoom + titleRoom / 2 - 2);
}
