import type { TaskFigure, TracedEpisode } from '../task.js';
import { type PathPanel, pathFigure } from '../worm/path-figure.js';
import type { WormTrace } from '../worm/trace.js';

function panel(when: string, { scenario, heldOut, score, measures, trace }: TracedEpisode<WormTrace>) {
  return {
    title: `${when}: ${scenario}${heldOut ? ' (held out)' : ''}`,
    subtitle: `score ${score.toFixed(1)}, ${measures.foodEaten} of ${trace.food.x.length} food items eaten`,
    trace,
  } satisfies PathPanel;
}

/** The worm's paths over their food. */
export const foragingFigure = {
  name: 'paths',
  lives: (before, after) =>
    pathFigure({
      panels: after.flatMap((episode, i) => [
        panel('Before evolution', before[i]!),
        panel('After evolution', episode),
      ]),
      columns: 2,
    }),
} satisfies TaskFigure<WormTrace>;
