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
      const trials = Math.max(...arms.flatMap(({ traces }) => traces.map(({ right }) => right.length)));
      const over = trials > smoothing ? `share of the last ${smoothing}` : 'share so far';
      return [
        panel(`right answers (${over})`, 170, 1, ({ right }) => share(right)),
        panel(`answered with yes (${over})`, 90, 1, ({ saidYes }) => share(saidYes)),
      ];
    },
  });
