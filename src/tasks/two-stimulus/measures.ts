import { mean } from '../../math/statistics.js';
import type { TwoStimulusTrace } from './trace.js';

/** The last quarter of a life. */
export const scoreOf = ({ right }: TwoStimulusTrace): number =>
  mean(right.slice(-Math.floor(right.length / 4)));

/** What is said of a life beside its score. */
export function measuresOf({ right, saidYes, first, second }: TwoStimulusTrace) {
  const quarter = Math.floor(right.length / 4);
  const pairs = [0, 1, 2, 3].map((pair) =>
    right.slice(-quarter).filter((_, i) => {
      const trial = right.length - quarter + i;
      return 2 * first[trial]! + second[trial]! === pair;
    }),
  );
  const shown = pairs.filter((answers) => answers.length > 0);
  return {
    accuracy: mean(right),
    accuracyFirst: mean(right.slice(0, quarter)),
    worstPair: Math.min(...shown.map(mean)),
    saidYes: mean(saidYes),
  };
}
