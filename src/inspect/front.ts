import { frontOf } from '../evolve/incumbent.js';
import { objectivesOf } from '../evolve/objectives.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { formulaCards } from './formulas.js';

/** The Pareto front of a run with several objectives, among the genomes that it stored. */
export interface Front {
  objectives: string[];
  members: { step: number; score: number; objectives: number[]; formulas: string[] }[];
  /** How many genomes of each step are stored at most. */
  storedOfAStep: number;
}

/** undefined for a run with one objective */
export function paretoFront({ stored, spec, habitat: { space } }: OpenedRun): Front | undefined {
  const objectives = objectivesOf(spec.objective).map(({ name }) => name);
  if (objectives.length < 2) return undefined;
  return {
    objectives,
    members: frontOf(stored.records).map(({ step, rank, score, objectives: values }) => ({
      ...{ step, score, objectives: values },
      formulas: formulaCards(space, stored.elite(step, rank, space.start)).map(({ canonical }) => canonical),
    })),
    storedOfAStep: spec.elites,
  };
}
