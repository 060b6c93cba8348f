import { panelOver, roundAbove, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import { windowTrips } from './measures.js';
import type { MazeTrace } from './trace.js';

const share = (are: readonly boolean[]) =>
  runningMean(
    are.map((is) => (is ? 1 : 0)),
    windowTrips,
  );

/** Learning curves trip by trip, with what the modulatory cells released. */
export const figureOfMaze = curvesOfLives<MazeTrace>({
  name: 'learning',
  title: (scenario) => `Maze: ${scenario}`,
  score: { word: 'score', text: ({ score }) => score.toFixed(1) },
  panels: (arms) => {
    const panel = panelOver(arms);
    const tops = arms.flatMap(({ traces }) => traces.flatMap(({ noradrenaline }) => noradrenaline));
    return [
      panel(`trips to the large reward (share of the last ${windowTrips})`, 170, 1, ({ end, large }) =>
        share(end.map((reached, trip) => reached === large[trip])),
      ),
      panel(`trips that end at a wall (share of the last ${windowTrips})`, 90, 1, ({ end }) =>
        share(end.map((reached) => reached < 0)),
      ),
      panel(
        'noradrenaline at the reward (concentration, dimensionless)',
        80,
        roundAbove(tops),
        ({ noradrenaline }) => noradrenaline,
      ),
    ];
  },
  marks: { of: ({ moves }) => moves, about: 'the large reward is moved' },
  below: 'trip',
});
