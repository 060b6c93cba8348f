import { workerData } from 'node:worker_threads';
import { liveBatch, setupFailed } from './batch.js';
import { openHabitat } from './habitat.js';
import { LifetimeRunner } from './lifetime.js';
import { decodeHabitat, decodeJob, encodeResults } from './wire.js';

let opened: Promise<LifetimeRunner> | undefined;

async function openRunner(): Promise<LifetimeRunner> {
  try {
    const { setup, prepared } = decodeHabitat(workerData as Uint8Array);
    return new LifetimeRunner(await openHabitat(setup, prepared));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(`A worker could not open the habitat: ${reason}`), { name: setupFailed });
  }
}

/** The worker pool's entry: the habitat comes once, as the worker's data; jobs follow, and results go back. */
export default async function work(job: Uint8Array): Promise<Uint8Array> {
  opened ??= openRunner();
  const runner = await opened;
  const began = performance.now();
  const results = liveBatch(runner, decodeJob(job));
  return encodeResults({ results, ms: performance.now() - began });
}
