import { mean } from '../../math/statistics.js';
import type { FewShotTrace } from './trace.js';

/** Share of the answers that are right. */
export const accuracyOf = (answers: readonly number[], labels: readonly number[]): number =>
  mean(answers.map((answer, query) => (answer === labels[query] ? 1 : 0)));

/** The score: the share of queries that are answered right. */
export const scoreOf = ({ answer, label }: FewShotTrace): number => accuracyOf(answer, label);

export function measuresOf({ label, nearest, own, best, all }: FewShotTrace) {
  return {
    accuracyOfNearest: accuracyOf(nearest, label),
    margin: mean(own.map((spikes, query) => (all[query] === 0 ? 0 : (spikes - best[query]!) / all[query]!))),
    silent: mean(all.map((spikes) => (spikes === 0 ? 1 : 0))),
    poolSpikes: mean(all),
  };
}
