import type { CellModelName } from './cells/table.js';

/** One kind of cell: a model and its parameter values, shared by all cells of the type. */
export interface CellType {
  name: string;
  model: CellModelName;
  parameters: Readonly<Record<string, number>>;
}

/**
 * When a projection's synapses act within the step in which their presynaptic cell fires: before the cells that
 * fired are reset (what arrives at a cell that fired is lost with its charge) or after (it is kept).
 */
export type ProjectionPhase = 'beforeReset' | 'afterReset';

/** A set of synapses in row order: those of presynaptic cell `i` are `rowStart[i] … rowStart[i + 1] - 1`. */
export interface Projection {
  name: string;
  acts: ProjectionPhase;
  /** `[cells + 1]` */
  rowStart: Int32Array;
  /** `[synapses]` postsynaptic cell */
  post: Int32Array;
  /** `[synapses]` index into the network's weights */
  weight: Int32Array;
}

/** Cells whose outgoing synapses all deliver when the input is on, whatever the cells' own state. */
export interface InputPort {
  name: string;
  cells: Int32Array;
}

/** The summed charge of some cells, taken at the end of a step; reading empties the cells. Ports are read in order. */
export interface OutputPort {
  name: string;
  cells: Int32Array;
}

/** A complete description of one spiking network. Pure data: it can be sent to another thread as it is. */
export interface Network {
  cells: {
    ids: readonly string[];
    /** `[cells]` index into `types` */
    type: Uint8Array;
  };
  types: readonly CellType[];
  projections: readonly Projection[];
  inputs: readonly InputPort[];
  outputs: readonly OutputPort[];
  /** `[synapses]` signed weights, in the order of the connectome */
  weights: Float64Array;
}
