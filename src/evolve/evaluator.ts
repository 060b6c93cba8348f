import { setImmediate } from 'node:timers/promises';
import { type Batch, liveBatch } from '../evaluate/batch.js';
import { type LifetimeResult, LifetimeRunner, type LifetimeSetup } from '../evaluate/lifetime.js';
import { loadAssembler } from '../kernel/assemble.js';

export interface Life {
  genome: Readonly<Float64Array>;
  seed: string;
  /** How often each scenario is lived. */
  repeats: number;
}

/** Turns genomes into scores. What it returns depends on the lives alone, not on where or in what order they ran. */
export interface Evaluator {
  /** Threads that live at once. */
  readonly workers: number;
  /** One result for each life, in order. A life that fails is a failed result; the promise rejects only on a fault. */
  evaluate(lives: readonly Life[]): Promise<LifetimeResult[]>;
  close(): Promise<void>;
}

/** The lives from `from` up to `to` as one message. */
export function batchOf(lives: readonly Life[], from: number, to: number): Batch {
  const part = lives.slice(from, to);
  const genes = part[0]?.genome.length ?? 0;
  const genomes = new Float64Array(part.length * genes);
  part.forEach(({ genome }, i) => {
    genomes.set(genome, i * genes);
  });
  return { genomes, seeds: part.map(({ seed }) => seed), repeats: part.map(({ repeats }) => repeats) };
}

/** The thread is given up at least this often, so that Ctrl-C is heard. */
const listenEveryMs = 50;

/** Lives in this thread. */
export function inProcessEvaluator(setup: LifetimeSetup): Evaluator {
  const runner = new LifetimeRunner(setup);
  let listened = performance.now();
  return {
    workers: 1,
    evaluate: async (lives) => {
      await loadAssembler();
      const results: LifetimeResult[] = [];
      for (let i = 0; i < lives.length; i++) {
        results.push(...liveBatch(runner, batchOf(lives, i, i + 1)));
        if (performance.now() - listened < listenEveryMs) continue;
        await setImmediate();
        listened = performance.now();
      }
      return results;
    },
    close: async () => {},
  };
}
