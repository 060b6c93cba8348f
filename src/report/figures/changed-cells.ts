import type { ChartBlock } from '../../figure/chart.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import { box, diamond, disc, type Mark, polygon } from '../../figure/marks.js';
import { count, ink, palette } from '../../figure/theme.js';
import { UserError } from '../../spec/errors.js';

/** How much the weights around one cell changed; see `cellChange`. */
export interface ChangedCell {
  name: string;
  /** Role: sensory, inter, motor, muscle; anything else is drawn as "other". */
  group: string;
  outgoing: number;
  incoming: number;
}

const colours = { outgoing: palette.blue, incoming: palette.sky };

/** Each role has a shape besides its colour, so that it is told in grey print too. */
const roles: Record<string, Mark> = {
  sensory: polygon(palette.green, [
    [-6, 5],
    [0, -6],
    [6, 5],
  ]),
  inter: disc(5, palette.purple),
  motor: diamond(6.5, palette.vermilion),
  muscle: box(9.5, 9.5, palette.black),
};
const other = disc(4.5, 'white', ink.muted, 1.4);

const roleOf = (group: string) => (Object.hasOwn(roles, group) ? group : 'other');
const markOf = (group: string) => roles[roleOf(group)] ?? other;

const bars = (cells: readonly ChangedCell[], title: string): ChartBlock => ({
  block: 'chart',
  height: cells.length * 23 + 74,
  room: { left: 12, right: 30, above: 6, below: 8 },
  x: { axis: 'linear', title, fromZero: true },
  y: {
    axis: 'categories',
    names: cells.map(({ name }) => name),
    marks: cells.map(({ group }) => markOf(group)),
  },
  series: (['outgoing', 'incoming'] as const).map((side) => ({
    series: 'bars',
    values: cells.map((cell) => cell[side]),
    colour: colours[side],
    stacked: true,
    fullness: 0.92,
  })),
});

function check(cells: readonly ChangedCell[]): void {
  for (const { name, outgoing, incoming } of cells) {
    if (Number.isFinite(outgoing + incoming) && outgoing >= 0 && incoming >= 0) continue;
    throw new UserError(
      `Cell "${name}": its weight change must be finite and not below zero, but is ${outgoing} outgoing and ` +
        `${incoming} incoming.`,
    );
  }
}

/**
 * The cells around which the weights changed most, largest first. `measure` names what `outgoing` and `incoming`
 * hold. Throws UserError on a change that is not finite or is below zero.
 */
export function changedCellsFigure(input: {
  title: string;
  cells: readonly ChangedCell[];
  top?: number;
  unit: string;
  measure?: string;
}): Figure {
  const { title, cells, top = 20, unit, measure = 'summed |weight change|' } = input;
  check(cells);
  const changed = cells
    .filter(({ outgoing, incoming }) => outgoing + incoming > 0)
    .sort((a, b) => b.outgoing + b.incoming - (a.outgoing + a.incoming));
  const shown = changed.slice(0, top);
  const width = 640;
  if (shown.length === 0) {
    const subtitle = `no weight changed at any of ${count(cells.length)} cells`;
    return { title, subtitle, width, rows: [], bottom: 40 };
  }
  const present = [...Object.keys(roles), 'other'].filter((role) =>
    shown.some(({ group }) => roleOf(group) === role),
  );
  const sides = [
    { text: 'outgoing weights', mark: box(16, 12, colours.outgoing) },
    { text: 'incoming weights', mark: box(16, 12, colours.incoming) },
  ];
  const shapes = present.map((role) => ({
    text: role === 'inter' ? 'interneuron' : role,
    mark: markOf(role),
  }));
  const which = shown.length < changed.length ? `${shown.length} most changed of` : 'all';
  return {
    title,
    subtitle: `${which} ${count(changed.length)} changed cells (${count(cells.length)} in all)`,
    width,
    rows: [
      rowOf({ block: 'legend', entries: sides }, 6),
      rowOf({ block: 'legend', entries: shapes }),
      { above: 4, left: 0, blocks: [bars(shown, `${measure} (${unit})`)] },
    ],
  };
}
