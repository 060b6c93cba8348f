import { workerData } from 'node:worker_threads';
import { liveBatch } from './batch.js';
import { openHabitat } from './habitat.js';
import { LifetimeRunner } from './lifetime.js';
import { decodeHabitat, decodeJob, encodeRefusal, encodeResults } from './wire.js';

// A thread's stdout is the program's, where results alone go.
console.log = console.error;

/** The runner, or why there is none. */
let opened: Promise<LifetimeRunner | string> | undefined;

async function openRunner(): Promise<LifetimeRunner | string> {
  try {
    const { setup, prepared } = decodeHabitat(workerData as Uint8Array);
    return new LifetimeRunner(await openHabitat(setup, prepared));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `A worker could not open the habitat: ${reason}`;
  }
}

/** The worker pool's entry: the habitat comes once, as the worker's data; jobs follow, and results go back. */
export default async function work(job: Uint8Array): Promise<Uint8Array> {
  opened ??= openRunner();
  const runner = await opened;
  if (typeof runner === 'string') return encodeRefusal(runner);
  const began = performance.now();
  const results = liveBatch(runner, decodeJob(job));
  return encodeResults({ results, ms: performance.now() - began });
}
