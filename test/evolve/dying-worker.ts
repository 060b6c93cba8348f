import { existsSync, writeFileSync } from 'node:fs';
import type { Batch, BatchReport } from '../../src/evaluate/batch.js';
import work from '../../src/evaluate/worker.js';

/** A worker that dies of some seeds: `die` always, `die once FILE` the first time. */
export default async function dyingWorker(batch: Batch): Promise<BatchReport> {
  for (const seed of batch.seeds) {
    if (seed === 'die') process.exit(1);
    const flag = /^die once (.*)$/.exec(seed)?.[1];
    if (flag !== undefined && !existsSync(flag)) {
      writeFileSync(flag, '');
      process.exit(1);
    }
  }
  return work(batch);
}
