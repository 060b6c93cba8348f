import type { z } from 'zod';

/** What a strategy searches. Arrays are `[genes]`; every candidate lies within `low` and `high`. */
export interface Problem {
  genes: number;
  low: Float64Array;
  high: Float64Array;
  /** Where the search starts, such as the animal's own weights. */
  start: Float64Array;
  /** For each gene a change that matters; first steps are measured in it. */
  step: Float64Array;
  /** A gene that is drawn anew is drawn uniformly from here. */
  priorLow: Float64Array;
  priorHigh: Float64Array;
}

export interface Candidate {
  /** `[genes]` the receiver must not change it, and must be done with it before the next `tell`. */
  genome: Readonly<Float64Array>;
  /** How much of a full evaluation it is to get, in (0, 1]. */
  fidelity: number;
}

/** What became of a candidate. */
export interface Outcome {
  /** failed: there is no finite score; such a candidate ranks last. */
  status: 'ok' | 'failed';
  /** To be maximised. */
  objectives: readonly number[];
  /** Satisfied where at most 0. */
  constraints: readonly number[];
  measures: Readonly<Record<string, number>>;
}

type Plain = number | string | boolean | null | Float64Array | Int32Array | Uint8Array;
/** The whole state of a strategy, its random stream included: plain values and typed arrays. */
export type Snapshot = { readonly [key: string]: Plain | Snapshot | readonly (Plain | Snapshot)[] };

/**
 * An outer-loop search, driven from outside: `ask`, evaluate, `tell`, again and again. It maximises. One ask with its
 * tell is a step. `k + m` steps give the same, to the bit, as `k` steps, `snapshot`, `restore`, `m` steps.
 */
export interface Strategy {
  /** The candidates of the next step, at least one; calling it again before `tell` gives the same. */
  ask(): readonly Candidate[];
  /** The outcomes of the last `ask`, in its order. */
  tell(outcomes: readonly Outcome[]): void;
  /** Its state between a `tell` and the next `ask`. It shares no memory with the strategy. */
  snapshot(): Snapshot;
  /** Why it has nothing more to try, or undefined while it has. */
  readonly stopped?: string | undefined;
}

export interface StrategyModule<Schema extends z.ZodType = z.ZodType> {
  summary: string;
  source: string;
  options: Schema;
  create(problem: Problem, options: z.output<Schema>, seed: string): Strategy;
  restore(problem: Problem, options: z.output<Schema>, snapshot: Snapshot): Strategy;
}
