import type { RandomStream } from '../../math/random.js';
import type { Edges, Junctions } from './draft.js';

/** Exchanges tried for each connection; the graph has long forgotten itself by then. */
export const exchangesEach = 20;

/**
 * Pairs of cells that are connected, where two connections may exchange their targets: neither is then given twice, nor
 * leads back to its own cell. Self-connections stay.
 */
export class Targets {
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #directed: boolean;
  readonly #cells: number;
  readonly #present: Set<number>;

  constructor(from: Int32Array, to: Int32Array, cells: number, directed: boolean) {
    this.#from = from;
    this.#to = to;
    this.#directed = directed;
    this.#cells = cells;
    this.#present = new Set(Array.from(from, (cell, k) => this.#key(cell, to[k]!)));
  }

  #key(from: number, to: number): number {
    return this.#directed || from <= to ? from * this.#cells + to : to * this.#cells + from;
  }

  /** Whether i and j would then lead where nothing leads yet. */
  mayExchange(i: number, j: number): boolean {
    const [a, b, c, d] = [this.#from[i]!, this.#to[i]!, this.#from[j]!, this.#to[j]!];
    if (a === b || c === d || a === d || c === b) return false;
    return !this.#present.has(this.#key(a, d)) && !this.#present.has(this.#key(c, b));
  }

  exchange(i: number, j: number): void {
    const [b, d] = [this.#to[i]!, this.#to[j]!];
    for (const k of [i, j]) this.#present.delete(this.#key(this.#from[k]!, this.#to[k]!));
    this.#to[i] = d;
    this.#to[j] = b;
    for (const k of [i, j]) this.#present.add(this.#key(this.#from[k]!, this.#to[k]!));
  }

  /** Turns an undirected connection round: its other end is its target from then on. */
  turn(k: number): void {
    [this.#from[k], this.#to[k]] = [this.#to[k]!, this.#from[k]!];
  }
}

/** Numbers the blocks of cells by their names, in order of the names. */
export function blocksOf(names: readonly string[]): Int32Array {
  const order = new Map([...new Set(names)].sort().map((name, block) => [name, block]));
  return Int32Array.from(names, (name) => order.get(name)!);
}

/** Connections from one block of cells to one block, self-connections aside; in order of their first one. */
export function groupsOf(from: Int32Array, to: Int32Array, block: Int32Array): number[][] {
  const groups = new Map<number, number[]>();
  const blocks = block.reduce((most, number) => Math.max(most, number + 1), 0);
  for (let k = 0; k < from.length; k++) {
    if (from[k] === to[k]) continue;
    const key = block[from[k]!]! * blocks + block[to[k]!]!;
    const group = groups.get(key);
    if (group) group.push(k);
    else groups.set(key, [k]);
  }
  return [...groups.values()];
}

/** Junctions with the end of the lower block first, so that exchanging second ends keeps both blocks. */
function turnedByBlock({ a, b }: Junctions, block: Int32Array): void {
  for (let k = 0; k < a.length; k++) {
    if (block[a[k]!]! > block[b[k]!]!) [a[k], b[k]] = [b[k]!, a[k]!];
  }
}

/** Exchanges the targets of connections from the same block to the same block. */
export function exchangeWithinBlocks(
  { pre, post }: Pick<Edges, 'pre' | 'post'>,
  block: Int32Array,
  stream: RandomStream,
): void {
  const targets = new Targets(pre, post, block.length, true);
  for (const group of groupsOf(pre, post, block)) {
    for (let round = 0; round < exchangesEach * group.length; round++) {
      const [i, j] = [group[stream.integer(group.length)]!, group[stream.integer(group.length)]!];
      if (targets.mayExchange(i, j)) targets.exchange(i, j);
    }
  }
}

/** The same of junctions between the same two blocks, one end of each. */
export function exchangeJunctionsWithinBlocks(gap: Junctions, block: Int32Array, stream: RandomStream): void {
  turnedByBlock(gap, block);
  const targets = new Targets(gap.a, gap.b, block.length, false);
  for (const group of groupsOf(gap.a, gap.b, block)) {
    const alike = block[gap.a[group[0]!]!] === block[gap.b[group[0]!]!];
    for (let round = 0; round < exchangesEach * group.length; round++) {
      const [i, j] = [group[stream.integer(group.length)]!, group[stream.integer(group.length)]!];
      // Between cells of one block a junction may be taken either way round.
      if (alike && stream.integer(2) === 1) targets.turn(j);
      if (i !== j && targets.mayExchange(i, j)) targets.exchange(i, j);
    }
  }
}

/** How many connections could exchange their target with another of the same blocks, as the animal is. */
export function couldMove({ pre, post }: Pick<Edges, 'pre' | 'post'>, block: Int32Array): number {
  const targets = new Targets(pre, post, block.length, true);
  return groupsOf(pre, post, block).reduce(
    (total, group) => total + group.filter((i) => group.some((j) => targets.mayExchange(i, j))).length,
    0,
  );
}

/** The same of gap junctions. */
export function junctionsThatCouldMove(junctions: Pick<Junctions, 'a' | 'b'>, block: Int32Array): number {
  const gap = { a: junctions.a.slice(), b: junctions.b.slice() } as Junctions;
  turnedByBlock(gap, block);
  const targets = new Targets(gap.a, gap.b, block.length, false);
  const eitherWay = (i: number, j: number) => {
    if (targets.mayExchange(i, j)) return true;
    if (i === j || block[gap.a[j]!] !== block[gap.b[j]!]) return false;
    targets.turn(j);
    return targets.mayExchange(i, j);
  };
  return groupsOf(gap.a, gap.b, block).reduce(
    (total, group) => total + group.filter((i) => group.some((j) => i !== j && eitherWay(i, j))).length,
    0,
  );
}
