import { type Arm, type CurvePanel, panelOver } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import type { StreamTrace } from './stream-trace.js';

/** What each task came to at the end. */
const atEnd = ({ after, before }: StreamTrace) => after.slice(-before.length);

/** What each task came to when it had just been taught. */
const whenTaught = ({ after, before }: StreamTrace) =>
  before.map((_, task) => after[task * before.length + task]!);

const panelsOf = (arms: readonly Arm<StreamTrace>[]): CurvePanel[] => {
  const panel = panelOver(arms);
  return [
    panel('accuracy of the tasks met so far (mean), by check', 130, 1, ({ met }) => met),
    panel('accuracy of the first task, by check', 90, 1, ({ first }) => first),
    panel('accuracy of each task when it has just been taught', 90, 1, whenTaught),
    panel('accuracy of each task at the end', 90, 1, atEnd),
  ];
};

/** What is kept of a stream of tasks. */
export const streamFigure = curvesOfLives<StreamTrace>({
  name: 'stream',
  title: (scenario) => `One task after the other: ${scenario}`,
  score: { word: 'accuracy over all tasks at the end', text: ({ score }) => score.toFixed(3) },
  panels: panelsOf,
  below: 'task',
});
