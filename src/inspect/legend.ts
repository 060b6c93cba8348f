import { font, type Pen, textWidth } from './canvas.js';
import { ink, textSize } from './theme.js';

/** Draws a small sign centred at (x, y). */
export type Mark = (pen: Pen, x: number, y: number) => void;

export interface LegendEntry {
  /** Stands before the mark, where the mark is a scale from one thing to another. */
  before?: string;
  text: string;
  mark: Mark;
  /** Width of the mark, in units of layout. */
  markWidth?: number;
}

export interface Legend {
  height: number;
  draw: (pen: Pen, x: number, y: number) => void;
}

const lineHeight = 24;
const gap = 22;

/** A legend that runs on in lines no wider than `width`. */
export function layoutLegend(entries: readonly LegendEntry[], width: number): Legend {
  let x = 0;
  let line = 0;
  const placed = entries.map((entry) => {
    const markWidth = entry.markWidth ?? 16;
    const beforeWidth = entry.before === undefined ? 0 : textWidth(entry.before, textSize.label) + 6;
    const whole = beforeWidth + markWidth + 6 + textWidth(entry.text, textSize.label);
    if (x > 0 && x + whole > width) {
      x = 0;
      line += 1;
    }
    const at = { ...entry, beforeWidth, markWidth, x, line };
    x += whole + gap;
    return at;
  });
  return {
    height: (line + 1) * lineHeight,
    draw: (pen, left, top) => {
      for (const entry of placed) {
        const start = left + entry.x + entry.beforeWidth;
        const middle = top + (entry.line + 0.5) * lineHeight;
        pen.save();
        entry.mark(pen, start + entry.markWidth / 2, middle);
        pen.restore();
        pen.font = font(textSize.label);
        pen.textAlign = 'left';
        pen.textBaseline = 'middle';
        pen.fillStyle = ink.text;
        if (entry.before !== undefined) pen.fillText(entry.before, left + entry.x, middle);
        pen.fillText(entry.text, start + entry.markWidth + 6, middle);
      }
    },
  };
}

/** A filled polygon through points about the centre. */
export function polygon(colour: string, points: readonly (readonly [number, number])[]): Mark {
  return (pen, x, y) => {
    pen.beginPath();
    for (const [dx, dy] of points) pen.lineTo(x + dx, y + dy);
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
  };
}

export function disc(radius: number, fill: string, edge: string, edgeWidth = 1.2): Mark {
  return (pen, x, y) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = edge;
    pen.lineWidth = edgeWidth;
    pen.stroke();
  };
}

export function box(width: number, height: number, fill: string): Mark {
  return polygon(fill, [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ]);
}

/** A piece of a line, `width` long. */
export function stroke(colour: string, width: number, lineWidth: number, dash: number[] = []): Mark {
  return (pen, x, y) => {
    pen.beginPath();
    pen.moveTo(x - width / 2, y);
    pen.lineTo(x + width / 2, y);
    pen.strokeStyle = colour;
    pen.lineWidth = lineWidth;
    pen.setLineDash(dash);
    pen.stroke();
  };
}
