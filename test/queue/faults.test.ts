import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resumeRun, startRun } from '../../src/evolve/run.js';
import type { RunResult } from '../../src/evolve/run-result.js';
import { type Running, start } from '../cli/cli.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';
import { bytesOf, hostAt, longerSteps, runOverQueue, workerAt } from './queue-run.js';
import { hasRedis, stop, TestRedis } from './redis.js';

/** Each of these starts a Redis and workers of its own, and some wait until a lost worker is given up: seconds each. */
describe.skipIf(!hasRedis)('a run over the queue', () => {
  let wanted: string[];
  beforeAll(async () => {
    const local = await startRun(await smallRun(longerSteps), temporaryFolder(), 'local', { workers: 1 });
    wanted = bytesOf(local);
  });

  let redis: TestRedis;
  const workers: Running[] = [];
  const join = async (...options: string[]) => {
    const worker = await workerAt(redis, ...options);
    workers.push(worker);
    return worker;
  };
  afterEach(async () => {
    for (const { process } of workers.splice(0)) await stop(process);
    await redis.remove();
  });

  /** The run, with something done once in the middle of its second step. */
  async function interfered(fault: () => Promise<unknown>) {
    const notices: string[] = [];
    let done: Promise<unknown> | undefined;
    const result = await runOverQueue(
      redis,
      temporaryFolder(),
      longerSteps,
      {
        onLives: ({ step, lived }) => {
          if (step === 1 && lived > 0) done ??= fault();
        },
      },
      { onNotice: (text) => notices.push(text) },
    );
    expect(done).toBeDefined();
    await done;
    return { result, notices };
  }
  const same = (result: RunResult) => expect(bytesOf(result)).toEqual(wanted);

  it('of two worker processes is the local one, byte for byte', async () => {
    redis = await TestRedis.start('--appendonly', 'no');
    await Promise.all([join(), join()]);
    same(await runOverQueue(redis, temporaryFolder(), longerSteps));
    for (const { process } of workers) process.kill('SIGTERM');
    const outcomes = await Promise.all(workers.map(({ outcome }) => outcome));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    const lived = outcomes.map(({ stderr }) => Number(/Lived (\d+) lives/.exec(stderr)![1]));
    // Both took part.
    expect(Math.min(...lived)).toBeGreaterThan(0);
    // Beside the candidates, there are the lives of the untrained start and of the champion.
    expect(lived[0]! + lived[1]!).toBeGreaterThanOrEqual(4 * 48);
  });

  it('loses nothing when its worker is killed, and one that joins late does the rest', async () => {
    redis = await TestRedis.start('--appendonly', 'no');
    const victim = await join();
    const { result } = await interfered(async () => {
      await stop(victim.process, 'SIGKILL');
      await join();
    });
    same(result);
    const late = workers.at(-1)!;
    late.process.kill('SIGTERM');
    expect((await late.outcome).stderr).toMatch(/Lived [1-9]\d* lives/);
  });

  it('goes on when Redis is killed and comes back with its data', async () => {
    redis = await TestRedis.start('--appendonly', 'yes', '--appendfsync', 'always');
    await Promise.all([join(), join()]);
    const { result, notices } = await interfered(async () => {
      await redis.kill();
      await redis.start();
    });
    same(result);
    expect(notices).toContainEqual(
      expect.stringMatching(/^Redis at .* does not answer any more\. It is tried again for 10 min\.$/),
    );
    expect(notices).toContainEqual(expect.stringMatching(/^Redis at .* answers again\.$/));
  });

  it('asks again for what is gone when Redis comes back without its data', async () => {
    redis = await TestRedis.start('--appendonly', 'no');
    await Promise.all([join(), join()]);
    const { result, notices } = await interfered(async () => {
      await redis.kill();
      await redis.start();
    });
    same(result);
    expect(notices).toContainEqual(expect.stringMatching(/^Redis at .* answers again\.$/));
    expect(notices).toContainEqual(
      expect.stringMatching(/^\d+ jobs? (is|are) gone from Redis at .* and asked for again\.$/),
    );
  });

  it('is resumed to the same bytes when the coordinator is killed, whose old jobs do no harm', async () => {
    redis = await TestRedis.start('--appendonly', 'no');
    const root = temporaryFolder();
    const settings = [...longerSteps, 'elites=2', 'freshEpisodes=2', 'snapshotEvery=3'];
    const coordinator = start([
      'evolve',
      ...['--redis', redis.url, '--runs', root, '--name', 'queued', '--no-pictures'],
      ...settings.flatMap((setting) => ['--set', setting]),
    ]);
    const first = await join();
    await coordinator.saw('Run queued');
    await stop(first.process, 'SIGKILL');
    await stop(coordinator.process, 'SIGKILL');
    const host = await hostAt(redis);
    try {
      // The jobs of the one that was killed are the first that the worker takes.
      await join();
      same(await resumeRun(`${root}/queued`, undefined, { workers: 1, host }));
    } finally {
      await host.close();
    }
  });
});
