import type { Parameters } from '../model.js';

/** A trace that spikes of one side of a synapse leave behind: raised by 1 or set to 1, then decaying. */
export interface SpikeTrace {
  of: 'pre' | 'post';
  /** Name of the parameter that holds its time constant, in ms. */
  tau: string;
  /** add: every spike counts; set: only the last one does. */
  each: 'add' | 'set';
}

/**
 * A rule by which weights change, in the equation language. Names in its statements: its parameters, its traces, `w`
 * (the weight) and `c` (the eligibility). Traces rise after both `onPre` and `onPost` of a step, so that spikes of the
 * same step make no pair. Between events `c` decays with `tauEligibility` and `dw/dt = c drive`.
 */
export interface PlasticityRule {
  name: string;
  summary: string;
  source: string;
  parameters: Parameters;
  traces: Readonly<Record<string, SpikeTrace>>;
  /** Statements on `c` or `w` when a presynaptic spike arrives, after it has been transmitted. */
  onPre: readonly string[];
  /** Statements on `c` or `w` when the postsynaptic cell fires. */
  onPost: readonly string[];
  /** The eligibility's time constant, a parameter in ms, and what turns it into weight, per ms, over parameters and
   * modulators (`m.DA`). Absent for rules that change `w` at once. */
  eligibility?: { tau: string; drive: string };
  /** Parameters that hold the bounds of `w`. */
  bounds: { low: string; high: string };
}

/** A rule as a projection has it: the value of one of its parameters. */
export const ruleParameter = (
  { rule, parameters }: { rule: PlasticityRule; parameters: Readonly<Record<string, number>> },
  name: string,
): number => parameters[name] ?? rule.parameters[name]!.default;
