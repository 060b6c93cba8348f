import { workerData } from 'node:worker_threads';
import { type Batch, liveBatch } from './batch.js';
import { type LifetimeResult, LifetimeRunner, type LifetimeSetup } from './lifetime.js';

let runner: LifetimeRunner | undefined;

export interface BatchReport {
  results: LifetimeResult[];
  /** Milliseconds the batch took here, apart from any waiting. */
  ms: number;
}

/** The worker pool's entry: the setup comes once, as the worker's data; batches follow. */
export default function work(batch: Batch): BatchReport {
  runner ??= new LifetimeRunner(workerData as LifetimeSetup);
  const began = performance.now();
  return { results: liveBatch(runner, batch), ms: performance.now() - began };
}
