import type { Integrator } from './integrators.js';

/** A quantity with its unit and the range in which it makes sense. */
export interface Parameter {
  unit: string;
  default: number;
  low: number;
  high: number;
  about: string;
}

/** A parameter, written in one line. */
export const quantity = (
  unit: string,
  value: number,
  low: number,
  high: number,
  about: string,
): Parameter => ({ unit, default: value, low, high, about });

export type Parameters = Readonly<Record<string, Parameter>>;

/** Whether a value has a sign that a parameter cannot have: ranges say what is usual, but no time constant is negative. */
export const hasWrongSign = ({ low }: Parameter, value: number) =>
  (low >= 0 && value < 0) || (low > 0 && value === 0);

export interface StateVariable {
  unit: string;
  /** Value before the first step: a number, or an expression over the model's parameters. */
  start: number | string;
  about?: string | undefined;
}

/** A named set of parameter values, such as a kind of cell that somebody fitted. */
export interface NamedType {
  about: string;
  parameters: Readonly<Record<string, number>>;
  /** States that start otherwise than the model says. */
  start?: Readonly<Record<string, number>> | undefined;
}

/** An experiment on one cell, and what is known of its outcome: drawn in the gallery, checked in both engines. */
export interface Protocol {
  about: string;
  /** One of the model's types. */
  type?: string | undefined;
  parameters?: Readonly<Record<string, number>> | undefined;
  start?: Readonly<Record<string, number>> | undefined;
  integrator?: Integrator | undefined;
  /** The input over `t` (ms), in the model's current unit; a random draw makes noise. */
  current: string;
  dtMs: number;
  durationMs: number;
  expect?: Expectation | undefined;
}

export interface Expectation {
  /** Where the figures come from. */
  source: string;
  spikes?: number | undefined;
  /** Times of the first spikes, or of all of them. */
  timesMs?: readonly number[] | undefined;
  /** Of each time; a millionth of a millisecond where absent. */
  toleranceMs?: number | undefined;
  /** Whether a spike is timed at the start of its step or (the default) at its end. */
  timed?: 'start' | 'end' | undefined;
  /** Spikes a second over the whole protocol. */
  rateHz?: number | undefined;
  rateToleranceHz?: number | undefined;
  /** States at the end. */
  ends?: Readonly<Record<string, number>> | undefined;
  /** Of each of them; a millionth where absent. */
  endsTolerance?: number | undefined;
}

/**
 * A cell model in the equation language of `src/expression`. Names that equations may use: the model's parameters and
 * states, `I` (the summed current of the cell's synapses and inputs), `t` (ms), `dt` (the step, ms).
 */
export interface CellModel {
  name: string;
  summary: string;
  source: string;
  parameters: Parameters;
  state: Readonly<Record<string, StateVariable>>;
  /** Unit of `I`; absent for cells that take no current. */
  currentUnit?: string | undefined;
  /** How `equations` are stepped. */
  integrator?: Integrator | undefined;
  /** `dv/dt = …` for states, `name = …` for intermediate quantities, in the order in which they are needed. */
  equations?: readonly string[] | undefined;
  /**
   * In place of equations, or after them: statements that take the state one step further, in order. What they assign
   * to other names is a passing value of the step, for the statements after it.
   */
  update?: readonly string[] | undefined;
  /** The cell fires where this holds after an update. */
  threshold?: string | undefined;
  /**
   * level (the default): fires at every step at which the threshold holds, and is reset; crossing: fires where the
   * threshold begins to hold, for models that come down by themselves.
   */
  firing?: 'level' | 'crossing' | undefined;
  /** Statements that act on a cell that fired. */
  reset?: readonly string[] | undefined;
  /** For `ms` after a spike, `holds` stay as they are and the cell cannot fire. */
  refractory?: { ms: string; holds: readonly string[] } | undefined;
  types?: Readonly<Record<string, NamedType>> | undefined;
  protocols?: Readonly<Record<string, Protocol>> | undefined;
}

/**
 * What drives a cell: a synapse's part on the postsynaptic side, or an input from outside. Equations see their own
 * parameters and states, the cell's states, `t` and `dt`; after the cell's update the port's own state moves on.
 */
export interface PortModel {
  name: string;
  summary: string;
  source: string;
  parameters: Parameters;
  state: Readonly<Record<string, StateVariable>>;
  /** Pure decays, `dg/dt = -g / tau`, which are stepped exactly. */
  equations?: readonly string[] | undefined;
  /** In place of equations, or after them: statements that take the state one step further. */
  update?: readonly string[] | undefined;
  /**
   * Statements carried out when the cell fires, after the cell's own reset: the port sees the cell's spikes. What they
   * assign to names that are no states is a passing value, for the statements after it.
   */
  onFire?: readonly string[] | undefined;
  /**
   * What is added to the cell's `I`; absent for synapses that act on a state of the cell. A state that receives
   * spikes, and that no `update` changes, stands for its mean over the coming step, so that the charge is right however long
   * the step is.
   */
  current?: string | undefined;
  /** Whether it stands for its value at the start of the step in place of that, as in scripts of publications. */
  heldFromStart?: boolean | undefined;
  /** The state that arriving spikes add their weight to: the port's own, or else the cell's. Absent for inputs. */
  receives?: string | undefined;
  /**
   * For synapses without spikes: what a presynaptic cell sends at every step, over its own parameters and states. The
   * state that `receives` holds the weighted sum over the presynaptic cells; the parameter-like name `weightSum`
   * stands for the sum of the weights.
   */
  sends?: string | undefined;
  /** Unit of the weights. */
  weightUnit?: string | undefined;
}

/** What a model's values are when nothing else is said. */
export function defaultsOf(parameters: Parameters): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { default: value }]) => [name, value]));
}
