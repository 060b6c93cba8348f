import type { Kinds } from './network.js';

/**
 * Kinds of `count` cells by their shares, spread evenly: whatever stretch of cells is looked at holds about the same
 * mix, and shares that change a little change few cells.
 * @param shares in any unit, none below 0 and one above
 * @returns `[count]` number of each cell's kind
 */
export function spreadKinds(shares: readonly number[], count: number): Int32Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0 && shares.every((share) => share >= 0 && share < Number.POSITIVE_INFINITY))) {
    throw new RangeError(
      `shares of kinds: expected numbers of 0 or more and one above, found ${shares.join(', ')}`,
    );
  }
  const owed = shares.map(() => 0);
  return Int32Array.from({ length: count }, () => {
    let next = 0;
    shares.forEach((share, kind) => {
      owed[kind]! += share / total;
      if (owed[kind]! > owed[next]!) next = kind;
    });
    owed[next]! -= 1;
    return next;
  });
}

/** The share of each kind among the cells, by its name. */
export function kindShares({ parameters, of }: Kinds): Record<string, number> {
  return Object.fromEntries(
    Object.keys(parameters).map((name, kind) => [name, of.filter((own) => own === kind).length / of.length]),
  );
}

/** What kinds give each cell, by parameter. */
export function kindValues({ parameters, of, spread = {} }: Kinds): Record<string, Float64Array> {
  const kinds = Object.values(parameters);
  const names = Object.keys(kinds[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      Float64Array.from(of, (kind, cell) => kinds[kind]![name]! * (spread[name]?.[cell] ?? 1)),
    ]),
  );
}
