import { pow } from '../../math/power.js';
import type { Options } from './options.js';

/** Genomes that are kept where nothing is planned. */
const unplanned = 100;

/**
 * How many genomes are kept at first. Where 3,682 genes were searched, 60 did well in plans of 1,000 evaluations, 300 in
 * plans of 20,000, and 550 in plans of 60,000: a power of what is planned.
 */
export function firstSize({ evaluations, population }: Options): number {
  if (evaluations === null) return population ?? unplanned;
  return population ?? Math.max(5, Math.round(60 * pow(evaluations / 1000, 0.54)));
}

/** How many genomes are kept after so many evaluations: evenly fewer, until what is planned is over. */
export function sizeAfter(settings: Options, told: number): number {
  const first = firstSize(settings);
  const { evaluations, lastPopulation } = settings;
  if (evaluations === null) return first;
  const last = Math.min(first, lastPopulation ?? Math.max(5, Math.round(first / 15)));
  return Math.round(first + (last - first) * Math.min(1, told / evaluations));
}
