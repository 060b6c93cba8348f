import { messageWithPlace } from '../spec/own-code.js';
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
  /** `[lifetimes]` which of these comes first, where those before it are lived elsewhere; 0 where absent */
  from?: readonly number[];
  /** `[lifetimes]` whether the result has the trace of the first episode */
  traced: readonly boolean[];
}

/** What a worker returns of a batch. */
export interface BatchReport {
  results: LifetimeResult[];
  /** Milliseconds the batch took there, apart from any waiting. */
  ms: number;
}

/**
 * The order in which the lives of a batch are lived, which changes no result: those whose networks have one structure
 * together, since they share a simulator.
 */
export function livingOrder(runner: LifetimeRunner, { genomes }: Batch): number[] {
  if (!runner.habitat.networksDiffer) return [...genomes.keys()];
  const together = new Map<string | undefined, number[]>();
  for (const [life, genome] of genomes.entries()) {
    const structure = structureIn(runner, genome);
    const others = together.get(structure);
    if (others) others.push(life);
    else together.set(structure, [life]);
  }
  return [...together.values()].flat();
}

function structureIn(runner: LifetimeRunner, genome: Readonly<Float64Array>): string | undefined {
  try {
    return runner.structureOf(genome);
  } catch {
    // It fails when it is lived, and says why.
    return undefined;
  }
}

/** One lifetime of a batch; one that throws is a failed one. */
export function liveOne(runner: LifetimeRunner, batch: Batch, life: number): LifetimeResult {
  const { genomes, seeds, repeats, from, traced } = batch;
  try {
    return runner.live(genomes[life]!, seeds[life]!, repeats[life]!, traced[life]!, from?.[life]);
  } catch (error) {
    return failedLifetime(messageWithPlace(error));
  }
}

/** Lives every lifetime of a batch, a result for each in order. One that fails does not touch the others. */
export function liveBatch(runner: LifetimeRunner, batch: Batch): LifetimeResult[] {
  const results = Array<LifetimeResult>(batch.seeds.length);
  for (const life of livingOrder(runner, batch)) results[life] = liveOne(runner, batch, life);
  return results;
}
