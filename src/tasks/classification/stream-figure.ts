import { type Arm, type CurvePanel, curvesFigure, panelOver } from '../../figure/curves.js';
import type { Figure } from '../../figure/figure.js';
import type { TaskFigure } from '../task.js';
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

const curves = (title: string, subtitle: string, arms: readonly Arm<StreamTrace>[]): Figure =>
  curvesFigure({
    title,
    subtitle,
    names: arms.map(({ name }) => name),
    panels: panelsOf(arms),
    marks: [],
    below: 'task',
  });

/** What is kept of a stream of tasks. */
export const streamFigure = {
  name: 'stream',
  lives: (before, after) =>
    curves(
      `One task after the other: ${after[0]!.scenario}`,
      `accuracy over all tasks at the end ${before[0]!.score.toFixed(3)} before evolution, ${after[0]!.score.toFixed(3)} after`,
      [
        { name: 'before evolution', traces: [before[0]!.trace] },
        { name: 'after', traces: [after[0]!.trace] },
      ],
    ),
  arms: (title: string, arms: readonly Arm<StreamTrace>[]) =>
    curves(title, `mean of ${arms[0]!.traces.length} lives, shaded: ± SD`, arms),
} satisfies TaskFigure<StreamTrace>;
