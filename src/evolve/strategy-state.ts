import type { Habitat } from '../evaluate/habitat.js';
import { seeds } from '../evaluate/seeds.js';
import { UserError } from '../spec/errors.js';
import { partOf } from '../spec/parts/part.js';
import type { StoredSnapshot } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import type { StartedStrategy } from '../strategies/injected.js';
import { strategyParts } from '../strategies/parts.js';
import { resumeStrategy, startStrategy } from '../strategies/start.js';
import type { Candidate, Outcome } from '../strategies/strategy.js';
import { injectedGenomes } from './injected.js';
import { problemOf } from './problem.js';
import type { RunSpec } from './run-spec.js';

/** What was told for a recorded step: JSON has no NaN, so what failed stands as null. */
export function outcomesOf(record: StepRecord): Outcome[] {
  return record.objective.map((objective, i) => {
    const measures: Record<string, number> = {};
    for (const [name, values] of Object.entries({ ...record.behaviour, ...record.measures }))
      measures[name] = values[i] ?? Number.NaN;
    return {
      status: objective === null || record.failed?.[String(i)] !== undefined ? 'failed' : 'ok',
      objectives: record.objectives
        ? record.objectives.map(({ values }) => values[i] ?? Number.NaN)
        : [objective ?? Number.NaN],
      constraints: (record.constraints ?? []).map((values) => values[i] ?? Number.NaN),
      measures,
    };
  });
}

interface Origin {
  spec: RunSpec;
  habitat: Pick<Habitat, 'space' | 'task'>;
  /** States to go on from, the best first; those of steps whose records were lost are of no use. */
  states: readonly (StoredSnapshot | undefined)[];
  /** Shown each recorded step with the candidates that were asked for, before they are told. */
  onStep?: ((record: StepRecord, candidates: readonly Candidate[]) => void) | undefined;
  /** The step before which other settings held: a branch does not go back beyond its beginning. */
  from?: number | undefined;
}

/** The strategy as it stood after the recorded steps: a stored state, then what was told since. */
export function strategyAfter(
  records: readonly StepRecord[],
  { spec, habitat, states, onStep, from = 0 }: Origin,
): StartedStrategy {
  const module = partOf(strategyParts, spec.strategy);
  const { name, module: _, ...settings } = spec.strategy;
  const usable = states.find((state) => state && state.step <= records.length && state.step > 0);
  if (usable === undefined && from > 0) {
    throw new UserError(
      `The run branched from another at step ${from}, and its strategy's state there cannot be read: it cannot go on. ` +
        'Restore its files from a copy, or branch again.',
    );
  }
  const problem = problemOf(spec, habitat);
  const strategy = usable
    ? resumeStrategy(name, module, problem, settings, usable.strategy)
    : startStrategy(name, module, problem, settings, seeds.strategy(spec.seed));
  // A stored state holds those that still wait.
  if (!usable) {
    for (const genome of injectedGenomes(spec.injected ?? [], habitat.space, 'run')) strategy.inject(genome);
  }
  for (const record of records.slice(usable?.step ?? 0)) {
    const candidates = strategy.ask();
    const asked = candidates.length;
    if (asked !== record.objective.length) {
      throw new UserError(
        `The record of step ${record.step} holds ${record.objective.length} candidates where the strategy asked for ` +
          `${asked}: it was changed after it was made. Delete it and all steps after it to resume from there.`,
      );
    }
    onStep?.(record, candidates);
    strategy.tell(outcomesOf(record));
  }
  return strategy;
}
