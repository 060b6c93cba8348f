import { panelOver, runningMean } from '../../figure/curves.js';
import { curvesOfLives } from './curves-of-lives.js';

/**
 * Learning curves of questions that are answered with yes or no.
 * @param title by the scenario
 * @param smoothing trials over which a share is taken
 */
export const yesNoCurves = <Trace extends { right: number[]; saidYes: number[] }>(
  title: (scenario: string) => string,
  smoothing: number,
) =>
  curvesOfLives<Trace>({
    name: 'learning',
    title,
    panels: (arms) => {
      const panel = panelOver(arms);
      const share = (values: readonly number[]) => runningMean(values, smoothing);
      return [
        panel(`right answers (share of the last ${smoothing})`, 170, 1, ({ right }) => share(right)),
        panel(`answered with yes (share of the last ${smoothing})`, 90, 1, ({ saidYes }) => share(saidYes)),
      ];
    },
  });
