import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prefix, queueKeys } from '../../src/evolve/evaluators/queue/names.js';
import { hasRedis, TestRedis } from './redis.js';

/** What the engine does that the queue is built around: where one of these changes, the queue may be made simpler. */
describe.skipIf(!hasRedis)('the engine of the queue', () => {
  let redis: TestRedis;
  let connection: Redis;
  beforeAll(async () => {
    redis = await TestRedis.start('--appendonly', 'no');
    connection = new Redis(redis.port, { maxRetriesPerRequest: null });
  });
  afterAll(async () => {
    connection.disconnect();
    await redis.remove();
  });
  const queueOf = (name: string) => new Queue(name, { connection, prefix, skipVersionCheck: true });

  it('drops a job whose name was used before without a word, so that every attempt has a name of its own', async () => {
    const queue = queueOf('names');
    await queue.add('lives', { attempt: 1 }, { jobId: 'a.1' });
    const again = await queue.add('lives', { attempt: 2 }, { jobId: 'a.1' });
    expect(again.id).toBe('a.1');
    expect(await queue.count()).toBe(1);
    expect((await queue.getJob('a.1'))!.data).toEqual({ attempt: 1 });
    await queue.add('lives', { attempt: 2 }, { jobId: 'a.2' });
    expect(await queue.count()).toBe(2);
    await queue.close();
  });

  it('takes no colon in the name of a job', async () => {
    const queue = queueOf('colons');
    await expect(queue.add('lives', {}, { jobId: 'a:1' })).rejects.toThrow(/:/);
    await queue.close();
  });

  it('keeps a job where the queue looks for it, until it is completed', async () => {
    const queue = queueOf('keys');
    await queue.add('lives', {}, { jobId: 'a.1', removeOnComplete: true });
    const key = queueKeys.job('keys', 'a.1');
    const [timestamp, failed] = await connection.hmget(key, 'timestamp', 'failedReason');
    expect(Number(timestamp)).toBeGreaterThan(0);
    expect(failed).toBeNull();
    const worker = new Worker('keys', async () => {}, { connection, prefix, skipVersionCheck: true });
    await new Promise((resolve) => worker.once('completed', resolve));
    expect(await connection.exists(key)).toBe(0);
    await worker.close();
    await queue.close();
  });

  it('wakes every worker that waits where jobs are added one by one', async () => {
    const queue = queueOf('waking');
    const took = new Set<string>();
    let taken = 0;
    const done = deferred();
    const workers = ['a', 'b', 'c'].map(
      (name) =>
        new Worker(
          'waking',
          async () => {
            took.add(name);
            taken += 1;
            if (taken === 3) done.resolve();
            await done.promise;
          },
          { connection, prefix, skipVersionCheck: true, concurrency: 1, drainDelay: 30 },
        ),
    );
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    // Each holds its job until all have one: where one worker slept on, this would wait for thirty seconds.
    await Promise.all([1, 2, 3].map((job) => queue.add('lives', {}, { jobId: `w.${job}` })));
    await done.promise;
    expect(took).toEqual(new Set(['a', 'b', 'c']));
    await Promise.all(workers.map((worker) => worker.close()));
    await queue.close();
  }, 20_000);
});

function deferred() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
