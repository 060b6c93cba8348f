import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueOptions } from '../../src/evolve/evaluators/queue/coordinator.js';
import { queueHost } from '../../src/evolve/evaluators/queue/queue.js';
import { type Execution, programVersion, startRun } from '../../src/evolve/run.js';
import type { RunResult } from '../../src/evolve/run-result.js';
import { type Running, start } from '../cli/cli.js';
import { smallRun } from '../evolve/small-run.js';
import type { TestRedis } from './redis.js';

/** Steps of about half a second on two threads, so that there is time for faults within one. */
export const longerSteps = ['task.steps=1500', 'strategy.population=48', 'budget.generations=4'];

export const hostAt = ({ address }: TestRedis, options: Partial<QueueOptions> = {}) =>
  queueHost({ address, program: programVersion, serves: 'a test', ...options });

/** A worker process of one thread, once it is there. */
export async function workerAt({ url }: TestRedis, ...options: string[]): Promise<Running> {
  const worker = start(['worker', '--redis', url, '--workers', '1', ...options]);
  const failed = worker.outcome.then(({ stderr }) => {
    throw new Error(`the worker ended: ${stderr}`);
  });
  await Promise.race([worker.saw('lives for the runs'), failed]);
  failed.catch(() => {});
  return worker;
}

/** A run whose lives are lived over the queue. */
export async function runOverQueue(
  redis: TestRedis,
  root: string,
  settings: readonly string[],
  execution: Partial<Execution> = {},
  options: Partial<QueueOptions> = {},
): Promise<RunResult> {
  const host = await hostAt(redis, options);
  try {
    return await startRun(await smallRun(settings), root, 'queued', { workers: 1, host, ...execution });
  } finally {
    await host.close();
  }
}

/** What must be the same of two runs, to the byte. */
export const bytesOf = ({ path }: RunResult) =>
  ['steps.jsonl', 'elites.bin', 'champion.json'].map((file) => readFileSync(join(path, file), 'base64'));
