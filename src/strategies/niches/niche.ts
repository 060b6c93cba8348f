import { Grid } from '../../archives/grid.js';
import { UsageError } from '../../spec/errors.js';
import { dimensionsOf } from '../quality-diversity/archive-options.js';
import type { Outcome, Problem } from '../strategy.js';
import type { Options } from './options.js';

type Declared = Pick<Problem, 'behaviours'>;
type Niche = Pick<Options, 'niche'>;

const dimensionsIn = (problem: Declared, niche: NonNullable<Options['niche']>) =>
  dimensionsOf(problem, { ...niche, cells: null, samples: null, offset: 0 });

/** What is wrong with niches by behaviour in a problem; undefined where nothing is. */
export function nicheFault(problem: Declared, { niche }: Niche): string | undefined {
  if (niche === undefined) return undefined;
  if (problem.behaviours.length === 0 && niche.measures === null)
    return 'niche: expected a task that declares behaviour measures, and this one declares none. Leave "niche" out.';
  const { fault } = dimensionsIn(problem, niche);
  return fault && `niche.${fault}`;
}

/** The cell that an outcome's behaviour lies in, NaN where a measure is no number. */
export type NicheOf = (outcome: Outcome) => number;

/**
 * How niches are told by behaviour; undefined where they are told by score.
 * @throws UsageError naming the option at fault
 */
export function nicheOf(problem: Declared, settings: Niche): NicheOf | undefined {
  const { niche } = settings;
  if (niche === undefined) return undefined;
  const fault = nicheFault(problem, settings);
  if (fault !== undefined) throw new UsageError(`strategy.${fault}`);
  const grid = new Grid(dimensionsIn(problem, niche).dimensions!);
  return ({ measures }) => grid.cellAt(grid.dimensions.map(({ name }) => measures[name] ?? Number.NaN));
}
