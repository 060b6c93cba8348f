import { type Figure, rowOf } from '../../figure/figure.js';
import { UserError } from '../../spec/errors.js';
import { arenaLegend, arenaMap, arenaRoom } from './arena-figure.js';
import type { WormTrace } from './trace.js';

/** One episode: for example the start or the champion in one scenario. */
export interface PathPanel {
  title: string;
  /** For example score and food eaten. */
  subtitle: string;
  trace: WormTrace;
}

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

/**
 * The worm's paths over their food, row by row in `columns` columns, all at one scale. Throws UserError where there
 * is no panel, or a path has no positions or some that are not numbers.
 */
export function pathFigure(input: { title?: string; panels: readonly PathPanel[]; columns: number }): Figure {
  const { title, panels } = input;
  if (panels.length === 0) throw new UserError('There is no path to draw: give at least one panel.');
  panels.forEach(checkTrace);
  const columns = Math.max(1, Math.min(Math.floor(input.columns), panels.length));
  const arenaWidth = columns === 1 ? 540 : columns === 2 ? 430 : 340;
  const lastStep = Math.max(1, ...panels.map(({ trace }) => trace.x.length - 1));
  const gap = arenaRoom.left.plain + arenaRoom.right;
  const maps = panels.map((panel, i) =>
    // Axes stand at the outer edge only: also over a place in the last row that is empty.
    arenaMap(panel, arenaWidth, lastStep, { y: i % columns === 0, x: i + columns >= panels.length }),
  );
  return {
    title,
    width: arenaRoom.left.axis + columns * (arenaWidth + gap) - arenaRoom.left.plain,
    rows: [
      ...Array.from({ length: Math.ceil(maps.length / columns) }, (_, row) => ({
        left: 0,
        blocks: maps.slice(row * columns, (row + 1) * columns),
      })),
      rowOf(
        {
          block: 'legend',
          entries: arenaLegend(
            panels.map(({ trace }) => trace),
            lastStep,
          ),
        },
        4,
      ),
    ],
    bottom: 12,
  };
}
