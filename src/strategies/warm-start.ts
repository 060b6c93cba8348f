/** A tenth of an earlier search's solutions is what the method's authors begin from. */
export const USUAL_SHARE = 0.1;

/** Their alpha is a tenth of a range, of which a first deviation is a third. */
export const USUAL_SPREAD = 0.3;

/** How many solutions the best share of so many are. */
export const sharedOf = (count: number, share: number): number => Math.floor(share * count + 1e-9);

/** How many solutions there must be for their best share to be a distribution: two. */
export const leastSolutions = (share: number): number => Math.ceil(2 / share - 1e-9);

/**
 * The best share of what an earlier search evaluated, best first; of equals the earlier.
 * @param most how many at most
 */
export function bestShare<Solution extends { score: number }>(
  solutions: readonly Solution[],
  share: number,
  most = Number.POSITIVE_INFINITY,
): Solution[] {
  return solutions
    .toSorted((a, b) => b.score - a.score)
    .slice(0, Math.min(most, sharedOf(solutions.length, share)));
}
