import { workerData } from 'node:worker_threads';
import { type Batch, type BatchReport, liveBatch, setupFailed, type WorkerSetup } from './batch.js';
import { openHabitat } from './habitat.js';
import { LifetimeRunner } from './lifetime.js';

let opened: Promise<LifetimeRunner> | undefined;

async function openRunner(): Promise<LifetimeRunner> {
  const { setup, prepared } = workerData as WorkerSetup;
  try {
    return new LifetimeRunner(await openHabitat(setup, prepared));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(`A worker could not open the habitat: ${reason}`), { name: setupFailed });
  }
}

/** The worker pool's entry: the setup comes once, as the worker's data; batches follow. */
export default async function work(batch: Batch): Promise<BatchReport> {
  opened ??= openRunner();
  const runner = await opened;
  const began = performance.now();
  return { results: liveBatch(runner, batch), ms: performance.now() - began };
}
