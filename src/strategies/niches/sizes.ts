import { pow } from '../../math/power.js';
import type { Options } from './options.js';

/** Genomes that are kept where nothing is planned. */
const unplanned = 100;

/**
 * How many genomes are kept at first. Where 3,682 genes were searched, 60 did well in plans of 1,000 evaluations and 300 in
 * plans of 20,000; between and beyond these it is a power of what is planned.
 */
export function firstPopulation({ population, evaluations }: Options): number {
  if (population !== null) return population;
  if (evaluations === null) return unplanned;
  return Math.max(5, Math.round(60 * pow(evaluations / 1000, 0.54)));
}

/** How many genomes are kept after so many evaluations: evenly fewer, until what is planned is used up. */
export function populationAfter(settings: Options, evaluations: number): number {
  const first = firstPopulation(settings);
  if (settings.evaluations === null) return first;
  const last = Math.min(first, settings.lastPopulation ?? Math.max(5, Math.round(first / 15)));
  return Math.round(first + (last - first) * Math.min(1, evaluations / settings.evaluations));
}
