import { suggest, UsageError } from '../spec/errors.js';
import type { CellKind, Exclusion, Licence, Modulator, Source, WeightUnit } from './schema.js';

export interface Cells {
  count: number;
  ids: string[];
  classes: string[];
  kinds: CellKind[];
  /** Subset of "sim" (sensory, inter, motor); empty where unknown or not a neuron. */
  roles: string[];
  transmitters: string[][];
  /** Empty string where unknown. */
  ganglia?: string[];
  /** Row-major [cells, 3]; NaN where unknown. */
  positionsUm?: Float64Array;
  modalities?: string[][];
}

/** Directed connections, sorted by (pre, post), one a pair. */
export interface ChemicalConnections {
  count: number;
  pre: Int32Array;
  post: Int32Array;
  /** Magnitude, in the connectome's weight unit. */
  weight: Float64Array;
  /** 1, -1, or 0: no weight, or a sign that is not known. */
  sign: Int8Array;
  /** One code a connection, where the table says what its signs rest on; `u` is "not known". */
  signBasis?: string;
  signBasisLegend?: Record<string, string>;
}

/** Undirected connections, a <= b, sorted by (a, b), one a pair. */
export interface GapJunctions {
  count: number;
  a: Int32Array;
  b: Int32Array;
  weight: Float64Array;
  /** One code a junction; a dot means nothing to remark. */
  flag: string;
  flagLegend?: Record<string, string>;
  /** Junctions whose weight in the source is a placeholder, and that weight. */
  capped?: { index: number[]; published: number[] };
}

/** An animal's cells and connections. Plain data throughout, so that it reaches a worker by structured clone. */
export interface Connectome {
  id: string;
  species: string;
  sex: string;
  stage: string;
  weightUnit: WeightUnit;
  /** SHA-256 of the canonical JSON of the table it was read from, its own `hash` field aside. */
  hash: string;
  licence: Licence;
  citation: string[];
  notes: string[];
  sources: Source[];
  cells: Cells;
  chemical: ChemicalConnections;
  gap: GapJunctions;
  modulators: Modulator[];
  /** Other names of cells, to their ids. */
  aliases: Record<string, string>;
  excluded: Exclusion[];
}

const indices = new WeakMap<Connectome, Map<string, number>>();

/** A cell is named that a connectome lacks. */
export class UnknownCellError extends UsageError {}

/** Index of every name of a cell: ids and aliases. Built once for each connectome object. */
function namesOf(connectome: Connectome): Map<string, number> {
  let names = indices.get(connectome);
  if (names === undefined) {
    names = new Map(connectome.cells.ids.map((id, i) => [id, i]));
    for (const [alias, id] of Object.entries(connectome.aliases)) {
      const cell = names.get(id);
      if (cell !== undefined && !names.has(alias)) names.set(alias, cell);
    }
    indices.set(connectome, names);
  }
  return names;
}

/** Whether a connectome has a cell of this id or alias. */
export const hasCell = (connectome: Connectome, name: string): boolean => namesOf(connectome).has(name);

/** The index of a cell by id or alias. Throws an {@link UnknownCellError} that lists near names. */
export function cellIndex(connectome: Connectome, name: string): number {
  const names = namesOf(connectome);
  const found = names.get(name);
  if (found === undefined) {
    throw new UnknownCellError(
      `Unknown cell "${name}" in connectome "${connectome.id}". ${suggest(name, [...names.keys()])}`,
    );
  }
  return found;
}

/**
 * Weight times sign for each chemical connection, in the table's order. Where a weight's sign is not known,
 * `unknownSign` stands in; 0 leaves the connection silent.
 */
export function signedWeights(connectome: Connectome, unknownSign: -1 | 0 | 1 = 0): Float64Array {
  const { weight, sign } = connectome.chemical;
  // Adding 0 turns the -0 that a zero weight times a negative sign would give into 0.
  return weight.map((magnitude, i) => magnitude * (sign[i] || unknownSign) + 0);
}
