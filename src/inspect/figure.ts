import type { ChartConfiguration } from 'chart.js';
import { font, type Pen, renderCanvas, renderChart, textWidth } from './canvas.js';
import { ink, textSize } from './theme.js';

/** One chart of a figure and where it stands in the figure's body, in units of layout. */
export interface Panel {
  configuration: ChartConfiguration | ChartConfiguration<'bar'> | ChartConfiguration<'scatter'>;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Figure {
  title?: string | undefined;
  subtitle?: string | undefined;
  /** Units of layout; the heading comes on top of the body's height. */
  width: number;
  bodyHeight: number;
  panels: readonly Panel[];
  /** Device pixels in a unit of layout; those of all pictures where absent. */
  ratio?: number | undefined;
  /** Draws over the panels; the origin is the body's upper left corner. */
  draw?: (pen: Pen) => void;
}

const margin = 16;

/** Lines of `text` no wider than `width`; a single word that is wider is cut and ends in an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, width, size, weight));
}

/** `text` if it is no wider than `width`, otherwise its beginning and an ellipsis. */
export function fitText(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string {
  if (textWidth(text, size, weight) <= width) return text;
  let kept = text.length;
  while (kept > 1 && textWidth(`${text.slice(0, kept)}…`, size, weight) > width) kept--;
  return `${text.slice(0, kept).trimEnd()}…`;
}

/** Like {@link fitText}, but cut in the middle: the names of runs often differ in their ends alone. */
export function fitName(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string {
  const cut = (kept: number) =>
    `${text.slice(0, Math.ceil(kept / 2)).trimEnd()}…${text.slice(text.length - Math.floor(kept / 2)).trimStart()}`;
  if (textWidth(text, size, weight) <= width) return text;
  let kept = text.length - 1;
  while (kept > 1 && textWidth(cut(kept), size, weight) > width) kept--;
  return cut(kept);
}

/** Title and subtitle over one or several charts, as PNG. */
export function renderFigure(figure: Figure): Promise<Buffer> {
  const { width, bodyHeight } = figure;
  const titleLeading = textSize.title * 1.3;
  const subtitleLeading = textSize.subtitle * 1.35;
  const titleLines = wrapText(figure.title ?? '', width - 2 * margin, textSize.title, 'bold');
  const subtitleLines = wrapText(figure.subtitle ?? '', width - 2 * margin, textSize.subtitle);
  const text = titleLines.length * titleLeading + subtitleLines.length * subtitleLeading;
  const headingHeight = text === 0 ? 0 : Math.ceil(margin + text);

  return renderCanvas(
    { width, height: headingHeight + bodyHeight },
    async (pen, place) => {
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      let y = margin - 2;
      pen.fillStyle = ink.text;
      pen.font = font(textSize.title, 'bold');
      for (const line of titleLines) {
        pen.fillText(line, margin, y);
        y += titleLeading;
      }
      pen.fillStyle = ink.muted;
      pen.font = font(textSize.subtitle);
      for (const line of subtitleLines) {
        pen.fillText(line, margin, y);
        y += subtitleLeading;
      }
      for (const panel of figure.panels) {
        const png = renderChart(panel.configuration as ChartConfiguration, panel);
        await place(png, panel.x, headingHeight + panel.y, panel);
      }
      pen.save();
      pen.translate(0, headingHeight);
      figure.draw?.(pen);
      pen.restore();
    },
    figure.ratio,
  );
}
