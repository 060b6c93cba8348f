import type { WormTrace } from '../tasks/worm/trace.js';
import { type PathPanel, pathFigure } from './path-figure.js';
import type { Replayed } from './relive.js';

function panel(when: string, { scenario, heldOut, score, measures, trace }: Replayed<WormTrace>) {
  return {
    title: `${when}: ${scenario}${heldOut ? ' (held out)' : ''}`,
    subtitle: `score ${score.toFixed(1)}, ${measures.foodEaten} of ${trace.food.x.length} food items eaten`,
    trace,
  } satisfies PathPanel;
}

/** The worm's paths over their food. */
export const foragingPicture = {
  name: 'paths',
  draw: (before: readonly Replayed<WormTrace>[], after: readonly Replayed<WormTrace>[]) =>
    pathFigure({
      panels: after.flatMap((episode, i) => [
        panel('Before evolution', before[i]!),
        panel('After evolution', episode),
      ]),
      columns: 2,
    }),
};
