/**
 * Holm's correction (1979, Scandinavian Journal of Statistics 6(2):65-70) of the p-values of one table: with every one
 * that stays below 0.05 believed, a false one is among them in at most 5 % of tables. The least is multiplied by the
 * number of tests, the next by one less, and so on; none falls below the one before it, and none exceeds 1. In the order
 * given.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]! || a - b);
  const corrected = new Array<number>(ps.length);
  let least = 0;
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * ps[at]!));
    corrected[at] = least;
  });
  return corrected;
}
