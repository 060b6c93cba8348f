import { quantile } from '../math/statistics.js';
import type { StepRecord } from '../store/steps.js';
import { betterOf, type Contender } from './incumbent.js';

/** One step in figures; scores are raw. */
export interface HistoryPoint {
  step: number;
  evaluations: number;
  /** Raw score of the best genome so far, by objective. */
  best: number;
  median: number;
  q25: number;
  q75: number;
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
  };
}

export function historyOf(records: readonly StepRecord[]): HistoryPoint[] {
  let best: Contender | null = null;
  return records.map((record) => {
    best = betterOf(best, record);
    return pointOf(record, best);
  });
}

/** Raw score of the best genome by objective among the first so many candidates, in the order in which they were asked. */
export function bestOfFirst(records: readonly StepRecord[], evaluations: number): number {
  let best: Contender | null = null;
  let before = 0;
  for (const record of records) {
    const within = Math.min(record.objective.length, evaluations - before);
    if (within <= 0) break;
    best = betterOf(best, {
      ...record,
      score: record.score.slice(0, within),
      objective: record.objective.slice(0, within),
    });
    before = record.evaluations;
  }
  return best?.score ?? Number.NaN;
}
