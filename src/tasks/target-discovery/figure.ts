import { panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from '../protocol/curves-of-lives.js';
import type { DiscoveryTrace } from './trace.js';

/** Trials over which a share is taken. */
const smoothing = 10;

/** Learning curves. */
export const discoveryFigure = curvesOfLives<DiscoveryTrace>({
  name: 'learning',
  title: () => 'Target discovery',
  panels: (arms) => {
    const panel = panelOver(arms);
    const share = (values: readonly number[]) => runningMean(values, smoothing);
    return [
      panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ right }) => share(right)),
      panel(`answered with yes (share of the last ${smoothing})`, 90, 1, ({ saidYes }) => share(saidYes)),
    ];
  },
});
