import type { Parameters } from './model.js';

/**
 * A quantity of one side of a synapse, kept for each cell: what its spikes leave behind, or what follows its state.
 * Between spikes it decays to 0 with `tau`, or, where it follows something, relaxes to that; without a `tau` it stays.
 */
export interface Trace {
  of: 'pre' | 'post';
  /** Of its values, of what it follows, and of what a spike adds; a plain number where absent. */
  unit?: string | undefined;
  /** Name of the parameter that holds its time constant, in ms. */
  tau?: string | undefined;
  /**
   * At a spike: `add` raises it by 1, `set` makes it 1; or an expression for its new value, over the parameters and the
   * traces of its side as they were before the spike. Absent: spikes do nothing to it.
   */
  each?: 'add' | 'set' | (string & {}) | undefined;
  /**
   * What it relaxes to, `dx/dt = (follows - x) / tau`: an expression over the parameters, the other traces of its side
   * and the cell's states, as `cell.v`.
   */
  follows?: string | undefined;
  /** Value at the start of a lifetime, or a parameter that holds it; 0 where absent. */
  start?: number | string | undefined;
  /** A presynaptic trace that already counts a spike of this step when the postsynaptic cell fires in it. */
  coincident?: boolean | undefined;
}

/** A quantity that each synapse keeps beside its weight, such as an eligibility. */
export interface SynapseVariable {
  about: string;
  unit: string;
  /** Name of the parameter that holds its time constant of decay, in ms; without one it stays. */
  tau?: string | undefined;
  /** What turns it into weight, per ms, over parameters and modulators (`m.DA`): `dw/dt = variable drive`. */
  drive?: string | undefined;
  /** Value at the start of a lifetime: a number, or `w`; 0 where absent. */
  start?: number | 'w' | undefined;
}

/**
 * A rule by which weights change, in the equation language. Names in its statements: its parameters, its traces, `w`
 * (the weight), its synapse variables, `m.NAME` (modulators), `pre.NAME` and `post.NAME` (states of the two cells).
 * Traces rise after both `onPre` and `onPost` of a step, so that spikes of the same step make no pair.
 */
export interface PlasticityRule {
  name: string;
  summary: string;
  source: string;
  parameters: Parameters;
  /** Named parameter sets, such as fits to experiments. */
  types?:
    | Readonly<Record<string, { about: string; parameters: Readonly<Record<string, number>> }>>
    | undefined;
  traces: Readonly<Record<string, Trace>>;
  synapse?: Readonly<Record<string, SynapseVariable>> | undefined;
  /**
   * Parameters by whose difference a statement divides, the one by the other: where they are nearer than a thousandth, the
   * first is moved to that distance, so that the difference of two traces still tells how old their spikes are.
   */
  apart?: Readonly<Record<string, string>> | undefined;
  /** Statements on `w` and synapse variables when a presynaptic spike arrives, after it has been transmitted. */
  onPre: readonly string[];
  /** Statements when the postsynaptic cell fires. */
  onPost: readonly string[];
  /** Statements for every synapse at regular times: `every` is the parameter that holds the interval, in ms. */
  onUpdate?: { every: string; statements: readonly string[] } | undefined;
  /**
   * Statements for every synapse when a task says that something happened. `incoming.w` is here, and in `onUpdate`, the
   * mean weight of the projection's synapses onto the postsynaptic cell, before the statements.
   */
  onEvent?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Parameters that hold the bounds of `w`, whose unit is the weight's. */
  bounds: { low: string; high: string };
}
