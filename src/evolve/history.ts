import { quantile } from '../math/statistics.js';
import type { Lineage } from '../store/manifest.js';
import type { StepRecord } from '../store/steps.js';
import { betterOf, type Contender, improvements } from './incumbent.js';

/** One step in figures; scores are raw. */
export interface HistoryPoint {
  step: number;
  evaluations: number;
  /** Raw score of the best genome so far, by objective. */
  best: number;
  median: number;
  q25: number;
  q75: number;
  /** Scores from here on measure something else than those before; absent where they do not. */
  anew?: true;
}

export function pointOf(record: StepRecord, best: Contender | null): HistoryPoint {
  const sorted = record.score.filter((value): value is number => value !== null).sort((a, b) => a - b);
  return {
    step: record.step,
    evaluations: record.evaluations,
    best: best?.score ?? Number.NaN,
    median: quantile(sorted, 0.5),
    q25: quantile(sorted, 0.25),
    q75: quantile(sorted, 0.75),
    ...(record.anew ? { anew: true } : {}),
  };
}

export function historyOf(records: readonly StepRecord[]): HistoryPoint[] {
  let best: Contender | null = null;
  return records.map((record) => {
    best = betterOf(best, record);
    return pointOf(record, best);
  });
}

/**
 * How many evaluations a run had made when its scores began to measure what they measure in the end.
 * @param lineage of a run that branched from another
 */
export function evaluationsBefore(records: readonly StepRecord[], lineage?: Lineage): number {
  if (lineage?.anew && lineage.step === records.length) return lineage.evaluations;
  return records[records.findLastIndex(({ anew }) => anew) - 1]?.evaluations ?? 0;
}

/** Raw score of the best genome by objective among the first so many candidates, in the order in which they were asked. */
export function bestOfFirst(records: readonly StepRecord[], evaluations: number): number {
  let best = Number.NaN;
  for (const improvement of improvements(records)) {
    if (improvement.evaluations > evaluations) break;
    best = improvement.contender.score;
  }
  return best;
}
