import { mean } from '../../math/statistics.js';
import type { AccumulationTrace } from './trace.js';

/** The trials by which a life is scored: the second half. */
const scored = ({ right }: AccumulationTrace) => right.slice(Math.ceil(right.length / 2));

export const scoreOf = (trials: AccumulationTrace): number => mean(scored(trials));

/** What is said of a life beside its score. @param cues cues in a trial */
export function measuresOf(trials: AccumulationTrace, cues: number) {
  const { right, leftCues, answeredLeft, certainty } = trials;
  const half = Math.ceil(right.length / 2);
  // Trials with many more cues on one side are the easy ones.
  const isClear = leftCues.map((left) => Math.abs(2 * left - cues) > 1);
  const shareRight = (clear: boolean) => {
    const those = right.filter((_, trial) => trial >= half && isClear[trial] === clear);
    return those.length === 0 ? 0.5 : mean(those);
  };
  return {
    accuracyFirst: mean(right.slice(0, half)),
    accuracyLast: mean(right.slice(-Math.ceil(right.length / 10))),
    accuracyClear: shareRight(true),
    accuracyClose: shareRight(false),
    answeredLeft: mean(answeredLeft),
    decided: mean(certainty.map((value) => Math.abs(2 * value - 1))),
  };
}
