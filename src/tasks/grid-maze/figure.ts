import { panelOver, runningMean } from '../../figure/curves.js';
import { rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { disc } from '../../figure/marks.js';
import { faded, ink, palette } from '../../figure/theme.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
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

const curves = curvesOfLives<GridTrace>({
  name: 'learning',
  title: () => 'Grid maze',
  score: { word: 'score', text: ({ score }) => score.toFixed(0) },
  panels: (arms) => {
    const panel = panelOver(arms);
    const totals = arms.flatMap(({ traces }) => traces.map(({ found }) => sumsOf(found).at(-1) ?? 0));
    return [
      panel('rewards until then', 170, Math.max(1, ...totals), ({ found }) => sumsOf(found)),
      panel(`steps into a wall (share of the last ${smoothing})`, 90, 1, ({ bumped }) =>
        runningMean(bumped, smoothing),
      ),
    ];
  },
  below: 'step',
});

/** Rewards step by step, and where the agent was. */
export const gridFigure = {
  ...curves,
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
} satisfies TaskFigure<GridTrace>;
