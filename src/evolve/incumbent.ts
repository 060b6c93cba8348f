import { type Judged, nondominatedFronts, standings, standsBefore } from '../archives/pareto.js';
import type { Best, Lineage } from '../store/manifest.js';
import type { StepRecord } from '../store/steps.js';
import { violation } from './constraints.js';

/** A candidate that was evaluated, as it stands to become the best so far. */
export interface Contender extends Omit<Best, 'violation'> {
  /** How far its life was beyond the run's limits; 0 where it kept to them. */
  violation: number;
}

/** Decides whether a contender takes the incumbent's place. */
export type IncumbentPolicy = (contender: Contender, incumbent: Contender) => boolean;

/**
 * A life that keeps to the limits is better than one that does not, of two that do not the one that is less beyond them,
 * and otherwise the one with the better first objective. Of equals the earlier stays.
 */
export const feasibleFirst: IncumbentPolicy = (contender, incumbent) =>
  contender.violation === incumbent.violation
    ? contender.objective > incumbent.objective
    : contender.violation < incumbent.violation;

/** A step's candidate as a contender; undefined where it failed, or lived a part of a life only. */
export function contenderOf(
  { step, score, objective, constraints, failed, partly }: StepRecord,
  index: number,
): Contender | undefined {
  const value = objective[index];
  const raw = score[index];
  if (value === null || value === undefined || raw === null || raw === undefined) return undefined;
  if (failed?.[String(index)] !== undefined || partly?.includes(index)) return undefined;
  const beyond = constraints ? violation(constraints.map((values) => values[index] ?? null)) : 0;
  return { step, index, score: raw, objective: value, violation: beyond };
}

/** The better of the best so far and what this step has. */
export function betterOf(
  best: Contender | null,
  record: StepRecord,
  policy: IncumbentPolicy = feasibleFirst,
): Contender | null {
  let found = record.anew ? null : best;
  for (const contender of betterIn(record, found, policy)) found = contender;
  return found;
}

/** The candidates of a step that took the place of the best before them, in the order in which they were asked. */
function* betterIn(
  record: StepRecord,
  best: Contender | null,
  policy: IncumbentPolicy,
): Generator<Contender> {
  let found = best;
  for (let index = 0; index < record.objective.length; index++) {
    const contender = contenderOf(record, index);
    if (!contender || (found !== null && !policy(contender, found))) continue;
    found = contender;
    yield contender;
  }
}

/**
 * Every genome that became the best so far, as it did: after how many evaluations, counted candidate by candidate in the
 * order in which they were asked.
 */
export function* improvements(
  records: readonly StepRecord[],
  policy: IncumbentPolicy = feasibleFirst,
): Generator<{ evaluations: number; contender: Contender }> {
  let best: Contender | null = null;
  let before = 0;
  for (const record of records) {
    if (record.anew) best = null;
    for (const contender of betterIn(record, best, policy)) {
      best = contender;
      yield { evaluations: before + contender.index + 1, contender };
    }
    before = record.evaluations;
  }
}

/** The best of a run so far. @param lineage of a run that branched from another */
export function bestOf(records: readonly StepRecord[], lineage?: Lineage): Contender | null {
  // A branch in which something else is scored has no best until its own first step.
  if (lineage?.anew && lineage.step === records.length) return null;
  return records.reduce<Contender | null>((found, record) => betterOf(found, record), null);
}

/** What a run's record says of its best. */
export const recordedBest = ({ violation: beyond, ...best }: Contender): Best => ({
  ...best,
  ...(beyond > 0 ? { violation: beyond } : {}),
});

/** A step's candidates from best to worst; failures last, equals in their order. */
export function ranked(record: StepRecord, policy: IncumbentPolicy = feasibleFirst): number[] {
  const contenders = record.objective.map((_, index) => contenderOf(record, index));
  return [...contenders.keys()].sort((a, b) => {
    const [first, second] = [contenders[a], contenders[b]];
    if (!first || !second) return Number(!first) - Number(!second) || a - b;
    if (policy(first, second)) return -1;
    return policy(second, first) ? 1 : a - b;
  });
}

/** A step's candidates as they are compared by all of their objectives. */
const judgedCandidates = (record: StepRecord): Judged[] =>
  record.objective.map((first, index) => {
    const contender = contenderOf(record, index);
    const values = record.objectives?.map(({ values }) => values[index] ?? null) ?? [first];
    if (!contender || values.some((value) => value === null))
      return { objectives: values.map(() => 0), violation: Number.POSITIVE_INFINITY };
    return { objectives: values as number[], violation: contender.violation };
  });

/**
 * The order in which a step's candidates are stored: the best by the first objective; then, where there are several
 * objectives, those of the Pareto front, with the most room first, and the fronts behind it.
 */
export function storedOrder(record: StepRecord): number[] {
  const order = ranked(record);
  if (record.objectives === undefined) return order;
  const places = standings(judgedCandidates(record));
  const [best, ...others] = order;
  others.sort((a, b) =>
    standsBefore(places[a]!, places[b]!) ? -1 : standsBefore(places[b]!, places[a]!) ? 1 : a - b,
  );
  return best === undefined ? [] : [best, ...others];
}

/** A stored candidate that no other stored one dominates. */
export interface FrontMember {
  step: number;
  /** Among the stored ones of its step. */
  rank: number;
  score: number;
  /** In the order of the run's objectives. */
  objectives: number[];
}

/** The Pareto front of a run's stored candidates, best by the first objective first; of equals the earliest. */
export function frontOf(records: readonly StepRecord[]): FrontMember[] {
  const stored = records.flatMap((record) => {
    const judged = judgedCandidates(record);
    return record.elites.map(({ index }, rank) => ({ record, rank, index, ...judged[index]! }));
  });
  const seen = new Set<string>();
  const different = stored.filter(({ objectives, violation }) => {
    const key = JSON.stringify([objectives, violation]);
    return violation < Number.POSITIVE_INFINITY && !seen.has(key) && seen.add(key);
  });
  const [front = []] = nondominatedFronts(different);
  return front
    .map((at) => different[at]!)
    .map(({ record, rank, index, objectives }) => ({
      ...{ step: record.step, rank, score: record.score[index]! },
      objectives: [...objectives],
    }))
    .toSorted((a, b) => b.objectives[0]! - a.objectives[0]!);
}
