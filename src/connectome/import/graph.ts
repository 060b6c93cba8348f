import type { CellKind, Exclusion } from '../schema.js';

export interface SourceText {
  /** Names the file in messages. */
  source: string;
  text: string;
  /** The text in order, for readers that need not have it whole. */
  pieces?: Iterable<string>;
  /** What each line after the first stands for, such as `edge`, where the text was made of another format. */
  lineIs?: string;
}

/** A place in a file, in words. */
export const placeWithin = ({ lineIs }: SourceText, line: number): string =>
  lineIs === undefined ? `line ${line}` : `${lineIs} ${line - 1}`;

/** The same, with the file. */
export const placeIn = (file: SourceText, line: number): string =>
  `${file.source}, ${placeWithin(file, line)}`;

/** What every importer hands on: cells and connections, before they are dressed as a table. */
export interface ImportedGraph {
  /** Sorted by code unit. */
  ids: string[];
  kinds: CellKind[];
  /** Where the source gives classes. */
  classes?: string[];
  /** Other names of cells, to their ids. */
  aliases: Record<string, string>;
  /** By cell; empty where the source tells none or contradicts itself. */
  transmitters: string[][];
  /** Sorted by (pre, post). `weight` is a magnitude, `sign` 1, -1, or 0 where the weight is 0. */
  chemical: { pre: Int32Array; post: Int32Array; weight: Float64Array; sign: Int8Array };
  /** Where the source gives signs: `s` for one that it states, `u` for one that it leaves open. */
  signBasis?: string;
  /** Sorted by (a, b), a <= b. */
  gap: { a: Int32Array; b: Int32Array; weight: Float64Array };
  /** Left out on request. */
  excluded: Exclusion[];
  /** What a user should know of how the rows were read. */
  notices: string[];
}
