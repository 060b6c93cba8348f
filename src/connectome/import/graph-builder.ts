import { suggest, UsageError } from '../../spec/errors.js';
import { canonicalName, type Naming, otherNames } from '../names.js';
import { seen, spelled } from '../seen-names.js';
import type { ImportedGraph } from './graph.js';
import { PairSums, pairBase, sortedPairs } from './pairs.js';

/** Whether a junction that is given both ways is one contact told twice, or two contacts. */
export type GapListing = 'mirrored' | 'once';

/** How a file gives its junctions. */
export interface JunctionCounts {
  /** Pairs of cells with one. */
  junctions: number;
  /** Given from either cell to the other. */
  bothWays: number;
  /** Those with another weight in each direction, where the larger one was taken. */
  uneven: number;
}

/** What is said of junctions that were given both ways, where nobody said how to take them, or where weights differ. */
export function gapNotices(
  { junctions, bothWays, uneven }: JunctionCounts,
  asked: GapListing | undefined,
): string[] {
  if (bothWays === 0 || (asked !== undefined && uneven === 0)) return [];
  const larger =
    uneven === 0 ? '' : `; for the ${uneven} with another weight in each direction the larger one counts`;
  return [
    `Gap junctions given in both directions: ${bothWays} of ${junctions}. Each counts once (--gap-listing mirrored)${larger}. ` +
      'If each entry is a contact of its own, give --gap-listing once.',
  ];
}

/** Gathers named cells and the weights between them, whatever file they come from. */
export class GraphBuilder {
  private readonly index = new Map<string, number>();
  private readonly known: ReadonlySet<string>;
  readonly chemical = new PairSums();
  readonly gap = new PairSums();

  /** @param cells the cells there are, where a list says so; empty for any */
  constructor(
    private readonly naming: Naming,
    cells: readonly string[] = [],
  ) {
    this.known = new Set(cells);
    for (const cell of cells) this.intern(cell);
  }

  /** The number of cells so far. */
  get size(): number {
    return this.index.size;
  }

  name(given: string): string {
    return canonicalName(given, this.naming);
  }

  /** What is wrong with a name, where a list of cells lacks it. */
  stranger(name: string): string | undefined {
    if (this.known.size === 0 || this.known.has(name)) return undefined;
    const alike = [...this.known].find((cell) => seen(cell) === seen(name));
    if (alike !== undefined) {
      return `unknown cell ${spelled(name)}: the list of cells has ${spelled(alike)}, which looks the same. Write it in one way.`;
    }
    return `unknown cell "${name}": the list of cells lacks it. ${suggest(name, [...this.known])}`;
  }

  /** The place of a cell, in order of first appearance. */
  intern(name: string): number {
    let cell = this.index.get(name);
    if (cell === undefined) {
      cell = this.index.size;
      if (cell >= pairBase) throw new UsageError(`More than ${pairBase} cells are not supported.`);
      // A name cut out of a file's text would keep that text in memory; this copy stands alone.
      this.index.set(JSON.parse(JSON.stringify(name)) as string, cell);
    }
    return cell;
  }

  /** Junctions once each. */
  private junctions(listing: GapListing): JunctionCounts & { merged: PairSums } {
    const merged = new PairSums();
    const { keys, sums } = this.gap;
    let [uneven, bothWays] = [0, 0];
    for (const [k, key] of keys.entries()) {
      const [from, to] = [Math.floor(key / pairBase), key % pairBase];
      const there = sums[k]!;
      const back = from === to ? undefined : this.gap.get(to, from);
      if (back !== undefined && from > to) continue;
      if (back !== undefined) bothWays++;
      if (back === undefined) merged.add(from, to, there, 0);
      else if (listing === 'once') merged.add(from, to, there + back, 0);
      else {
        merged.add(from, to, Math.max(there, back), 0);
        if (there !== back) uneven++;
      }
    }
    return { merged, uneven, bothWays, junctions: merged.keys.length };
  }

  /** Cells sorted by name and connections by pair. `place` is that of each id in order of first appearance. */
  finish(listing: GapListing = 'mirrored') {
    const names = [...this.index.keys()];
    const ids = [...names].sort();
    const newIndex = new Map(ids.map((id, i) => [id, i]));
    const rank = Int32Array.from(names, (name) => newIndex.get(name)!);
    const pairs = sortedPairs(this.chemical.keys, rank);
    const [chemicalKeys, chemicalSums] = [this.chemical.keys, this.chemical.sums];
    const signed = Float64Array.from(pairs.order, (i) => chemicalSums[i]!);
    const { merged, ...counts } = this.junctions(listing);
    const undirected = merged.keys.map((key) => {
      const [from, to] = [Math.floor(key / pairBase), key % pairBase];
      return rank[from]! <= rank[to]! ? key : to * pairBase + from;
    });
    const ordered = sortedPairs(undirected, rank);
    const junctionSums = merged.sums;
    return {
      ids,
      place: ids.map((id) => this.index.get(id)!),
      keys: Float64Array.from(pairs.order, (i) => chemicalKeys[i]!),
      ...counts,
      aliases: otherNames(ids, this.naming),
      chemical: {
        pre: pairs.first,
        post: pairs.second,
        weight: signed.map(Math.abs),
        sign: Int8Array.from(signed, Math.sign),
      } satisfies ImportedGraph['chemical'],
      gap: {
        a: ordered.first,
        b: ordered.second,
        weight: Float64Array.from(ordered.order, (i) => junctionSums[i]!),
      } satisfies ImportedGraph['gap'],
    };
  }
}
