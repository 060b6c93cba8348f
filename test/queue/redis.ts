import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisAddress, redisAddress } from '../../src/evolve/evaluators/queue/address.js';

/** Whether this machine can start a Redis: without one, the tests of the queue are skipped, and it is said that they are. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('There is no redis-server on this machine: tests of the queue are skipped.');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (ended(child)) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** A Redis of a test's own, in a folder of its own. */
export class TestRedis {
  private server: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'baldwin-redis-'));

  private constructor(
    readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  static async start(...settings: string[]): Promise<TestRedis> {
    const redis = new TestRedis(await freePort(), settings);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get address(): RedisAddress {
    return redisAddress(this.url);
  }

  async start(): Promise<void> {
    const given = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    this.server = spawn('redis-server', [...given, ...this.settings], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    await new Promise<void>((resolve, reject) => {
      this.server!.stdout!.on('data', (data: Buffer) => {
        log += data.toString();
        if (log.includes('Ready to accept connections')) resolve();
      });
      this.server!.on('exit', () => reject(new Error(`redis-server did not start:\n${log}`)));
    });
  }

  /** Ends it as a machine that loses its power does. */
  async kill(): Promise<void> {
    await stop(this.server!);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
