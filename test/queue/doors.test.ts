import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wireVersion } from '../../src/evaluate/wire.js';
import type { Life } from '../../src/evolve/evaluators/evaluator.js';
import { inProcessEvaluator } from '../../src/evolve/evaluators/in-process.js';
import { redisAddress } from '../../src/evolve/evaluators/queue/address.js';
import { encodeAnswer } from '../../src/evolve/evaluators/queue/messages.js';
import { queueKeys } from '../../src/evolve/evaluators/queue/names.js';
import { QueueWorker, type WorkerOptions } from '../../src/evolve/evaluators/queue/queue-worker.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { programVersion, startRun } from '../../src/evolve/run.js';
import { reproduce } from '../../src/reproduce/reproduce.js';
import { loadReproduction } from '../../src/reproduce/reproduction.js';
import { UsageError, UserError } from '../../src/spec/errors.js';
import { baldwin, json, start } from '../cli/cli.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';
import { bytesOf, hostAt, runOverQueue, workerAt } from './queue-run.js';
import { freePort, hasRedis, stop, TestRedis } from './redis.js';

describe.skipIf(!hasRedis)('at the door of the queue', () => {
  let redis: TestRedis;
  const open: QueueWorker[] = [];
  beforeAll(async () => {
    redis = await TestRedis.start('--appendonly', 'no');
  });
  afterEach(async () => {
    for (const worker of open.splice(0)) await worker.close();
  });
  afterAll(() => redis.remove());

  /** A worker in this process. */
  async function worker(options: Partial<WorkerOptions> = {}) {
    const own = { address: redis.address, program: programVersion, threads: 1, allowsCode: false };
    const opened = await QueueWorker.open({ ...own, ...options });
    open.push(opened);
    return opened;
  }

  it('a worker of another results version is refused where runs need this one, with both named', async () => {
    const host = await hostAt(redis);
    try {
      const other = worker({ door: { results: 99, program: '9.9.9' } });
      await expect(other).rejects.toThrow(UsageError);
      await expect(other).rejects.toThrow(
        /a test: it has results version 99 .*9\.9\.9.*the run needs results version \d+ /,
      );
    } finally {
      await host.close();
    }
  });

  it('a run ends where only workers of another version are there, with both named', async () => {
    await worker({ door: { wire: 99 } });
    const run = runOverQueue(redis, temporaryFolder(), [], {}, { unfitMs: 0 });
    await expect(run).rejects.toThrow(UserError);
    await expect(run).rejects.toThrow(
      new RegExp(
        `may take the jobs of this run:\\n.*wire version 99 .*the run needs .*wire version ${wireVersion} `,
      ),
    );
  });

  // Six threads start one after the other, each in a second or two.
  it('lives that kill their threads are told from those beside them', async () => {
    await worker({ workerFile: new URL('../evolve/dying-worker.ts', import.meta.url) });
    const { habitat } = await smallRun();
    const seeds = ['one', 'die'];
    const lives: Life[] = seeds.map((seed) => ({ genome: habitat.space.start, seed, repeats: 1 }));
    const notices: string[] = [];
    const host = await hostAt(redis, { onNotice: (text) => notices.push(text) });
    try {
      const results = await host.evaluatorOf(habitat).evaluate(lives);
      const wanted = await inProcessEvaluator(habitat).evaluate(lives);
      expect(results[1]).toMatchObject({
        status: 'failed',
        reason: expect.stringMatching(/its worker died 3 times/),
      });
      expect(results.toSpliced(1, 1)).toEqual(wanted.toSpliced(1, 1));
      expect(notices).toContainEqual(
        expect.stringMatching(/^A worker died \(.*worker \d+ on .*its work is done again\.$/),
      );
    } finally {
      await host.close();
    }
  }, 60_000);

  it('a reproduction is the same over the queue as in this thread, with what is drawn', async () => {
    await worker({ threads: 2 });
    const whole = loadReproduction('go-no-go');
    const short = { trials: 100, cueMs: 100, gapMs: 20 };
    const reproduction = { ...whole, task: { ...whole.task, ...short } };
    const host = await hostAt(redis);
    try {
      const queued = await reproduce(reproduction, 2, { host, traced: true });
      expect(queued).toEqual(await reproduce(reproduction, 2, { traced: true }));
    } finally {
      await host.close();
    }
  });

  it('several runs share one host and its workers, also when one of these leaves after the job in hand', async () => {
    const leaving = await worker();
    const runOf = async (seed: number) => smallRun(['task.steps=400', `seed=${seed}`]);
    const wanted = await Promise.all(
      [1, 2].map(async (seed) =>
        bytesOf(await startRun(await runOf(seed), temporaryFolder(), 'local', { workers: 1 })),
      ),
    );
    const notices: string[] = [];
    const host = await hostAt(redis, { onNotice: (text) => notices.push(text) });
    let left: Promise<void> | undefined;
    const queued = [1, 2].map(async (seed) =>
      startRun(await runOf(seed), temporaryFolder(), 'queued', {
        workers: 1,
        host,
        onLives: ({ step }) => {
          if (step === 2) left ??= Promise.all([leaving.close(), worker()]).then(() => {});
        },
      }),
    );
    try {
      expect((await Promise.all(queued)).map(bytesOf)).toEqual(wanted);
      await left;
    } finally {
      await host.close();
    }
    // What it had in hand was answered, so nothing was lost or asked for again.
    expect(leaving.record).toMatchObject({ state: 'ending', busy: 0 });
    expect(leaving.record.jobs).toBeGreaterThan(0);
    expect(notices).toEqual([]);
  });

  it('answers that are late, double, damaged or of nobody do no harm', async () => {
    await worker();
    const settings = ['task.steps=200'];
    const wanted = bytesOf(
      await startRun(await smallRun(settings), temporaryFolder(), 'local', { workers: 1 }),
    );
    const client = new Redis(redis.port);
    let sent: Promise<unknown> | undefined;
    const disturb = async () => {
      const [id] = await client.smembers(queueKeys.members('coordinator'));
      const answer = (batch: string, attempt: number, outcome: 'missing' | 'lived') =>
        encodeAnswer({ batch, attempt, worker: 'nobody', outcome, results: new Uint8Array(3) });
      // Of batches that were answered, of one that nobody asked for, of attempts that were never made; and no answers at all.
      const messages = [
        answer(`${id}-0`, 1, 'lived'),
        answer('nobody-0', 1, 'lived'),
        ...Array.from({ length: 40 }, (_, batch) => answer(`${id}-${batch}`, 7, 'missing')),
        Buffer.from('rubbish'),
      ];
      await client.lpush(queueKeys.answers(id!), ...messages);
    };
    const result = await runOverQueue(redis, temporaryFolder(), settings, {
      onProgress: () => {
        sent ??= disturb();
      },
    });
    await sent;
    client.disconnect();
    expect(bytesOf(result)).toEqual(wanted);
  });

  it('a run notices that Redis stays away, and ends when it said that it would', async () => {
    const own = await TestRedis.start('--appendonly', 'no');
    const root = temporaryFolder();
    const notices: string[] = [];
    // Of another version, so that the run waits.
    const idle = await worker({ address: own.address, patienceMs: 300, door: { wire: 99 } });
    const left = expect(idle.givenUp).rejects.toThrow(/has not answered for 0 s/);
    const run = runOverQueue(own, root, [], {}, { patienceMs: 300, onNotice: (text) => notices.push(text) });
    const gone = expect(run).rejects.toThrow(/has not answered for 0 s\. Nothing that was recorded is lost/);
    while (!notices.some((text) => /takes no jobs of this run/.test(text)))
      await new Promise((r) => setTimeout(r, 50));
    await own.kill();
    await gone;
    await left;
    await own.remove();
  });

  it('status tells who is there, and what there is to do', async () => {
    await worker({ threads: 3 });
    const host = await hostAt(redis, { serves: 'my-run' });
    try {
      const { workers, runs, queues } = await json<{
        workers: { threads: number; state: string; pid: number; program: string }[];
        runs: { serves: string; waiting: number }[];
        queues: { queue: string; waiting: number; failed: number }[];
      }>('status', '--redis', redis.url);
      expect(workers).toEqual([
        expect.objectContaining({ threads: 3, state: 'idle', pid: process.pid, program: programVersion }),
      ]);
      expect(runs).toEqual([expect.objectContaining({ serves: 'my-run', waiting: 0 })]);
      expect(queues).toContainEqual(expect.objectContaining({ waiting: 0, failed: 0 }));
      expect((await baldwin('status', '--redis', redis.url)).stdout).toMatch(
        /1 worker with 3 threads at .*\n.*\n.* idle .*3/,
      );
    } finally {
      await host.close();
    }
  });

  it('nobody shows a password: neither errors nor lists of processes', async () => {
    const locked = await TestRedis.start('--appendonly', 'no', '--requirepass', 's3cret');
    const url = (password: string) => `redis://:${password}@127.0.0.1:${locked.port}`;
    try {
      const refused = await baldwin('status', '--redis', url('wr0ng'));
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(
        /^error: redis:\/\/127\.0\.0\.1:\d+: Redis (refuses this user or|wants a) password/,
      );
      expect(refused.stdout + refused.stderr).not.toContain('wr0ng');
      const nobody = await baldwin('evolve', '--redis', 'redis://:s3cret@127.0.0.1:1');
      expect(nobody.code).toBe(1);
      expect(nobody.stderr).toMatch(/redis:\/\/127\.0\.0\.1:1: No Redis lets us in: .*ECONNREFUSED/);
      expect(nobody.stderr).not.toContain('s3cret');
      const inside = start(['worker', '--redis', url('s3cret'), '--workers', '1']);
      await inside.saw('lives for the runs');
      if (process.platform === 'linux') {
        expect(readFileSync(`/proc/${inside.process.pid}/cmdline`, 'utf8')).not.toContain('s3cret');
      }
      await stop(inside.process, 'SIGTERM');
      expect((await inside.outcome).stderr).not.toContain('s3cret');
      await expect(hostAt(locked)).rejects.toThrow(/wants a password/);
      const host = await hostAt(locked, { address: redisAddress(url('s3cret')) });
      await host.close();
    } finally {
      await locked.remove();
    }
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasRedis || !hasOpenssl)('a Redis with TLS', () => {
  it('is entered where its certificate is known, and refused where it is not', async () => {
    const folder = temporaryFolder();
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate];
    expect(spawnSync('openssl', [...made, '-days', '2', ...names]).status).toBe(0);
    const port = await freePort();
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    const redis = await TestRedis.start('--tls-port', `${port}`, ...files, '--tls-auth-clients', 'no');
    try {
      const unknown = await baldwin('status', '--redis', `rediss://127.0.0.1:${port}`);
      expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/self-signed certificate/) });
      process.env.NODE_EXTRA_CA_CERTS = certificate;
      const known = await baldwin('status', '--redis', `rediss://localhost:${port}`);
      expect(known).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 workers .* at rediss:/) });
    } finally {
      delete process.env.NODE_EXTRA_CA_CERTS;
      await redis.remove();
    }
  });
});

const task = `
import { moved } from '../shared/moved.mjs';
export default {
  summary: 'a body on a line',
  options: { left: { default: ['ASHL'] }, right: { default: ['ASHR'] }, pushLeft: { default: ['MDL07'] }, pushRight: { default: ['MDR07'] } },
  measures: { away: { unit: '1', about: 'how far' } },
  lives: 'on-connectome',
  prepare: ({ left, right, pushLeft, pushRight }) => ({
    scenarios: [{ name: 'touch', random: false, ceiling: { score: 1, about: 'all' } }],
    behaviour: {},
    wiring: { inputs: { left, right }, outputs: { left: pushLeft, right: pushRight } },
    live(_scenario, seed, controller) {
      controller.reset(seed);
      const action = new Float64Array(2);
      let away = 0;
      for (let step = 0; step < 200; step++) {
        controller.respond(new Float64Array([1, step % 2]), action);
        away += moved(action);
      }
      return { score: away, measures: { away }, behaviour: {} };
    },
  }),
  randomPolicy: () => ({ body: {}, reset() {}, respond(_, action) { action.fill(0.5); } }),
};
`;

describe.skipIf(!hasRedis)("a task of a user's own", () => {
  it('is refused by name where no worker was allowed to run it, and lived the same where one was', async () => {
    const folder = temporaryFolder();
    for (const name of ['tasks', 'shared']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'tasks', 'push.mjs'), task);
    writeFileSync(
      join(folder, 'shared', 'moved.mjs'),
      'export const moved = ([left, right]) => right - left;\n',
    );
    const resolved = () =>
      resolveRun({
        task: join(folder, 'tasks', 'push.mjs'),
        budget: { generations: 3 },
        set: ['strategy.population=8', 'freshEpisodes=2'],
      });
    const local = await startRun(await resolved(), temporaryFolder(), 'local', { workers: 1 });
    const redis = await TestRedis.start('--appendonly', 'no');
    const queued = async () => {
      // Long enough for the worker to see what it is refused for.
      const host = await hostAt(redis, { unfitMs: 3000 });
      try {
        return await startRun(await resolved(), temporaryFolder(), 'queued', { workers: 1, host });
      } finally {
        await host.close();
      }
    };
    const workers = [await workerAt(redis)];
    try {
      await expect(queued()).rejects.toThrow(
        /worker \d+ on .*: the run brings code of its own \(push\).*--allow-code/,
      );
      await workers[0]!.saw('This worker takes no jobs of a test');
      // Another one may take what the first does not.
      workers.push(await workerAt(redis, '--allow-code'));
      const [steps] = bytesOf(local);
      expect(
        new Set(JSON.parse(Buffer.from(steps!, 'base64').toString().split('\n')[1]!).score).size,
      ).toBeGreaterThan(1);
      expect(bytesOf(await queued())).toEqual(bytesOf(local));
    } finally {
      for (const { process } of workers) await stop(process);
      await redis.remove();
    }
  });
});
