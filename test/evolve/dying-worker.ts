import { existsSync, writeFileSync } from 'node:fs';
import { decodeJob } from '../../src/evaluate/wire.js';
import work, { type ThreadJob } from '../../src/evaluate/worker.js';

/** A worker that dies of some seeds: `die` always, `die once FILE` the first time. */
export default async function dyingWorker(given: ThreadJob): Promise<Uint8Array> {
  for (const seed of decodeJob(given.job).seeds) {
    if (seed === 'die') process.exit(1);
    const flag = /^die once (.*)$/.exec(seed)?.[1];
    if (flag !== undefined && !existsSync(flag)) {
      writeFileSync(flag, '');
      process.exit(1);
    }
  }
  return work(given);
}
