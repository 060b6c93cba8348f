import type { NavigationTrace } from '../tasks/navigation/trace.js';
import { navigationChart } from './navigation-chart.js';
import type { Arm, Replayed } from './relive.js';

const dashed = ({ moved, searches }: NavigationTrace) =>
  moved < searches.length ? '; dashed: the reward is moved' : '';

/** Rewards by trial, and paths. */
export const navigationPicture = {
  file: 'searches.png',
  draw: (before: readonly Replayed<NavigationTrace>[], after: readonly Replayed<NavigationTrace>[]) => {
    const [first, last] = [before[0]!, after[0]!];
    return navigationChart({
      title: `Navigation: ${last.scenario}`,
      subtitle: `score ${first.score.toFixed(3)} before evolution, ${last.score.toFixed(3)} after${dashed(last.trace)}`,
      arms: [
        { name: 'before evolution', traces: [first.trace] },
        { name: 'after', traces: [last.trace] },
      ],
    });
  },
  arms: (title: string, arms: readonly Arm<NavigationTrace>[]) =>
    navigationChart({
      title,
      subtitle: `mean of ${arms[0]!.traces.length} agents, shaded: ± SD${dashed(arms[0]!.traces[0]!)}; paths of the first agent`,
      arms,
    }),
};
