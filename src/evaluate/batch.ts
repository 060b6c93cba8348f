import { failedLifetime, type LifetimeResult, type LifetimeRunner } from './lifetime.js';

/** Lifetimes to be lived one after the other. */
export interface Batch {
  /** `[lifetimes, genes]` row-major */
  genomes: Float64Array;
  /** `[lifetimes]` */
  seeds: string[];
  /** `[lifetimes]` how often each scenario is lived */
  repeats: number[];
}

/** Lives every lifetime of a batch; one that throws is a failed one and does not touch the others. */
export function liveBatch(runner: LifetimeRunner, { genomes, seeds, repeats }: Batch): LifetimeResult[] {
  const { genes } = runner.space;
  return seeds.map((seed, i) => {
    try {
      return runner.live(genomes.subarray(i * genes, (i + 1) * genes), seed, repeats[i]!);
    } catch (error) {
      return failedLifetime(error instanceof Error ? error.message : String(error));
    }
  });
}
