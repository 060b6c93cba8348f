import type { Redis } from 'ioredis';
import { Link, type LinkOptions } from './link.js';
import { type CoordinatorRecord, present, type WorkerRecord } from './members.js';
import { prefix } from './names.js';

/** Jobs of one queue, by what became of them so far. */
export interface QueueCounts {
  /** What whoever feeds from it must be. */
  queue: string;
  waiting: number;
  active: number;
  /** Jobs whose workers were lost again and again, and of which nobody was told yet. */
  failed: number;
}

/** Who is at a Redis, and what there is to do. */
export interface QueueStatus {
  redis: string;
  workers: WorkerRecord[];
  runs: CoordinatorRecord[];
  queues: QueueCounts[];
}

async function queueNames(redis: Redis): Promise<string[]> {
  const names = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}:*:meta`, 'COUNT', 1000);
    for (const key of keys) names.add(key.slice(prefix.length + 1, -':meta'.length));
    cursor = next;
  } while (cursor !== '0');
  return [...names].sort();
}

/**
 * Looks at the queue and changes nothing.
 * @throws UserError where no Redis answers
 */
export async function queueStatus(options: LinkOptions): Promise<QueueStatus> {
  const link = await Link.open(options);
  try {
    const { Queue } = await import('bullmq');
    const queues: QueueCounts[] = [];
    for (const name of await queueNames(link.redis)) {
      const queue = new Queue(name, {
        ...{ connection: link.redis, prefix, skipVersionCheck: true, skipMetasUpdate: true },
      });
      queue.on('error', () => {});
      const { wait = 0, active = 0, failed = 0 } = await queue.getJobCounts('wait', 'active', 'failed');
      queues.push({ queue: name, waiting: wait, active, failed });
    }
    return {
      redis: link.shown,
      workers: await present(link.redis, 'worker'),
      runs: await present(link.redis, 'coordinator'),
      queues,
    };
  } finally {
    await link.close();
  }
}
