import type { GenomeSpace } from '../genome/space.js';
import type { Problem } from '../strategies/strategy.js';
import { objectivesOf } from './objectives.js';
import type { RunSpec } from './run-spec.js';

/** What the run's strategy is to search. */
export const problemOf = (spec: RunSpec, space: GenomeSpace): Problem => ({
  ...space,
  objectives: objectivesOf(spec.objective).length,
  constraints: spec.constraints?.length ?? 0,
});
