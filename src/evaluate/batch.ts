import type { LifetimeRunner } from './lifetime.js';
import { failedLifetime, type LifetimeResult } from './lives.js';

/** Lifetimes to be lived one after the other. */
export interface Batch {
  /** `[lifetimes]`, each `[genes]` */
  genomes: readonly Readonly<Float64Array>[];
  /** `[lifetimes]` */
  seeds: readonly string[];
  /** `[lifetimes]` how often each scenario is lived */
  repeats: readonly number[];
}

/** What a worker returns of a batch. */
export interface BatchReport {
  results: LifetimeResult[];
  /** Milliseconds the batch took there, apart from any waiting. */
  ms: number;
}

/** Name of the error of a worker that cannot open its habitat. */
export const setupFailed = 'WorkerSetupError';

/** Lives every lifetime of a batch; one that throws is a failed one and does not touch the others. */
export function liveBatch(runner: LifetimeRunner, { genomes, seeds, repeats }: Batch): LifetimeResult[] {
  return seeds.map((seed, i) => {
    try {
      return runner.live(genomes[i]!, seed, repeats[i]!);
    } catch (error) {
      return failedLifetime(error instanceof Error ? error.message : String(error));
    }
  });
}
