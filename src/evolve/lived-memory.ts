import type { LifetimeResult } from '../evaluate/lives.js';
import type { LivedResult, StepRecord } from '../store/steps.js';
import type { Evaluator } from './evaluators/evaluator.js';

const orNull = (value: number) => (Number.isFinite(value) ? value + 0 : null);
const orNaN = (value: number | null) => value ?? Number.NaN;

const changed = <From, To>(values: Readonly<Record<string, From>>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** A result as a step's record holds it. */
const storedResult = ({ reason, score, energy, measures, behaviour }: LifetimeResult): LivedResult => ({
  ...(reason === undefined ? {} : { reason }),
  ...{ score: orNull(score), energy: orNull(energy) },
  ...{ measures: changed(measures, orNull), behaviour: changed(behaviour, orNull) },
});

/** A life that was lived, as a step's record holds it. */
export const storedLife = ([key, result]: [key: string, result: LifetimeResult]): [string, LivedResult] => [
  key,
  storedResult(result),
];

/** What a record holds, as it was lived. */
const recalledResult = ({ reason, score, energy, measures, behaviour }: LivedResult): LifetimeResult => ({
  status: reason === undefined ? 'ok' : 'failed',
  ...(reason === undefined ? {} : { reason }),
  ...{ score: orNaN(score), energy: orNaN(energy) },
  ...{ measures: changed(measures, orNaN), behaviour: changed(behaviour, orNaN) },
});

/**
 * An evaluator whose results are those that a record will hold, so that one that is recalled is the same whether the run was
 * interrupted in between or not.
 */
export const asRecorded = (evaluator: Evaluator): Evaluator => ({
  workers: evaluator.workers,
  evaluate: async (lives, onLived) =>
    (await evaluator.evaluate(lives, onLived)).map((result) => recalledResult(storedResult(result))),
  close: () => evaluator.close(),
});

/** What was lived in these steps, since scores began to measure what they measure now. */
export function* livedIn(records: readonly StepRecord[]): Generator<[key: string, result: LifetimeResult]> {
  const from = records.findLastIndex(({ anew }) => anew);
  for (const { lived = [] } of records.slice(Math.max(0, from))) {
    for (const [key, result] of lived) yield [key, recalledResult(result)];
  }
}
