import type { Dimension } from '../archives/cells.js';

/**
 * Two measures of any point, the linear projection on which quality-diversity searches are compared (Fontaine, Togelius,
 * Nikolaidis and Hoover 2020, doi:10.1145/3377930.3390232, section 5): sums over the first and the second half of the genes,
 * each gene beyond the bound counting bound / x, so that the corners are hard to reach.
 */
export function linearProjection(
  genes: number,
  bound: number,
): { behaviours: Dimension[]; measuresOf(point: Readonly<Float64Array>): Record<string, number> } {
  const middle = Math.ceil(genes / 2);
  const halves = [
    ['first half', 0, middle],
    ['second half', middle, genes],
  ] as const;
  return {
    behaviours: halves.map(([name, from, to]) => {
      const reach = bound * Math.max(1, to - from);
      return { name, low: -reach, high: reach, bins: 100 };
    }),
    measuresOf: (point) =>
      Object.fromEntries(
        halves.map(([name, from, to]) => {
          let sum = 0;
          for (let i = from; i < to; i++) {
            const x = point[i]!;
            sum += Math.abs(x) <= bound ? x : bound / x;
          }
          return [name, sum];
        }),
      ),
  };
}
