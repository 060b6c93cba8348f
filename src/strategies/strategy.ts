import type { z } from 'zod';
import type { Dimension } from '../archives/cells.js';
import type { EliteArchive } from '../archives/elites.js';
import type { RandomStream } from '../math/random.js';

/** Genes that belong together, such as those of one presynaptic cell. */
export interface GeneGroup {
  name: string;
  /** Indices of its genes, ascending; a gene may be in several groups. */
  genes: Int32Array;
}

/** A genome of an earlier search, and how it scored there. */
export interface Solution {
  /** `[genes]` within the bounds */
  genome: Readonly<Float64Array>;
  /** The more the better. */
  score: number;
}

/** From what an earlier search of the same genes found, a search begins. */
export interface Beginning {
  /** The best of it, two or more. */
  solutions: readonly Solution[];
  /** How far about each of them is promising, in first deviations of a cold start. */
  spread: number;
}

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
  /**
   * 0 where the gene is real; k >= 2 where it is an integer of k levels, coded 0 to k - 1: bounds, start, prior and every
   * candidate are then whole numbers. Levels are names, not amounts: neighbours need not resemble each other.
   */
  levels: Int32Array;
  /**
   * `[genes]` 1 where the levels of an integer gene are amounts, such as a count, so that neighbours resemble each other: its
   * levels are then the whole numbers from `low` to `high`. Absent where no gene's are.
   */
  ordered?: Uint8Array;
  /** Which genes belong together; empty where nothing is known of that. */
  groups: readonly GeneGroup[];
  /** Where several genomes say the same: the genes that count, and another way to say it; absent where all always count. */
  coding?: {
    /** `[genes]` 1 for those that what the genome says depends on. */
    activeIn(genome: Readonly<Float64Array>): Uint8Array;
    /** A genome that says the same with its genes in other places, as far as there is one. */
    reordered(genome: Readonly<Float64Array>, stream: RandomStream): Float64Array;
  };
  /** Absent where there was no earlier search. */
  warmStart?: Beginning;
  /** How many objectives a candidate is told, at least 1. */
  objectives: number;
  /** How many constraints a candidate is told. */
  constraints: number;
  /** Measures with a known range by which candidates can be told apart; empty where none are declared. */
  behaviours: readonly Dimension[];
  /** The gene's name, for messages. */
  nameOf(gene: number): string;
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

/** The elites that a search keeps by what they do. */
export interface KeptArchive {
  readonly elites: EliteArchive;
  /** Objective that counts 0 in the QD score. */
  readonly offset: number;
  /** `[dimensions]` measures that lay outside their range and were taken as its border. */
  readonly clipped: Readonly<Int32Array>;
  /** Candidates with a score of which a measure is NaN: they have no cell. */
  readonly unplaced: number;
}

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
  /** What it keeps by what candidates do; absent where it keeps no archive. */
  readonly archive?: KeptArchive | undefined;
}

/** What a strategy can search; what it cannot is refused before it begins. */
export interface Takes {
  /** Genes that are integers, or only those whose levels are amounts: every candidate then keeps to their levels. */
  integers: boolean | 'ordered';
  /** The most objectives that it makes use of; Infinity where it needs none of them. */
  objectives: number;
  /** Constraints: it prefers candidates that satisfy them. */
  constraints: boolean;
  /** The most genes; any number where absent. */
  mostGenes?: number;
  /**
   * Whether it learns from genomes from outside: when told, it reads the genomes that its candidates then hold, into which
   * others may have been written since it was asked.
   */
  injected?: boolean;
  /** Whether it can begin from the best genomes of an earlier search. */
  warmStart?: boolean;
  /** Whether it needs to be told behaviour measures, or with which options: their values are then recorded. */
  behaviour?: boolean | ((options: Readonly<Record<string, unknown>>) => boolean);
}

/** What may change of a search under way, by which a run branches from another's state. */
export interface Branching {
  /** Options on which its state does not depend: the search goes on with other values of them. */
  options: readonly string[];
  /**
   * The state without what it remembers of scores, so that something else is scored from here on; absent where the state
   * cannot do without.
   */
  withoutScores?(snapshot: Snapshot): Snapshot;
}

export interface StrategyModule<Schema extends z.ZodType = z.ZodType> {
  summary: string;
  source: string;
  options: Schema;
  takes: Takes;
  /** Nothing may change under way where absent. */
  branching?: Branching;
  /**
   * The option with the evaluations that a search is planned for, null where those of its budget, if that has them; absent
   * where it plans nothing.
   */
  plannedBy?: string;
  /** What is wrong with options for a problem, as an option and what is expected of it; absent where nothing can be. */
  fault?(problem: Problem, options: z.output<Schema>): string | undefined;
  create(problem: Problem, options: z.output<Schema>, seed: string): Strategy;
  restore(problem: Problem, options: z.output<Schema>, snapshot: Snapshot): Strategy;
}
