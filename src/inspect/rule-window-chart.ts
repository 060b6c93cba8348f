import type { Pen } from './canvas.js';
import { renderFigure } from './figure.js';
import { type LegendEntry, layoutLegend, stroke } from './legend.js';
import { drawAxes, drawRules, drawTrace, extent, type Pane, roomy } from './pane.js';
import type { RuleWindow } from './rule-window.js';
import { ink, seriesColours } from './theme.js';

const width = 560;
const left = 16;
const plot = { x: 72, width: width - 72 - 24, height: 210 };
const titleRoom = 34;
const axisRoom = 50;

/** Change of a weight by how far apart its two cells' spikes are: a line for each circumstance. */
export function ruleWindowChart(
  title: string,
  subtitle: string,
  { lagMs, curves }: RuleWindow,
  ratio?: number,
): Promise<Buffer> {
  const colourOf = (of: number) => seriesColours[of % seriesColours.length]!;
  const entries = curves
    .map(({ name: text }, of): LegendEntry => ({ text, mark: stroke(colourOf(of), 22, 2.2), markWidth: 22 }))
    .filter(({ text }) => text !== '');
  const legend = layoutLegend(entries, width - 2 * left);
  const top = (entries.length > 0 ? legend.height : 0) + 8 + titleRoom;
  const zero = Float64Array.of(0, 0);
  const pane: Pane = {
    ...plot,
    y: top,
    across: { low: lagMs[0]!, high: lagMs.at(-1)! },
    up: roomy(extent([...curves.map(({ change }) => change), zero])!),
  };
  const draw = (pen: Pen) => {
    if (entries.length > 0) legend.draw(pen, left, 4);
    const titles = { title: 'change of weight', below: 'postsynaptic less presynaptic time, ms' };
    drawAxes(pen, pane, { ...titles, ticksUp: 6, ticksAcross: 7 }, left);
    drawTrace(pen, pane, [pane.across.low, pane.across.high], zero, ink.axis, 1);
    drawRules(pen, pane, [0], ink.muted);
    curves.forEach(({ change }, of) => {
      drawTrace(pen, pane, lagMs, change, colourOf(of), 2);
    });
  };
  return renderFigure({
    title,
    subtitle,
    width,
    bodyHeight: top + plot.height + axisRoom,
    panels: [],
    ratio,
    draw,
  });
}
