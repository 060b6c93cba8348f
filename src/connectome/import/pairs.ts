/** Cell indices stay below this, so that a pair of them is one exact number. */
export const pairBase = 0x400_0000;

/**
 * Sums by pair of cells, in order of first appearance; grows with the number of distinct pairs. Hashed by hand into typed
 * arrays: a Map and lists of numbers take several times the memory for millions of pairs.
 */
export class PairSums {
  private size = 0;
  /** Place of a pair in the columns, -1 where free; twice as long as the columns, a power of two. */
  private slots = new Int32Array(128).fill(-1);
  private keyColumn = new Float64Array(64);
  private sumColumn = new Float64Array(64);
  private placeColumn = new Float64Array(64);

  /** `first * pairBase + second` for each pair. */
  get keys(): Float64Array {
    return this.keyColumn.subarray(0, this.size);
  }

  get sums(): Float64Array {
    return this.sumColumn.subarray(0, this.size);
  }

  /** The slot of a pair, or the free one where it would go. */
  private slotOf(first: number, second: number): number {
    const { slots, keyColumn } = this;
    const key = first * pairBase + second;
    const last = slots.length - 1;
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & last;
    while (slots[slot]! >= 0 && keyColumn[slots[slot]!] !== key) slot = (slot + 1) & last;
    return slot;
  }

  private grow(): void {
    const doubled = (column: Float64Array) => {
      const longer = new Float64Array(2 * column.length);
      longer.set(column);
      return longer;
    };
    this.keyColumn = doubled(this.keyColumn);
    this.sumColumn = doubled(this.sumColumn);
    this.placeColumn = doubled(this.placeColumn);
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    for (const [i, key] of this.keys.entries()) {
      this.slots[this.slotOf(Math.floor(key / pairBase), key % pairBase)] = i;
    }
  }

  /** Adds to a pair. Returns the place where the pair was first seen, or undefined when it is new. */
  add(first: number, second: number, value: number, place: number): number | undefined {
    const slot = this.slotOf(first, second);
    const known = this.slots[slot]!;
    if (known >= 0) {
      this.sumColumn[known]! += value;
      return this.placeColumn[known];
    }
    const i = this.size++;
    this.slots[slot] = i;
    this.keyColumn[i] = first * pairBase + second;
    this.sumColumn[i] = value;
    this.placeColumn[i] = place;
    if (this.size === this.keyColumn.length) this.grow();
    return undefined;
  }

  get(first: number, second: number): number | undefined {
    const known = this.slots[this.slotOf(first, second)]!;
    return known < 0 ? undefined : this.sumColumn[known];
  }
}

/** `order` rearranged to ascending values below `limit`, ties as they were: a counting sort, linear in both. */
function sortedBy(values: Int32Array, limit: number, order: Int32Array): Int32Array {
  const next = new Int32Array(limit + 1);
  for (const value of values) next[value + 1]! += 1;
  for (let value = 0; value < limit; value++) next[value + 1]! += next[value]!;
  const sorted = new Int32Array(order.length);
  for (const i of order) sorted[next[values[i]!]!++] = i;
  return sorted;
}

/** Pairs sorted by (first, second) after each cell is renumbered to its rank; `order` are their former places. */
export function sortedPairs(
  keys: Float64Array,
  rank: Int32Array,
): { first: Int32Array; second: Int32Array; order: Int32Array } {
  const first = Int32Array.from(keys, (key) => rank[Math.floor(key / pairBase)]!);
  const second = Int32Array.from(keys, (key) => rank[key % pairBase]!);
  const bySecond = sortedBy(
    second,
    rank.length,
    new Int32Array(keys.length).map((_, i) => i),
  );
  const order = sortedBy(first, rank.length, bySecond);
  return { first: order.map((i) => first[i]!), second: order.map((i) => second[i]!), order };
}
