import { type Arm, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { disc } from '../../figure/marks.js';
import { faded, ink, palette } from '../../figure/theme.js';
import type { TaskFigure, TracedEpisode } from '../task.js';
import type { GridTrace } from './trace.js';
import { gridOf } from './world.js';

/** Steps over which a share is taken. */
const smoothing = 20;
const mapSize = 300;

/** Sums of the values up to each. */
function sumsOf(values: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => {
    sum += value;
    return sum;
  });
}

function curves(title: string, subtitle: string, arms: readonly Arm<GridTrace>[]): Figure {
  const panel = panelOver(arms);
  const totals = arms.flatMap(({ traces }) => traces.map(({ found }) => sumsOf(found).at(-1) ?? 0));
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel('rewards until then', 170, Math.max(1, ...totals), ({ found }) => sumsOf(found)),
      panel(`steps into a wall (share of the last ${smoothing})`, 90, 1, ({ bumped }) =>
        runningMean(bumped, smoothing),
      ),
    ],
    marks: [],
    below: 'step',
  });
}

/** The maze from above: walls, the reward in green, and cells the darker the more often the agent was there. */
function visits({ score, trace }: TracedEpisode<GridTrace>, name: string): MapBlock {
  const { size, isWall } = gridOf(trace.size);
  const times = new Map<number, number>();
  for (const cell of trace.cell) times.set(cell, (times.get(cell) ?? 0) + 1);
  const most = Math.max(1, ...times.values());
  const square = (cell: number, fill: string): MapShape => ({
    ...{ shape: 'rectangle', x: cell % size, y: Math.floor(cell / size), width: 1, height: 1 },
    fill,
  });
  return {
    block: 'map',
    width: mapSize,
    height: mapSize,
    across: { low: 0, high: size },
    up: { low: size, high: 0 },
    room: { left: 12, right: 12 },
    caption: { title: name, subtitle: `score ${score.toFixed(0)}` },
    shapes: [
      ...isWall.flatMap((wall, cell) => (wall ? [square(cell, ink.axis)] : [])),
      ...[...times].map(([cell, count]) => square(cell, faded(palette.blue, (0.8 * count) / most))),
      {
        ...{
          shape: 'circle',
          x: (trace.goal % size) + 0.5,
          y: Math.floor(trace.goal / size) + 0.5,
          radius: 0.35,
        },
        fill: palette.green,
      },
    ],
  };
}

const entries = [
  { text: 'the hidden reward', mark: disc(5, palette.green) },
  { text: 'a cell that was visited', mark: disc(5, faded(palette.blue, 0.6)) },
];

/** Rewards step by step, and where the agent was. */
export const gridFigure = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      'Grid maze',
      `score ${before[0]!.score.toFixed(0)} before evolution, ${after[0]!.score.toFixed(0)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  closer: {
    name: 'visits',
    life: (title, life, before) => ({
      title,
      subtitle: 'where the agent was: the darker, the more often',
      width: 2 * (mapSize + 40),
      rows: [
        {
          above: 0,
          blocks: before
            ? [visits(before, 'before evolution'), visits(life, 'after')]
            : [visits(life, 'one life')],
        },
        rowOf({ block: 'legend', entries }, 4),
      ],
      bottom: 12,
    }),
  },
  arms: (title: string, arms: readonly Arm<GridTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<GridTrace>;
