import { type CurvePanel, curvesFigure, runningMean } from '../../figure/curves.js';
import type { TaskFigure, TracedEpisode } from '../task.js';
import { type PathPanel, pathFigure } from '../worm/path-figure.js';
import type { PatchForagingTrace } from './trace.js';

const eatenIn = (eaten: readonly number[]) => eaten.reduce((sum, of) => sum + of, 0);

function panels(when: string, { trace }: TracedEpisode<PatchForagingTrace>): PathPanel[] {
  return trace.stretches.map((stretch, i) => ({
    title: `${when}: ${i === 0 ? 'first patches' : `after move ${i}`}`,
    subtitle: `${eatenIn(stretch.eaten)} of ${stretch.food.x.length} food items eaten`,
    trace: stretch,
  }));
}

/** Steps over which a mean is taken. */
const over = 30;

/** The worm's paths between the moves of the patches, and what its modulators did. */
export const patchForagingFigure = {
  name: 'paths',
  lives: (before, after) =>
    pathFigure({
      panels: [...panels('Before evolution', before[0]!), ...panels('After evolution', after[0]!)],
      columns: 3,
    }),
  closer: {
    name: 'modulators',
    life: (
      title: string,
      { trace }: TracedEpisode<PatchForagingTrace>,
      before?: TracedEpisode<PatchForagingTrace>,
    ) => {
      const { concentrations, stretches } = trace;
      const traces = [...(before ? [before.trace] : []), trace];
      const names = Object.keys(concentrations);
      const highest = Math.max(
        1e-6,
        ...traces.flatMap((of) => names.flatMap((name) => of.concentrations[name]!)),
      );
      const food = traces.map(({ eaten }) => runningMean(eaten, over));
      const panelsOf: CurvePanel[] = [
        {
          title: `food eaten (items a step, mean of the last ${over})`,
          height: 130,
          range: { low: 0, high: Math.max(0.1, ...food.flatMap((means) => [...means])) },
          values: food.map((means) => [means]),
        },
        ...names.map((name) => ({
          title: `concentration of ${name} (dimensionless)`,
          height: 80,
          range: { low: 0, high: highest },
          values: traces.map((of) => [of.concentrations[name]!]),
        })),
      ];
      const moves = stretches
        .slice(0, -1)
        .map((_, i) => stretches.slice(0, i + 1).reduce((sum, stretch) => sum + stretch.eaten.length, 0));
      return curvesFigure({
        title,
        subtitle: 'dashed: the patches move',
        names: before ? ['before evolution', 'after'] : ['champion'],
        panels: panelsOf,
        marks: moves,
        below: 'world step',
      });
    },
  },
} satisfies TaskFigure<PatchForagingTrace>;
