import type { ChartConfiguration, Plugin } from 'chart.js';
import { UserError } from '../spec/errors.js';
import type { Pen } from './canvas.js';
import { renderFigure } from './figure.js';
import { box, disc, layoutLegend, type Mark, polygon } from './legend.js';
import { count, ink, linearAxis, palette, textSize } from './theme.js';

/** How much the weights around one cell changed; see `cellChange`. */
export interface ChangedCell {
  name: string;
  /** Role: sensory, inter, motor, muscle; anything else is drawn as "other". */
  group: string;
  outgoing: number;
  incoming: number;
}

const width = 640;
const barHeight = 23;
const markWidth = 20;
const colours = { outgoing: palette.blue, incoming: palette.sky };

/** Each role has a shape besides its colour, so that it is told in grey print too. */
const roles: Record<string, Mark> = {
  sensory: polygon(palette.green, [
    [-6, 5],
    [0, -6],
    [6, 5],
  ]),
  inter: disc(5, palette.purple, palette.purple, 0),
  motor: polygon(palette.vermilion, [
    [0, -6.5],
    [6.5, 0],
    [0, 6.5],
    [-6.5, 0],
  ]),
  muscle: box(9.5, 9.5, palette.black),
};
const other = disc(4.5, 'white', ink.muted, 1.4);

const roleOf = (group: string) => (Object.hasOwn(roles, group) ? group : 'other');
const markOf = (group: string) => roles[roleOf(group)] ?? other;

/** The cells' role marks, in a column before their names. */
function roleMarks(cells: readonly ChangedCell[]): Plugin {
  return {
    id: 'roleMarks',
    afterDraw: (chart) => {
      const pen = chart.ctx as unknown as Pen;
      cells.forEach(({ group }, i) => {
        pen.save();
        markOf(group)(pen, chart.scales.y!.left + markWidth / 2, chart.scales.y!.getPixelForValue(i));
        pen.restore();
      });
    },
  };
}

function bars(cells: readonly ChangedCell[], axisTitle: string): ChartConfiguration<'bar'> {
  return {
    type: 'bar',
    data: {
      labels: cells.map(({ name }) => name),
      datasets: (['outgoing', 'incoming'] as const).map((side) => ({
        data: cells.map((cell) => cell[side]),
        backgroundColor: colours[side],
        barPercentage: 0.92,
        categoryPercentage: 0.85,
      })),
    },
    options: {
      indexAxis: 'y',
      layout: { autoPadding: false, padding: { left: 12, right: 30, top: 6, bottom: 8 } },
      scales: {
        x: linearAxis(axisTitle, { stacked: true, beginAtZero: true }),
        y: {
          stacked: true,
          grid: { display: false },
          border: { color: ink.axis },
          afterFit: (axis) => {
            axis.width += markWidth;
          },
          ticks: { autoSkip: false, color: ink.text, font: { size: textSize.label } },
        },
      },
    },
    plugins: [roleMarks(cells)],
  };
}

/**
 * The cells around which the weights changed most, largest first. `measure` names what `outgoing` and `incoming`
 * hold. Throws UserError on a change that is not finite or is below zero.
 */
export async function cellChangeChart(input: {
  title: string;
  cells: readonly ChangedCell[];
  top?: number;
  unit: string;
  measure?: string;
}): Promise<Buffer> {
  const { title, cells, top = 20, unit, measure = 'summed |weight change|' } = input;
  for (const { name, outgoing, incoming } of cells) {
    if (!(Number.isFinite(outgoing + incoming) && outgoing >= 0 && incoming >= 0)) {
      throw new UserError(
        `Cell "${name}": its weight change must be finite and not below zero, but is ${outgoing} outgoing and ` +
          `${incoming} incoming.`,
      );
    }
  }
  const changed = cells
    .filter(({ outgoing, incoming }) => outgoing + incoming > 0)
    .sort((a, b) => b.outgoing + b.incoming - (a.outgoing + a.incoming));
  const shown = changed.slice(0, top);
  if (shown.length === 0) {
    const subtitle = `no weight changed at any of ${count(cells.length)} cells`;
    return renderFigure({ title, subtitle, width, bodyHeight: 40, panels: [] });
  }
  const present = [...Object.keys(roles), 'other'].filter((role) =>
    shown.some(({ group }) => roleOf(group) === role),
  );
  const sideLegend = layoutLegend(
    [
      { text: 'outgoing weights', mark: box(16, 12, colours.outgoing) },
      { text: 'incoming weights', mark: box(16, 12, colours.incoming) },
    ],
    width - 32,
  );
  const roleLegend = layoutLegend(
    present.map((role) => ({ text: role === 'inter' ? 'interneuron' : role, mark: markOf(role) })),
    width - 32,
  );
  const y = sideLegend.height + roleLegend.height + 10;
  const height = shown.length * barHeight + 74;
  const which = shown.length < changed.length ? `${shown.length} most changed of` : 'all';
  return renderFigure({
    title,
    subtitle: `${which} ${count(changed.length)} changed cells (${count(cells.length)} in all)`,
    width,
    bodyHeight: y + height,
    panels: [{ configuration: bars(shown, `${measure} (${unit})`), x: 0, y, width, height }],
    draw: (pen) => {
      sideLegend.draw(pen, 16, 6);
      roleLegend.draw(pen, 16, 6 + sideLegend.height);
    },
  });
}
