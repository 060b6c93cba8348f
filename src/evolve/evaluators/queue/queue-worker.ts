import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import type { ChainableCommander, Redis } from 'ioredis';
import { UsageError, UserError } from '../../../spec/errors.js';
import { Threads } from '../threads.js';
import { type Door, ownDoor, queueName, refuseOtherPlatforms, whyUnfit } from './door.js';
import { HabitatStore } from './habitat-store.js';
import { Link, type LinkOptions } from './link.js';
import { beatMs, present, sayGone, sayPresent, type WorkerRecord, workerTitle } from './members.js';
import { type Answer, encodeAnswer, type JobTicket } from './messages.js';
import { keptSeconds, prefix, queueKeys } from './names.js';
import { jobOfLives } from './sent-lives.js';

export interface WorkerOptions extends LinkOptions {
  /** Version of the program. */
  program: string;
  /** Threads that live at once. */
  threads: number;
  /** Whether code of users' own is run that jobs bring. */
  allowsCode: boolean;
  /** The thread's file, for tests. */
  workerFile?: URL | undefined;
  /** What a worker takes itself to be, for tests of those who are something else. */
  door?: Partial<Door> | undefined;
}

/** A worker that does not answer for its job this long has lost it to others. */
const lockMs = 6000;
/** How often it is looked for jobs that were lost. */
const stalledMs = 2000;
/** A job whose workers were lost this often kills them, or has very bad luck: whoever asked for it is told. */
const mostStalls = 3;
/** How long a worker that has nothing to do waits in one question for more. */
const drainSeconds = 5;

/** Whether an error of the engine's only says that Redis is away, which the link tells, or that a job is another's now. */
const isExpected = (error: Error) =>
  /ECONN|EPIPE|ETIMEDOUT|Connection is closed|Missing (key|lock)|could not renew lock|LOADING|EAI_AGAIN|ENOTFOUND/i.test(
    `${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`,
  );

/** A thread died of what it was to live. */
class DeathError extends Error {}

/** Feeds threads from the queue and answers what they lived, until it is closed. */
export class QueueWorker {
  readonly id = randomUUID();
  private readonly door: Door;
  private readonly threads: Threads;
  private readonly store: HabitatStore;
  private readonly takers: Worker<JobTicket>[] = [];
  private readonly since = new Date().toISOString();
  private readonly counts = { jobs: 0, lives: 0, deaths: 0 };
  private readonly said = new Set<string>();
  private busy = 0;
  private closing = false;
  private rate = 0;
  private last = { at: performance.now(), lives: 0 };
  private beat: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();

  private constructor(
    private readonly link: Link,
    private readonly options: WorkerOptions,
  ) {
    this.door = { ...ownDoor(options.program), ...options.door };
    this.threads = new Threads({ workers: options.threads, workerFile: options.workerFile });
    this.store = new HabitatStore(link.redis);
  }

  /**
   * @throws UserError where no Redis answers, or it cannot hold the queue
   * @throws UsageError where runs are there and this worker may live the jobs of none
   */
  static async open(options: WorkerOptions): Promise<QueueWorker> {
    refuseOtherPlatforms();
    const link = await Link.open(options);
    const worker = new QueueWorker(link, options);
    try {
      await worker.comeIn();
    } catch (error) {
      await link.close();
      throw error;
    }
    return worker;
  }

  /** Rejects where Redis has been gone for longer than is waited. */
  get givenUp(): Promise<never> {
    return this.link.givenUp;
  }

  /** What it says of itself. */
  get record(): WorkerRecord {
    const { threads, allowsCode } = this.options;
    return {
      ...this.door,
      ...{ id: this.id, host: hostname(), pid: process.pid, since: this.since },
      ...{ threads, allowsCode, busy: this.busy, livesPerSecond: Number(this.rate.toFixed(2)) },
      ...this.counts,
      state: this.closing ? 'ending' : this.busy > 0 ? 'working' : 'idle',
    };
  }

  /** Takes no more jobs, and ends when those in hand are answered: at once where Redis is away. */
  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.beat);
    const { redis } = this.link;
    if (redis.status === 'ready') {
      await this.beating;
      await Promise.all(this.takers.map((taker) => taker.close()));
      await sayGone(redis, 'worker', this.id).catch(() => {});
    } else {
      for (const taker of this.takers) void taker.close(true).catch(() => {});
    }
    await this.link.close();
    await this.threads.close();
    this.store.close();
  }

  private async comeIn(): Promise<void> {
    await this.refuseAtTheDoor();
    await this.tell();
    await this.take(queueName(this.door, false));
    if (this.options.allowsCode) await this.take(queueName(this.door, true));
    this.scheduleBeat();
  }

  private async refuseAtTheDoor(): Promise<void> {
    const runs = await present(this.link.redis, 'coordinator');
    const reasons = runs.map((run) => [run, whyUnfit(run, [], this.record)] as const);
    if (reasons.length === 0 || reasons.some(([, why]) => why === undefined)) return;
    const lines = reasons.map(([run, why]) => `${run.serves}: ${why}`);
    throw new UsageError(
      `This worker may live no job of the runs at ${this.link.shown}:\n  ${lines.join('\n  ')}`,
    );
  }

  private async take(name: string): Promise<void> {
    const { Worker: Taker } = await import('bullmq');
    const taker = new Taker<JobTicket>(name, (job) => this.live(job), {
      connection: this.link.redis,
      prefix,
      skipVersionCheck: true,
      concurrency: this.options.threads,
      lockDuration: lockMs,
      stalledInterval: stalledMs,
      maxStalledCount: mostStalls,
      drainDelay: drainSeconds,
      name: this.id,
    });
    taker.on('error', (error) => {
      if (!isExpected(error)) this.options.onNotice?.(`The queue has a fault: ${error.message}`);
    });
    this.takers.push(taker);
  }

  /** Lives a job and answers it. The engine hears of no failure: whoever asked is told. */
  private async live({ data: ticket, id }: Job<JobTicket>): Promise<void> {
    this.busy += 1;
    try {
      const [isWaitedFor, bytes] = (await this.persistently((redis) =>
        redis
          .pipeline()
          .exists(queueKeys.member('coordinator', ticket.coordinator))
          .getBuffer(queueKeys.lives(id!)),
      )) as [number, Buffer | null];
      // Whoever asked is gone. If it was only out of sight, it asks again.
      if (isWaitedFor === 0) {
        await this.link.redis.del(queueKeys.lives(id!));
        return;
      }
      const answer = encodeAnswer(await this.answerOf(ticket, bytes));
      await this.persistently((redis) =>
        redis
          .multi()
          .rpush(queueKeys.answers(ticket.coordinator), answer)
          .expire(queueKeys.answers(ticket.coordinator), keptSeconds)
          .del(queueKeys.lives(id!)),
      );
      this.counts.jobs += 1;
      this.counts.lives += ticket.lives;
    } finally {
      this.busy -= 1;
    }
  }

  /** What commands give, tried until they do: an answer that is sent twice does no harm. */
  private async persistently(commands: (redis: Redis) => ChainableCommander): Promise<unknown[]> {
    for (;;) {
      const outcome = await commands(this.link.redis)
        .exec()
        .then((results) => {
          const error =
            results === null ? new Error('nothing was done') : results.find(([fault]) => fault)?.[0];
          return error ?? results!.map(([, value]) => value);
        })
        .catch((error: Error) => error);
      if (Array.isArray(outcome)) return outcome;
      if (this.closing) throw outcome;
      if (!isExpected(outcome))
        this.sayOnce(outcome.message, `Redis refuses an answer: ${outcome.message}. It is tried again.`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private sayOnce(key: string, text: string): void {
    if (this.said.has(key)) return;
    this.said.add(key);
    this.options.onNotice?.(text);
  }

  private async answerOf(ticket: JobTicket, bytes: Buffer | null): Promise<Answer> {
    const { batch, attempt } = ticket;
    const from = { batch, attempt, worker: workerTitle(this.record) };
    if (bytes === null) return { ...from, outcome: 'missing' };
    try {
      const habitat = await this.store.habitatOf(ticket);
      return { ...from, outcome: 'lived', results: await this.lived(habitat, jobOfLives(bytes)) };
    } catch (error) {
      const reason = (error as Error).message;
      if (error instanceof UserError) return { ...from, outcome: 'refused', reason };
      return { ...from, outcome: error instanceof DeathError ? 'died' : 'missing', reason };
    }
  }

  private async lived(...job: Parameters<Threads['run']>): Promise<Uint8Array> {
    try {
      return await this.threads.run(...job);
    } catch (error) {
      this.counts.deaths += 1;
      const { message } = error as Error;
      this.options.onNotice?.(`A thread died (${message}). Its work is done again.`);
      throw new DeathError(message);
    }
  }

  private scheduleBeat(): void {
    if (this.closing) return;
    this.beat = setTimeout(() => {
      this.beating = this.tell()
        .catch(() => {})
        .then(() => this.scheduleBeat());
    }, beatMs);
  }

  private async tell(): Promise<void> {
    const { redis } = this.link;
    const now = performance.now();
    const rate = ((this.counts.lives - this.last.lives) * 1000) / Math.max(1, now - this.last.at);
    this.rate = 0.7 * this.rate + 0.3 * rate;
    this.last = { at: now, lives: this.counts.lives };
    if (redis.status !== 'ready') return;
    await sayPresent(redis, 'worker', this.record);
    for (const run of await present(redis, 'coordinator')) {
      const why = whyUnfit(run, run.code, this.record);
      if (why !== undefined) this.sayOnce(run.id, `This worker takes no jobs of ${run.serves}: ${why}.`);
    }
  }
}
