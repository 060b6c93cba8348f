import { z } from 'zod';
import type { Dimension } from '../../archives/cells.js';
import type { Problem } from '../strategy.js';

/** The most cells of an archive. */
const mostCells = 1_000_000;

const commaSeparated = (value: unknown) =>
  typeof value === 'string' ? value.split(',').filter((name) => name !== '') : value;

/** Options of every strategy that keeps an archive of elites. */
export const archiveOptions = {
  measures: z
    .preprocess(
      commaSeparated,
      z
        .array(z.string().min(1))
        .min(1)
        .max(8)
        .refine((names) => new Set(names).size === names.length, { message: 'expected each measure once' })
        .nullable(),
    )
    .default(null)
    .describe('measures by which elites are told apart; null: the first two that the task declares'),
  ranges: z
    .array(z.tuple([z.number(), z.number()]).nullable())
    .nullable()
    .default(null)
    .describe('[low, high] of each measure, or null for what the task declares'),
  bins: z
    .array(z.int().min(1).max(mostCells).nullable())
    .nullable()
    .default(null)
    .describe('cells along each measure, or null for what the task declares'),
  cells: z
    .int()
    .min(2)
    .max(100_000)
    .nullable()
    .default(null)
    .describe('cells of a centroidal Voronoi tessellation, which takes the place of the grid; null: a grid'),
  samples: z
    .int()
    .min(2)
    .max(10_000_000)
    .nullable()
    .default(null)
    .describe('samples of which the centroids of a tessellation are the means; null: 20 a cell'),
  offset: z
    .number()
    .default(0)
    .describe('objective that counts 0 in the QD score: the least that there can be'),
};

export interface ArchiveOptions {
  measures: readonly string[] | null;
  ranges: readonly (readonly [number, number] | null)[] | null;
  bins: readonly (number | null)[] | null;
  cells: number | null;
  samples: number | null;
  offset: number;
}

const named = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** The measures of an archive with their ranges, or what is wrong with the options. */
export function dimensionsOf(
  { behaviours }: Pick<Problem, 'behaviours'>,
  { measures, ranges, bins, cells, samples }: ArchiveOptions,
): { dimensions: Dimension[]; fault?: undefined } | { dimensions?: undefined; fault: string } {
  if (cells !== null && bins !== null)
    return { fault: 'bins: they are of a grid, and "cells" asks for a tessellation. Leave out one of them.' };
  if (cells === null && samples !== null)
    return { fault: 'samples: they are of a tessellation. Give "cells" too, or leave them out.' };
  const names = measures ?? behaviours.slice(0, 2).map(({ name }) => name);
  for (const [field, list] of Object.entries({ ranges, bins })) {
    if (list !== null && list.length !== names.length)
      return {
        fault: `${field}: expected ${names.length} entries, one for each of ${named(names)}, found ${list.length}.`,
      };
  }
  const dimensions: Dimension[] = [];
  for (const [i, name] of names.entries()) {
    const declared = behaviours.find((behaviour) => behaviour.name === name);
    const [low, high] = ranges?.[i] ?? [declared?.low, declared?.high];
    // A tessellation has none.
    const count = cells === null ? (bins?.[i] ?? declared?.bins) : 1;
    if (low === undefined || high === undefined || count === undefined) {
      return {
        fault:
          `measures: the task declares no range for "${name}". Name some of ${named(behaviours.map((one) => one.name))}, ` +
          `or give "ranges"${cells === null ? ' and "bins"' : ''}, with an entry for each measure.`,
      };
    }
    if (!(low < high)) return { fault: `ranges[${i}]: expected low below high, found [${low}, ${high}].` };
    dimensions.push({ name, low, high, bins: count });
  }
  const count = dimensions.reduce((product, { bins: along }) => product * along, 1);
  if (cells === null && count > mostCells)
    return {
      fault: `bins: expected at most ${mostCells} cells in all, found ${count}. Give fewer bins, or "cells" for a tessellation.`,
    };
  if (cells !== null && samples !== null && samples < cells)
    return { fault: `samples: expected at least as many as cells, ${cells}, found ${samples}.` };
  return { dimensions };
}

/** What is wrong with the options of an archive in a problem; undefined where nothing is. */
export const archiveFault = (problem: Pick<Problem, 'behaviours'>, options: ArchiveOptions) =>
  dimensionsOf(problem, options).fault;
