import { mean } from '../../math/statistics.js';
import type { RecognitionTrace } from './trace.js';

const meanOr0 = (values: readonly number[]) => (values.length === 0 ? 0 : mean(values));

/** The score: the mean of the shares of patterns seen before and of novel ones that are answered right. */
export function scoreOf({ seen, answered }: Pick<RecognitionTrace, 'seen' | 'answered'>): number {
  const share = (of: number) =>
    meanOr0(answered.filter((_, i) => seen[i] === of).map((answer) => (answer === of ? 1 : 0)));
  return (share(1) + share(0)) / 2;
}

export function measuresOf({ seen, answered, seenSpikes, novelSpikes }: RecognitionTrace) {
  const of = (values: readonly number[], wanted: number) =>
    meanOr0(values.filter((_, i) => seen[i] === wanted));
  return {
    hits: of(answered, 1),
    falseAlarms: of(answered, 0),
    spikesSeen: of(seenSpikes, 1) - of(seenSpikes, 0),
    spikesNovel: of(novelSpikes, 0) - of(novelSpikes, 1),
  };
}
