import type { Batch } from '../../evaluate/batch.js';
import type { Habitat } from '../../evaluate/habitat.js';
import type { LifetimeResult } from '../../evaluate/lives.js';

export interface Life {
  genome: Readonly<Float64Array>;
  seed: string;
  /** How often each scenario is lived. */
  repeats: number;
  /** Which of these comes first: those before it are lived elsewhere; 0 where absent. */
  from?: number;
  /** Whether the result has the trace of the first episode. */
  traced?: boolean;
}

/** Turns genomes into scores. What it returns depends on the lives alone, not on where or in what order they ran. */
export interface Evaluator {
  /** Threads that live at once. */
  readonly workers: number;
  /**
   * One result for each life, in order. A life that fails is a failed result; the promise rejects only on a fault.
   * @param onLived told now and then how many more lives have been lived
   */
  evaluate(lives: readonly Life[], onLived?: (more: number) => void): Promise<LifetimeResult[]>;
  close(): Promise<void>;
}

/** Where lives are lived: in this thread, on a pool of threads, on other machines. One host serves any number of habitats. */
export interface EvaluatorHost {
  /** Threads that live at once. */
  readonly workers: number;
  /** An evaluator of lives in a habitat, beside those of others. Closing it leaves the host and the others as they are. */
  evaluatorOf(habitat: Habitat): Evaluator;
  /** Gives up the threads, when every evaluator is done. */
  close(): Promise<void>;
  /** Takes back what was asked for elsewhere, where the program ends at once. Absent where nothing was. */
  abandon?(): Promise<void>;
}

/** The lives from `from` up to `to` as a batch; the genomes are those of the lives. */
export function batchOf(lives: readonly Life[], from: number, to: number): Batch {
  const part = lives.slice(from, to);
  return {
    genomes: part.map(({ genome }) => genome),
    seeds: part.map(({ seed }) => seed),
    repeats: part.map(({ repeats }) => repeats),
    ...(part.some(({ from }) => from) ? { from: part.map(({ from = 0 }) => from) } : {}),
    traced: part.map(({ traced = false }) => traced),
  };
}
