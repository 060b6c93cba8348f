import type { BarsBlock, CellsBlock, NamedBar, SharesBlock } from '../figure/bars.js';
import { count, figures, ink, textSize } from '../figure/theme.js';
import { font, type Pen, textWidth } from './canvas.js';
import { ticksOf } from './pane.js';
import { fitText, wrapText } from './text.js';

const rowHeight = 25;
const heading = 44;
const valueRoom = 74;

/** Room for the ticks below the bars. */
export const axisRoom = 26;
const leading = 17;
const tickSize = 13;
const mostTicks = 6;

/** A name in full, on as many lines as it takes. */
const linesOf = ({ name }: NamedBar, nameWidth: number) => wrapText(name, nameWidth - 14, textSize.label);

const heightOf = (bar: NamedBar, nameWidth: number) =>
  rowHeight + (linesOf(bar, nameWidth).length - 1) * leading;

export const barsHeight = ({ bars, nameWidth }: BarsBlock) =>
  heading + bars.reduce((sum, bar) => sum + heightOf(bar, nameWidth), 0) + axisRoom;

function drawHeading(pen: Pen, title: string, x: number, y: number): void {
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = ink.text;
  pen.font = font(textSize.axis, 'bold');
  pen.fillText(title, x, y + heading / 2);
}

function drawBar(
  pen: Pen,
  { value, ends, colour }: NamedBar,
  dots: boolean,
  y: number,
  toX: (value: number) => number,
) {
  pen.fillStyle = colour;
  if (dots) {
    pen.beginPath();
    pen.arc(toX(value), y, 5, 0, 2 * Math.PI);
    pen.fill();
  } else pen.fillRect(Math.min(toX(0), toX(value)), y - 8, Math.abs(toX(value) - toX(0)), 16);
  if (!ends) return;
  pen.strokeStyle = dots ? colour : ink.axis;
  pen.lineWidth = dots ? 2.4 : 1.6;
  pen.beginPath();
  pen.moveTo(toX(ends[0]), y);
  pen.lineTo(toX(ends[1]), y);
  pen.stroke();
}

/** A name on its lines, about the middle of its row. */
function drawName(pen: Pen, lines: readonly string[], x: number, middle: number): void {
  pen.font = font(textSize.label);
  pen.fillStyle = ink.text;
  pen.textAlign = 'left';
  lines.forEach((line, i) => {
    pen.fillText(line, x, middle + (i - (lines.length - 1) / 2) * leading);
  });
}

/** Bars or dots from 0, each with a name to the left and its value to the right. */
export function drawBars(
  pen: Pen,
  { title, nameWidth, dots, reaches = [], bars }: BarsBlock,
  x: number,
  y: number,
  width: number,
): void {
  const values = [...reaches, ...bars.flatMap(({ value, ends }) => [value, ...(ends ?? [])])];
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const from = x + nameWidth;
  const room = width - nameWidth - valueRoom;
  const toX = (value: number) => from + (room * (value - low)) / (high - low || 1);
  drawHeading(pen, title, x, y);
  let top = y + heading;
  for (const bar of bars) {
    const height = heightOf(bar, nameWidth);
    const middle = top + height / 2;
    drawName(pen, linesOf(bar, nameWidth), x, middle);
    pen.textAlign = 'right';
    const drawn = Number.isFinite(bar.value);
    pen.fillText(drawn ? figures(bar.value) : 'broke down', x + width + 8, middle);
    if (drawn) drawBar(pen, bar, dots, middle, toX);
    top += height;
  }
  const ticks = high > low ? ticksOf({ low, high }, mostTicks) : [0];
  drawAxis(pen, ticks, { from, to: from + room, y: top }, toX);
  pen.beginPath();
  pen.moveTo(toX(0), y + heading);
  pen.lineTo(toX(0), top);
  pen.stroke();
}

/** A line below the bars with ticks and what they stand for. */
export function drawAxis(
  pen: Pen,
  ticks: readonly number[],
  { from, to, y }: { from: number; to: number; y: number },
  toX: (value: number) => number,
): void {
  pen.strokeStyle = ink.axis;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(from, y);
  pen.lineTo(to, y);
  for (const tick of ticks) {
    pen.moveTo(toX(tick), y);
    pen.lineTo(toX(tick), y + 5);
  }
  pen.stroke();
  pen.font = font(tickSize);
  pen.fillStyle = ink.muted;
  pen.textAlign = 'center';
  for (const tick of ticks) pen.fillText(figures(tick), toX(tick), y + 15);
}

const shareHeight = 34;

export const sharesHeight = ({ rows }: SharesBlock) => rows.length * shareHeight;

/** Bars of one length, parted by share, with what each part counts written on it where there is room. */
export function drawShares(pen: Pen, { rows }: SharesBlock, left: number, top: number, width: number): void {
  const [names, notes] = [190, 110];
  const room = width - names - notes;
  pen.textBaseline = 'middle';
  rows.forEach(({ name, parts, note }, i) => {
    const y = top + i * shareHeight;
    const middle = y + shareHeight / 2 - 3;
    pen.font = font(textSize.label);
    pen.fillStyle = ink.text;
    pen.textAlign = 'right';
    pen.fillText(name, left + names - 10, middle);
    const all = parts.reduce((sum, { value }) => sum + value, 0);
    let x = left + names;
    for (const { value, colour, ink: writing } of parts) {
      const long = all === 0 ? 0 : (room * value) / all;
      pen.fillStyle = colour;
      pen.fillRect(x, y, long, shareHeight - 6);
      const text = count(value);
      if (textWidth(text, textSize.label) + 6 < long) {
        pen.fillStyle = writing;
        pen.textAlign = 'center';
        pen.fillText(text, x + long / 2, middle);
      }
      x += long;
    }
    pen.fillStyle = ink.muted;
    pen.textAlign = 'left';
    pen.fillText(note, left + width - notes + 10, middle);
  });
}

const cellSize = { width: 120, height: 28 } as const;

const cellRowHeight = (name: string, nameWidth: number) =>
  cellSize.height + (wrapText(name, nameWidth - 14, textSize.label).length - 1) * leading;

export const cellsHeight = ({ rows, nameWidth }: CellsBlock) =>
  heading + rowHeight + rows.reduce((sum, { name }) => sum + cellRowHeight(name, nameWidth), 0);

/** A table of coloured cells under the names of its columns. */
export function drawCells(
  pen: Pen,
  { title, nameWidth, columns, rows }: CellsBlock,
  x: number,
  y: number,
  width: number,
): void {
  drawHeading(pen, title, x, y);
  pen.font = font(textSize.label);
  const from = x + nameWidth;
  const room = Math.min(cellSize.width, (width - nameWidth) / Math.max(1, columns.length));
  columns.forEach((name, k) => {
    pen.textAlign = 'center';
    pen.fillText(
      fitText(name, room - 6, textSize.label),
      from + (k + 0.5) * room,
      y + heading + 0.5 * rowHeight,
    );
  });
  let top = y + heading + rowHeight;
  for (const { name, cells } of rows) {
    const height = cellRowHeight(name, nameWidth);
    const middle = top + height / 2;
    drawName(pen, wrapText(name, nameWidth - 14, textSize.label), x, middle);
    cells.forEach(({ text, fill, ink: writing }, k) => {
      const left = from + k * room;
      pen.fillStyle = fill;
      pen.fillRect(left + 1, top + 1, room - 2, height - 2);
      pen.textAlign = 'center';
      pen.fillStyle = writing;
      pen.fillText(fitText(text, room - 6, textSize.label), left + room / 2, middle);
    });
    top += height;
  }
}
