import type { GlimpseBlock } from '../figure/glimpse.js';
import { extent, roomy } from '../figure/range.js';
import { decadeOf, figures, ink, palette, textSize } from '../figure/theme.js';
import { font, type Pen, textWidth } from './canvas.js';
import { drawMarks, drawTrace, type Pane } from './pane.js';
import { fitText } from './text.js';

const parts = { caption: 22, spikes: 9, values: 92, gap: 5, input: 22, foot: 22 } as const;

export const glimpseHeight =
  parts.caption + parts.spikes + parts.values + parts.gap + parts.input + parts.foot;

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

function drawCaption(pen: Pen, title: string, x: number, y: number, width: number): void {
  const size = textWidth(title, textSize.label, 'bold') <= width ? textSize.label : textSize.label - 2.5;
  pen.save();
  pen.fillStyle = ink.text;
  pen.font = font(size, 'bold');
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillText(fitText(title, width, size, 'bold'), x, y);
  pen.restore();
}

/** A response in little, its upper left corner at (x, y). */
export function drawGlimpse(pen: Pen, block: GlimpseBlock, x: number, y: number): void {
  const { width, title, timesMs, values, spikesMs, input, note } = block;
  const top = y + parts.caption + parts.spikes;
  const pane: Pane = {
    ...{ x, y: top, width, height: parts.values },
    across: { low: 0, high: timesMs.at(-1)! },
    up: roomy(extent([values]) ?? { low: -1, high: 1 }),
  };
  drawCaption(pen, title, x, y, width);
  drawMarks(pen, pane, spikesMs, palette.vermilion, { height: 5, gap: 1, lineWidth: 1.2 });
  drawTrace(pen, pane, timesMs, values, palette.blue, 1.2);
  const under = top + parts.values + parts.gap;
  if (input) {
    const up = roomy(extent([input]) ?? { low: 0, high: 1 });
    drawTrace(pen, { ...pane, y: under, height: parts.input, up }, timesMs, input, palette.black, 1.2);
  }
  const foot = under + parts.input + 12;
  const bar = drawTimeBar(pen, pane, foot);
  if (note === undefined) return;
  pen.save();
  pen.fillStyle = ink.muted;
  pen.font = font(textSize.label - 2);
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(fitText(note, bar - x - 8, textSize.label - 2), x, foot);
  pen.restore();
}
