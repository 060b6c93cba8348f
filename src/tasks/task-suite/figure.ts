import type { BarsBlock } from '../../figure/bars.js';
import { type Figure, rowOf } from '../../figure/figure.js';
import { palette } from '../../figure/theme.js';
import type { TaskFigure, TracedEpisode } from '../task.js';

/** The tasks that were lived, and their scores between chance and ceiling. */
export interface SuiteTrace {
  tasks: string[];
  scores: number[];
}

export const emptySuiteTrace = (): SuiteTrace => ({ tasks: [], scores: [] });

const barsOf = (title: string, lives: readonly TracedEpisode<SuiteTrace>[], colour: string): BarsBlock => ({
  block: 'bars',
  title,
  nameWidth: 200,
  dots: false,
  // The ceiling.
  reaches: [1],
  bars: lives.flatMap(({ heldOut, trace: { tasks, scores } }) =>
    tasks.map((name, i) => ({ name: heldOut ? `${name} (held out)` : name, value: scores[i]!, colour })),
  ),
});

/** Each task's score, before and after evolution. */
export const suiteFigure = {
  name: 'tasks',
  lives: (before, after): Figure => ({
    title: 'One circuit at several tasks',
    subtitle: 'scores between chance (0) and the ceiling (1)',
    width: 640,
    rows: [
      rowOf(barsOf('before evolution', before, palette.grey), 8),
      rowOf(barsOf('after', after, palette.blue), 8),
    ],
    bottom: 12,
  }),
} satisfies TaskFigure<SuiteTrace>;
