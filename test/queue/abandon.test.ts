import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/spec/errors.js';
import { start } from '../cli/cli.js';
import { smallRun } from '../evolve/small-run.js';
import { hostAt } from './queue-run.js';
import { hasRedis, TestRedis } from './redis.js';

describe.skipIf(!hasRedis)('a run that ends at once', () => {
  let redis: TestRedis;
  let client: Redis;
  beforeAll(async () => {
    redis = await TestRedis.start('--requirepass', 'secret');
    client = new Redis(redis.port, { password: 'secret' });
  });
  afterAll(async () => {
    client.disconnect();
    await redis.remove();
  });
  const url = () => `redis://:secret@127.0.0.1:${redis.port}`;
  const address = () => ({ ...redis.address, password: 'secret' });
  /** Jobs and what they hold; habitats and what the engine counts are no jobs. */
  const jobs = async () => (await client.keys('*')).filter((key) => /:lives:|-\d+\.\d+$|:answers:/.test(key));

  it('takes its jobs back, and tells nobody that they failed', async () => {
    const host = await hostAt(redis, { address: address() });
    const { habitat } = await smallRun();
    const evaluator = host.evaluatorOf(habitat);
    let told = false;
    const lives = Array.from({ length: 6 }, (_, i) => ({
      genome: habitat.space.start,
      seed: `${i}`,
      repeats: 1,
    }));
    const tell = () => {
      told = true;
    };
    void evaluator.evaluate(lives).then(tell, tell);
    while ((await jobs()).length === 0) await sleep(10);
    await host.abandon!();
    expect([await jobs(), told]).toEqual([[], false]);
    await host.close();
  });

  it('ends on the first signal where no worker is there to wait for', async () => {
    const running = start(['evolve', '--name', 'alone', '--generations', '2', '--redis', url()]);
    await running.saw('No worker is at');
    running.process.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect([code, stderr]).toEqual([130, expect.stringContaining('No worker is there to finish the step')]);
    expect(stderr).not.toContain('error:');
    expect(await jobs()).toEqual([]);
  });

  it('is not let in without the password, or with a wrong one, and hears what to do', async () => {
    const refused = async (password: string | undefined) =>
      hostAt(redis, { address: { ...redis.address, ...(password === undefined ? {} : { password }) } });
    await expect(refused(undefined)).rejects.toThrow(/Redis wants a password\. Give it in the address/);
    await expect(refused('wrong')).rejects.toThrow(/Redis refuses this user or password/);
    await expect(refused('wrong')).rejects.toThrow(UserError);
  });
});
