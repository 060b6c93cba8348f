import type { Figure } from '../../figure/figure.js';
import { runningTimesFigure } from '../running-times-figure.js';
import type { Searcher } from '../search.js';
import { groups } from './groups.js';
import type { BbobRun } from './runs.js';

/** Shares of targets by evaluations: of all functions together, and of each group. */
export function bbobFigure(
  runs: readonly BbobRun[],
  searchers: readonly Pick<Searcher, 'name' | 'otherProgram'>[],
  settings: { genes: number; instances: number; perGene: number; noise: number },
): Figure {
  const { genes, instances, noise } = settings;
  const numbers = new Set(runs.map((run) => run.function));
  const parts = groups.map(({ name, from, to }) => ({
    title: `${name} (${from} to ${to})`,
    runs: runs.filter((run) => run.function >= from && run.function <= to),
  }));
  const words = {
    title: `Running times on the BBOB functions of ${genes} genes`,
    subtitle:
      `${numbers.size} function${numbers.size === 1 ? '' : 's'}, ${instances} instance${instances === 1 ? '' : 's'} of each, ` +
      `51 targets from 10^2 to 10^-8${noise === 0 ? '' : `; told with noise of ${noise} |f|`}`,
  };
  return runningTimesFigure(words, runs, parts, searchers, settings);
}
