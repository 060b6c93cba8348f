/** Cell indices stay below this, so that a pair of them is one exact number. */
export const pairBase = 0x400_0000;

/** Sums by pair of cells, in order of first appearance; grows with the number of distinct pairs. */
export class PairSums {
  private readonly slots = new Map<number, number>();
  readonly keys: number[] = [];
  readonly sums: number[] = [];
  private readonly firstPlaces: number[] = [];

  /** Adds to a pair. Returns the place where the pair was first seen, or undefined when it is new. */
  add(first: number, second: number, value: number, place: number): number | undefined {
    const key = first * pairBase + second;
    const slot = this.slots.get(key);
    if (slot === undefined) {
      this.slots.set(key, this.keys.length);
      this.keys.push(key);
      this.sums.push(value);
      this.firstPlaces.push(place);
      return undefined;
    }
    this.sums[slot]! += value;
    return this.firstPlaces[slot];
  }

  get(first: number, second: number): number | undefined {
    const slot = this.slots.get(first * pairBase + second);
    return slot === undefined ? undefined : this.sums[slot];
  }
}

/** Pairs sorted by (first, second) after each cell is renumbered to its rank; `order` are their former slots. */
export function sortedPairs(
  keys: readonly number[],
  rank: Int32Array,
): { first: Int32Array; second: Int32Array; order: number[] } {
  const renumbered = Float64Array.from(
    keys,
    (key) => rank[Math.floor(key / pairBase)]! * pairBase + rank[key % pairBase]!,
  );
  const order = Array.from(keys.keys()).sort((i, j) => renumbered[i]! - renumbered[j]!);
  return {
    first: Int32Array.from(order, (i) => Math.floor(renumbered[i]! / pairBase)),
    second: Int32Array.from(order, (i) => renumbered[i]! % pairBase),
    order,
  };
}
