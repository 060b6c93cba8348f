import type { LegendEntry, Mark } from '../figure/marks.js';
import { ink, textSize, timeColour } from '../figure/theme.js';
import { font, type Pen, textWidth } from './canvas.js';
import { fitName } from './text.js';

export interface Legend {
  height: number;
  draw: (pen: Pen, x: number, y: number) => void;
}

/** Room that a mark takes in a legend: at least that of a small sign. */
function markWidth(mark: Mark): number {
  const least = 16;
  switch (mark.mark) {
    case 'line':
      return mark.length;
    case 'time':
      return mark.width;
    case 'disc':
      return Math.max(least, 2 * mark.radius);
    case 'polygon':
      return Math.max(least, ...mark.points.map(([x]) => 2 * Math.abs(x)));
    case 'stack':
      return Math.max(...mark.marks.map(markWidth));
  }
}

/** Draws a mark centred at (x, y). */
export function drawMark(pen: Pen, mark: Mark, x: number, y: number): void {
  pen.save();
  switch (mark.mark) {
    case 'disc':
      pen.beginPath();
      pen.arc(x, y, mark.radius, 0, 2 * Math.PI);
      pen.fillStyle = mark.fill;
      pen.fill();
      if (!mark.edge) break;
      pen.strokeStyle = mark.edge.colour;
      pen.lineWidth = mark.edge.width;
      pen.stroke();
      break;
    case 'polygon':
      pen.beginPath();
      for (const [dx, dy] of mark.points) pen.lineTo(x + dx, y + dy);
      pen.closePath();
      pen.fillStyle = mark.fill;
      pen.fill();
      break;
    case 'line':
      pen.beginPath();
      pen.moveTo(x - mark.length / 2, y);
      pen.lineTo(x + mark.length / 2, y);
      pen.strokeStyle = mark.colour;
      pen.lineWidth = mark.lineWidth;
      pen.setLineDash([...(mark.dash ?? [])]);
      pen.stroke();
      break;
    case 'time':
      for (let i = 0; i < mark.width; i++) {
        pen.fillStyle = timeColour(i / (mark.width - 1));
        pen.fillRect(x - mark.width / 2 + i, y - 5, 1.5, 10);
      }
      break;
    case 'stack':
      for (const each of mark.marks) drawMark(pen, each, x, y);
      break;
  }
  pen.restore();
}

const lineHeight = 24;
const gap = 22;

/** A legend that runs on in lines no wider than `width`. */
export function layoutLegend(entries: readonly LegendEntry[], width: number): Legend {
  let x = 0;
  let line = 0;
  const placed = entries.map(({ widest, ...whole }) => {
    const entry =
      widest === undefined ? whole : { ...whole, text: fitName(whole.text, widest, textSize.label) };
    const signWidth = markWidth(entry.mark);
    const beforeWidth = entry.before === undefined ? 0 : textWidth(entry.before, textSize.label) + 6;
    const long = beforeWidth + signWidth + 6 + textWidth(entry.text, textSize.label);
    if (x > 0 && x + long > width) {
      x = 0;
      line += 1;
    }
    const at = { ...entry, beforeWidth, signWidth, x, line };
    x += long + gap;
    return at;
  });
  return {
    height: (line + 1) * lineHeight,
    draw: (pen, left, top) => {
      for (const entry of placed) {
        const start = left + entry.x + entry.beforeWidth;
        const middle = top + (entry.line + 0.5) * lineHeight;
        drawMark(pen, entry.mark, start + entry.signWidth / 2, middle);
        pen.font = font(textSize.label);
        pen.textAlign = 'left';
        pen.textBaseline = 'middle';
        pen.fillStyle = ink.text;
        if (entry.before !== undefined) pen.fillText(entry.before, left + entry.x, middle);
        pen.fillText(entry.text, start + entry.signWidth + 6, middle);
      }
    },
  };
}
