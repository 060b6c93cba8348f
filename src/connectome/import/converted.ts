import { UsageError } from '../../spec/errors.js';
import { delimitedText } from '../export/csv.js';
import type { ColumnRole } from './columns.js';
import type { SourceText } from './graph.js';
import type { GapListing } from './graph-builder.js';

/** A file in another format, as an edge list and, where it tells more of its cells, a list of them. */
export interface Converted {
  connections: SourceText;
  cells?: SourceText;
  /** What a user should know of how the file was read, and what of it was not. */
  notices: string[];
}

export interface ConvertOptions {
  /** The attributes that say weight, type, sign and transmitter, where they are not among the known ones. */
  columns?: Partial<Record<ColumnRole, string>> | undefined;
  /** Meaning of type codes beyond the known ones. */
  types?: Readonly<Record<string, string>> | undefined;
  /** How junctions given both ways are to be taken; without it, as the format means them. */
  gapListing?: GapListing | undefined;
}

export type Row = (string | number)[];

/** An edge list and a list of cells as text; `words` are what a row of each stands for, in messages. */
export function converted(
  source: string,
  connections: readonly Row[],
  cells: readonly Row[],
  [connection, cell]: readonly [string, string],
  notices: string[],
): Converted {
  if (connections.length < 2) throw new UsageError(`${source}: there is no connection in it.`);
  return {
    connections: { source, text: delimitedText(connections), lineIs: connection },
    ...(cells.length > 1 ? { cells: { source, text: delimitedText(cells), lineIs: cell } } : {}),
    notices,
  };
}

/**
 * Puts the ends of junctions without direction in one order, so that those between the same two cells add, and says how
 * many pairs the file gives both ways round. `mirrored` leaves them as they stand, for the edge list to take as one.
 */
export class Undirected {
  private readonly firstWay = new Map<string, boolean>();
  private readonly bothWays = new Set<string>();

  constructor(private readonly listing: GapListing | undefined) {}

  ends(one: string, other: string): [string, string] {
    const swap = other < one;
    const ordered: [string, string] = swap ? [other, one] : [one, other];
    const pair = JSON.stringify(ordered);
    const before = this.firstWay.get(pair);
    if (before === undefined) this.firstWay.set(pair, swap);
    else if (before !== swap) this.bothWays.add(pair);
    return this.listing === undefined ? ordered : [one, other];
  }

  notices(source: string): string[] {
    const { size } = this.bothWays;
    if (size === 0 || this.listing !== undefined) return [];
    return [
      `${source}: junctions given both ways round (A-B and B-A), by pairs of cells: ${size}. In this format each is a ` +
        'junction of its own, so their weights add. If the file lists each junction twice, give --gap-listing mirrored.',
    ];
  }
}
