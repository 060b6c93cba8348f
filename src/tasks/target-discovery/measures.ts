import { mean } from '../../math/statistics.js';
import type { DiscoveryTrace } from './trace.js';

/** The last third of a life, in which the target can be known. */
export const scoreOf = ({ right }: DiscoveryTrace): number =>
  mean(right.slice(Math.floor((2 * right.length) / 3)));

/** What is said of a life beside its score. */
export function measuresOf({ right, saidYes, isTarget }: DiscoveryTrace) {
  const third = Math.floor(right.length / 3);
  const shareYes = (of: number) => {
    const those = saidYes.filter((_, trial) => isTarget[trial] === of);
    return those.length === 0 ? 0 : mean(those);
  };
  return {
    accuracy: mean(right),
    accuracyFirst: mean(right.slice(0, Math.max(1, third))),
    hits: shareYes(1),
    falseAlarms: shareYes(0),
    saidYes: mean(saidYes),
  };
}
