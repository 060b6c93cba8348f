import type { Redis } from 'ioredis';
import { UserError } from '../../../spec/errors.js';
import type { RedisAddress } from './address.js';
import { checkServer } from './server-check.js';

/** How long a Redis that was lost is waited for. */
export const defaultPatienceMs = 10 * 60_000;

export interface LinkOptions {
  address: RedisAddress;
  onNotice?: ((message: string) => void) | undefined;
  /** How long a Redis that was lost is waited for. */
  patienceMs?: number | undefined;
}

const minutes = (ms: number) =>
  ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

/** The libraries of the queue. They are loaded where a queue is used, and nowhere else. */
async function loadRedis(): Promise<typeof Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (error) {
    throw new UserError(
      'The queue needs the packages ioredis and bullmq, which are not installed here. Install Baldwin anew: npm install.',
      { cause: error },
    );
  }
}

/** Why a Redis does not let us in, and what to do. */
function whyClosed(reason: string): string {
  if (/^WRONGPASS/.test(reason)) {
    return 'Redis refuses this user or password. Give the right one in the address: redis://USER:PASSWORD@HOST:PORT, without USER where it has none.';
  }
  if (/NOAUTH|HELLO must be called/.test(reason)) {
    return 'Redis wants a password. Give it in the address: redis://:PASSWORD@HOST:PORT.';
  }
  return `No Redis lets us in: ${reason.replace(/\.+$/, '')}. Start one there (redis-server), or correct the address.`;
}

/**
 * A connection to Redis that outlives restarts of it: what was asked for meanwhile is asked for again. It notices that
 * Redis is gone and that it is back, and gives up after a while.
 */
export class Link {
  private lostTimer: NodeJS.Timeout | undefined;
  private readonly others: Redis[] = [];
  private closing = false;
  /** Rejects when Redis has been gone for longer than is waited. */
  readonly givenUp: Promise<never>;
  private giveUp: (error: UserError) => void = () => {};

  private constructor(
    readonly redis: Redis,
    private readonly options: LinkOptions,
  ) {
    this.givenUp = new Promise((_, reject) => {
      this.giveUp = reject;
    });
    // It is for those who wait for it.
    this.givenUp.catch(() => {});
    redis.on('close', () => this.noteLost());
    redis.on('ready', () => this.noteBack());
  }

  /**
   * @throws UserError where no Redis answers at that address, or does not let us in
   * @throws UsageError for one that cannot hold the queue
   */
  static async open(options: LinkOptions): Promise<Link> {
    const { host, port, username, password, db, tls, shown } = options.address;
    const Client = await loadRedis();
    const redis = new Client({
      ...{ host, port, db, lazyConnect: true, connectTimeout: 5000, keepAlive: 10_000 },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls ? { tls: {} } : {}),
      // What was asked for is waited for, however long it takes: `givenUp` says when that is too long.
      maxRetriesPerRequest: null,
      retryStrategy: (tried) => Math.min(100 * tried, 2000),
    });
    let why = '';
    redis.on('error', (error: Error) => {
      why ||= error.message || (error as NodeJS.ErrnoException).code || '';
    });
    try {
      await redis.connect();
      // A database that is not there would be told by an event alone.
      await redis.select(db);
      checkServer(await redis.info(), shown);
    } catch (error) {
      redis.disconnect();
      if (error instanceof UserError) throw error;
      throw new UserError(`${shown}: ${whyClosed(why || (error as Error).message)}`);
    }
    return new Link(redis, options);
  }

  get shown(): string {
    return this.options.address.shown;
  }

  /** Another connection, for what waits in it. */
  another(): Redis {
    const other = this.redis.duplicate({ lazyConnect: false });
    // The first connection tells of it.
    other.on('error', () => {});
    this.others.push(other);
    return other;
  }

  private noteLost(): void {
    if (this.closing || this.lostTimer) return;
    const { onNotice, patienceMs = defaultPatienceMs } = this.options;
    const patience = minutes(patienceMs);
    onNotice?.(`Redis at ${this.shown} does not answer any more. It is tried again for ${patience}.`);
    this.lostTimer = setTimeout(() => {
      this.giveUp(
        new UserError(
          `Redis at ${this.shown} has not answered for ${patience}. Nothing that was recorded is lost.`,
        ),
      );
    }, patienceMs);
  }

  private noteBack(): void {
    if (!this.lostTimer) return;
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    this.options.onNotice?.(`Redis at ${this.shown} answers again.`);
  }

  /** A Redis that does not answer is left without a word. */
  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.lostTimer);
    for (const other of this.others) other.disconnect();
    if (this.redis.status === 'ready') await this.redis.quit().catch(() => {});
    this.redis.disconnect();
  }
}
