import { pow } from '../../math/power.js';
import type { Options } from './options.js';

/** Genomes that are kept where nothing is planned. */
const unplanned = 100;
/** Of what is planned, so many evaluations have an island. That islands help was not shown: docs/results/niches.md. */
const islandEvaluations = 20_000;

/** A part of the search, in which one population is bred. */
export interface Stage {
  index: number;
  /** Evaluations of the search before it. */
  begins: number;
  /** Evaluations over which the population shrinks from `first` to `last`. */
  evaluations: number;
  first: number;
  last: number;
  /** Whether it begins with what the stages before it kept, rather than near the start. */
  merged: boolean;
}

/**
 * How many genomes are kept at first. Where 3,682 genes were searched, 60 did well in plans of 1,000 evaluations and 300 in
 * plans of 20,000; between and beyond these it is a power of what is planned.
 */
const firstOf = ({ population }: Options, evaluations: number) =>
  population ?? Math.max(5, Math.round(60 * pow(evaluations / 1000, 0.54)));

const lastOf = ({ lastPopulation }: Options, first: number) =>
  Math.min(first, lastPopulation ?? Math.max(5, Math.round(first / 15)));

/** The stage after so many evaluations: the islands one after the other, then what they kept together. */
export function stageAfter(settings: Options, evaluations: number): Stage {
  const { evaluations: planned, apart } = settings;
  if (planned === null) {
    const first = settings.population ?? unplanned;
    return { index: 0, begins: 0, evaluations: 1, first, last: first, merged: false };
  }
  const islands = settings.islands ?? Math.max(1, Math.round(planned / islandEvaluations));
  const each = islands === 1 ? planned : Math.max(1, Math.floor((apart * planned) / islands));
  const index = islands === 1 ? 0 : Math.min(islands, Math.floor(evaluations / each));
  const first = firstOf(settings, each);
  const last = lastOf(settings, first);
  const begins = index * each;
  return index < islands
    ? { index, begins, evaluations: each, first, last, merged: false }
    : {
        index,
        begins,
        evaluations: Math.max(1, planned - begins),
        first: islands * last,
        last,
        merged: true,
      };
}

/** How many genomes a stage keeps after so many evaluations of the search: evenly fewer, until it is over. */
export function populationAfter({ begins, evaluations, first, last }: Stage, told: number): number {
  return Math.round(first + (last - first) * Math.min(1, (told - begins) / evaluations));
}
