import { type Arm, curvesFigure, panelOver, runningMean } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
import { windowTrips } from './measures.js';
import type { MazeTrace } from './trace.js';

const share = (are: readonly boolean[]) =>
  runningMean(
    are.map((is) => (is ? 1 : 0)),
    windowTrips,
  );

function curves(title: string, subtitle: string, arms: readonly Arm<MazeTrace>[]): Figure {
  const panel = panelOver(arms);
  const tops = arms.flatMap(({ traces }) => traces.flatMap(({ noradrenaline }) => noradrenaline));
  const moves = arms[0]?.traces[0]?.moves ?? [];
  return curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: [
      panel(`trips to the large reward (share of the last ${windowTrips})`, 170, 1, ({ end, large }) =>
        share(end.map((reached, trip) => reached === large[trip])),
      ),
      panel(`trips that end at a wall (share of the last ${windowTrips})`, 90, 1, ({ end }) =>
        share(end.map((reached) => reached < 0)),
      ),
      panel(
        'noradrenaline at the reward (concentration, dimensionless)',
        80,
        Math.max(1, ...tops),
        ({ noradrenaline }) => noradrenaline,
      ),
    ],
    marks: moves,
    below: 'trip',
  });
}

/** Learning curves trip by trip, with what the modulatory cells released. */
export const figureOfMaze = {
  name: 'learning',
  lives: (before, after) =>
    curves(
      `Maze: ${after[0]!.scenario}`,
      `lines: the large reward is moved; score ${before[0]!.score.toFixed(1)} before evolution, ` +
        `${after[0]!.score.toFixed(1)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<MazeTrace>[]) =>
    curves(
      title,
      `mean of ${arms[0]!.traces.length} lives, shaded: ± SD; lines: the large reward is moved in the first of them`,
      arms,
    ),
} satisfies TaskFigure<MazeTrace>;
