import { pow } from '../math/power.js';
import type { RunSpec } from './run-spec.js';

/** How far a genome is from where the search started. */
export function genesChanged(genome: Readonly<Float64Array>, start: Readonly<Float64Array>): number {
  let changed = 0;
  for (let gene = 0; gene < start.length; gene++) if (genome[gene] !== start[gene]) changed += 1;
  return changed;
}

/**
 * What the strategy maximises: the raw score less the sparsity penalty, c k^p for k genes that differ from the start
 * (ENOMAD: 0.1 k^1.3), not below the floor.
 */
export function objectiveOf(
  settings: RunSpec['objective'],
  score: number,
  genome: Readonly<Float64Array>,
  start: Readonly<Float64Array>,
): number {
  const { sparsity, floor } = settings;
  const penalty = sparsity ? sparsity.coefficient * pow(genesChanged(genome, start), sparsity.exponent) : 0;
  const value = score - penalty;
  return floor !== null && value < floor ? floor : value;
}
