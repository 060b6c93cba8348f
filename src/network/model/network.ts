import type { CellModel, PortModel } from './model.js';
import type { PlasticityRule } from './plasticity-rule.js';

/** One value for all cells, or one each. */
export type Values = number | Float64Array;

export interface Port {
  model: PortModel;
  /** Values of the model's parameters; defaults where absent. */
  parameters: Readonly<Record<string, Values>>;
}

/** Cells of one model, which may differ in their parameters. */
export interface Population {
  name: string;
  count: number;
  model: CellModel;
  /** Values of the model's parameters; defaults where absent. */
  parameters: Readonly<Record<string, Values>>;
  /** States that start otherwise than the model says. */
  start?: Readonly<Record<string, Values>>;
  /** What drives the cells, by name. */
  ports: Readonly<Record<string, Port>>;
  /** Kinds of cells within the population; the parameters in which they differ have a value for each cell. */
  kinds?: Kinds;
  /** How modulators act on the cells, by name. */
  receptors?: Readonly<Record<string, Receptor>>;
  /** The spikes of cells whose model does not fire by itself. */
  train?: SpikeTrain;
  /**
   * Whether each cell counts, in its state `beyondReach`, the steps that lead where its integrator overshoots further
   * with every step. Nothing else that it does is changed by that.
   */
  countsReach?: boolean;
}

/** Which cell of a population is of which kind, and what the kinds differ in. */
export interface Kinds {
  /** By kind, all of the same names: the model's parameters and gains of receptors (`receptor.NAME`). */
  parameters: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** `[cells]` number of the kind */
  of: Int32Array;
  /** By parameter, `[cells]` by what each cell's value differs from its kind's: a factor above 0; 1 where absent. */
  spread?: Readonly<Record<string, Float64Array>>;
}

/**
 * The action of neuromodulators on one quantity of a population's cells. With L the level, the quantity x becomes
 * x + gain L (`shifts`) or x max(1 + gain L, 0.01) (`scales`, which keeps time constants positive).
 */
export interface Receptor {
  /**
   * A parameter of the model, one of a port as `PORT.NAME`, or `I`, the cells' summed current. States start by parameters
   * as they are without modulators.
   */
  target: string;
  acts: 'shifts' | 'scales';
  /** An expression over the modulators, such as `m.DA` or, where one opposes another, `m.DA - 0.5*m.5HT`. */
  level: string;
  /** For all cells, or one each: 0 where a cell has none. The population's parameter `receptor.NAME`. */
  gain: Values;
  /**
   * What the gain is multiplied by in each cell, 1 where absent: so that one gain serves cells that have a receptor (1 or
   * -1), lack it (0), or are farther from where the modulator is released.
   */
  reach?: Float64Array;
}

/** Spikes at given steps: step k ends at (k + 1) dt. */
export interface SpikeTrain {
  /** `[spikes]` ascending; one after the other within a step by cell */
  steps: Int32Array;
  /** `[spikes]` counted in the population */
  cells: Int32Array;
  /** The most spikes that whoever runs the network may list at a time in place of these; these are the most where absent. */
  room?: number;
}

/**
 * When a projection's synapses act within the step in which their spikes arrive: before the cells that fired are
 * reset (what arrives at a state that is reset is lost with it) or after.
 */
export type ProjectionPhase = 'beforeReset' | 'afterReset';

/** Synapses from one population to a port of another, in row order: those of presynaptic cell `i` (counted in its
 * population) are `rowStart[i] … rowStart[i + 1] - 1`. */
export interface Projection {
  name: string;
  from: string;
  to: string;
  /** Name of a port of `to`. */
  port: string;
  acts: ProjectionPhase;
  /** `[cells of from + 1]` */
  rowStart: Int32Array;
  /** `[synapses]` postsynaptic cell, counted in its population */
  post: Int32Array;
  /** `[synapses]` index into the network's weights */
  weight: Int32Array;
  /** From spike to arrival, ms, rounded to whole steps; 0 acts on the cell's next update. */
  delayMs: Values;
  /** Where lives may change the delay, one for all synapses, up to this many ms: as the parameter `PROJECTION.delayMs`. */
  longestDelayMs?: number;
  /** How the weights change; absent where they do not. */
  plasticity?: Plasticity;
  /** Depression and facilitation by use; absent where there is none. */
  shortTerm?: ShortTerm;
}

/** A rule with the values that a projection gives its parameters: one for all synapses, or one each. */
export interface Plasticity {
  rule: PlasticityRule;
  parameters: Readonly<Record<string, Values>>;
  /**
   * The sign of all of the projection's weights, which never changes (Dale's principle): the rule's `w`, and its bounds,
   * are the weight times this. 1 where absent.
   */
  sign?: 1 | -1;
}

/** The value, or values, of one of a rule's parameters. */
export const ruleParameter = ({ rule, parameters }: Plasticity, name: string): Values =>
  parameters[name] ?? rule.parameters[name]!.default;

/**
 * Short-term plasticity (Tsodyks, Pawelzik and Markram 1998, doi:10.1162/089976698300017502) in its event form:
 * x and u recover between the spikes of a presynaptic cell and scale what each of them transmits by x u.
 */
export interface ShortTerm {
  /** Share of the resources that a spike after long rest uses. */
  use: number;
  tauRecoveryMs: number;
  /** 0: no facilitation. */
  tauFacilitationMs: number;
}

/** A neuromodulator's concentration: one for the network, decaying to `baseline` from what is released. */
export interface Modulator {
  tauMs: number;
  baseline: number;
  /** Whether there is none, whatever is released and whatever the baseline: an ablation. */
  absent?: boolean;
  /** Cells whose spikes release it; released from outside only where absent. Nothing releases it where there are none. */
  releasedBy?: readonly Release[];
}

/** Cells that raise a modulator by `amount` with each spike. */
export interface Release {
  population: string;
  /** Counted in the population; all of them where absent. */
  cells?: Int32Array;
  amount: number;
}

/** How a body drives cells. */
export interface InputPort {
  name: string;
  /**
   * fire: while on, the outgoing synapses of the cells deliver in every step, whatever the cells' own state and the
   * synapses' delays;
   * current: while on, the parameter `I` of the cells' port `external` is raised by `amplitude`.
   */
  kind: 'fire' | 'current';
  /** Global cell indices. */
  cells: Int32Array;
  amplitude: number;
}

/** The sum of a state over some cells, taken at the end of each call of the simulator. Ports are read in order. */
export interface OutputPort {
  name: string;
  /** Global cell indices. */
  cells: Int32Array;
  state: string;
  /** Whether reading sets the state to 0. */
  empties: boolean;
}

/**
 * A complete description of one spiking network. Pure data: it can be sent to another thread as it is. Cells are
 * counted through the populations, in order: the first cell of a population has the number of cells before it.
 */
export interface Network {
  dtMs: number;
  populations: readonly Population[];
  projections: readonly Projection[];
  modulators: Readonly<Record<string, Modulator>>;
  inputs: readonly InputPort[];
  outputs: readonly OutputPort[];
  /** `[synapses]` signed weights; projections point here. */
  weights: Float64Array;
}

/** The same network, whose cells count the steps that begin beyond the reach of their integrator. */
export const countingReach = (network: Network): Network => ({
  ...network,
  populations: network.populations.map((population) => ({ ...population, countsReach: true })),
});
