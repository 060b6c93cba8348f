import { UserError } from '../spec/errors.js';
import { arena } from '../tasks/worm/arena.js';
import type { WormTrace } from '../tasks/worm/trace.js';
import { arenaChart, arenaFrame, arenaLegend } from './arena-chart.js';
import { font, type Pen } from './canvas.js';
import { fitText, type Panel, renderFigure } from './figure.js';
import { layoutLegend } from './legend.js';
import { ink, textSize } from './theme.js';

/** One episode: for example the start or the champion in one scenario. */
export interface PathPanel {
  title: string;
  /** For example score and food eaten. */
  subtitle: string;
  trace: WormTrace;
}

const captionHeight = 46;
const gap = arenaFrame.left + arenaFrame.right;

function checkTrace({ title, trace }: PathPanel): void {
  const { x, y, food } = trace;
  if (x.length === 0 || x.length !== y.length) {
    throw new UserError(
      `Panel "${title}": a path needs as many x as y positions, and at least one; there are ${x.length} and ` +
        `${y.length}. Record the episode with a trace.`,
    );
  }
  for (const [name, values] of Object.entries({ x, y, 'food.x': food.x, 'food.y': food.y })) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new UserError(`Panel "${title}": ${name}[${at}] is ${values[at]}, not a position.`);
  }
}

function drawCaption(pen: Pen, { title, subtitle }: PathPanel, x: number, bottom: number, width: number) {
  pen.textAlign = 'left';
  pen.textBaseline = 'bottom';
  pen.fillStyle = ink.text;
  pen.font = font(textSize.axis, 'bold');
  pen.fillText(fitText(title, width, textSize.axis, 'bold'), x, bottom - 20);
  pen.fillStyle = ink.muted;
  pen.font = font(textSize.label);
  pen.fillText(fitText(subtitle, width, textSize.label), x, bottom - 1);
}

/**
 * The worm's paths over their food, row by row in `columns` columns, all at one scale. Throws UserError where there
 * is no panel, or a path has no positions or some that are not numbers.
 */
export async function pathChart(input: {
  title?: string;
  panels: readonly PathPanel[];
  columns: number;
}): Promise<Buffer> {
  const { title, panels } = input;
  if (panels.length === 0) throw new UserError('There is no path to draw: give at least one panel.');
  panels.forEach(checkTrace);
  const columns = Math.max(1, Math.min(Math.floor(input.columns), panels.length));
  const arenaWidth = columns === 1 ? 540 : columns === 2 ? 430 : 340;
  const arenaHeight = (arenaWidth * arena.height) / arena.width;
  const lastStep = Math.max(1, ...panels.map(({ trace }) => trace.x.length - 1));

  const lefts = Array.from(
    { length: columns },
    (_, column) => arenaFrame.yAxis + column * (arenaWidth + gap),
  );
  const tops = [0];
  const charts: Panel[] = panels.map(({ trace }, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    // Axes stand at the outer edge only: also over a place in the last row that is empty.
    const axes = { y: column === 0, x: i + columns >= panels.length };
    const before = axes.y ? arenaFrame.yAxis : arenaFrame.left;
    const height = arenaFrame.top + arenaHeight + (axes.x ? arenaFrame.xAxis : arenaFrame.bottom);
    const y = tops[row]! + captionHeight;
    tops[row + 1] = Math.max(tops[row + 1] ?? 0, y + height);
    return {
      configuration: arenaChart(trace, lastStep, axes),
      x: lefts[column]! - before,
      y,
      width: before + arenaWidth + arenaFrame.right,
      height,
    };
  });
  const width = arenaFrame.yAxis + columns * (arenaWidth + gap) - arenaFrame.left;
  const legend = layoutLegend(arenaLegend(lastStep), width - 32);
  const legendTop = tops.at(-1)! + 4;

  return renderFigure({
    title,
    width,
    bodyHeight: legendTop + legend.height + 12,
    panels: charts,
    draw: (pen) => {
      panels.forEach((panel, i) => {
        const bottom = tops[Math.floor(i / columns)]! + captionHeight;
        drawCaption(pen, panel, lefts[i % columns]!, bottom, arenaWidth);
      });
      legend.draw(pen, 16, legendTop);
    },
  });
}
