import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { UserError } from '../../../spec/errors.js';
import { Crew } from './crew.js';
import { type Door, ownDoor, queueName, refuseOtherPlatforms } from './door.js';
import { Link, type LinkOptions } from './link.js';
import { beatMs, present, sayGone, sayPresent } from './members.js';
import { type Answer, decodeAnswer, jobName } from './messages.js';
import { keptSeconds, prefix, queueKeys } from './names.js';

export interface QueueOptions extends LinkOptions {
  /** Version of the program. */
  program: string;
  /** The run or study that is served, for people to read. */
  serves: string;
  /** How long a run whose jobs nobody may take waits before it says so and ends. */
  unfitMs?: number | undefined;
}

/** A user's module that jobs need, which travels with them. */
export interface NeededCode {
  name: string;
  sha256: string;
  bytes: Uint8Array;
}

/** A batch that is asked for. */
export interface Asked {
  /** Whose it is: what is withdrawn together. */
  owner: symbol;
  habitat: { hash: string; bytes: Uint8Array };
  code: NeededCode | undefined;
  lives: number;
  job: Uint8Array;
}

interface Waiting extends Asked {
  batch: string;
  attempt: number;
  /** It was not in Redis when last looked for. */
  absent: boolean;
  resolve: (results: Uint8Array) => void;
  reject: (error: Error) => void;
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Whether the engine gave a job up because its workers were lost: it may kill them. Other failures are the queue's own. */
const isStalled = (failure: string) => /stalled/.test(failure);
/** After so many attempts something is wrong that does not pass. */
const mostAttempts = 10;

/**
 * Asks for batches over the queue and hears the answers. What it asks for is never lost: it looks now and then whether its
 * jobs are still there, and asks again for those that are not. An answer that comes late or twice says the same as the
 * first, and is left aside.
 */
export class Coordinator {
  private readonly id = randomUUID();
  private readonly door: Door;
  private readonly queues = new Map<string, Queue>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly counts = { answered: 0, askedAgain: 0 };
  /** Habitats and code that are in Redis, as far as is known. */
  private readonly stored = new Set<string>();
  private readonly since = new Date().toISOString();
  private readonly crew: Crew;
  private batches = 0;
  private closed = false;
  private beat: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();

  private constructor(
    private readonly link: Link,
    private readonly engine: typeof Queue,
    private readonly options: QueueOptions,
  ) {
    this.door = ownDoor(options.program);
    this.crew = new Crew(this.door, { ...options, at: link.shown });
  }

  static async open(options: QueueOptions): Promise<Coordinator> {
    refuseOtherPlatforms();
    const link = await Link.open(options);
    const coordinator = new Coordinator(link, (await import('bullmq')).Queue, options);
    link.givenUp.catch((error: UserError) => coordinator.fail(error));
    await coordinator.look();
    void coordinator.listen(link.another());
    coordinator.scheduleBeat();
    return coordinator;
  }

  /** Threads of the workers that may take this coordinator's jobs, as last seen. */
  get threads(): number {
    return this.crew.threads;
  }

  /** A name for a batch that no other has, here or elsewhere. */
  newBatch(): string {
    return `${this.id}-${this.batches++}`;
  }

  /**
   * Asks for the lives of a batch.
   * @returns results or a refusal, as a thread wrote them
   * @throws Error where the worker's thread died of it
   * @throws UserError where no worker could live it
   */
  ask(asked: Asked): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        ...asked,
        batch: this.newBatch(),
        attempt: 1,
        absent: false,
        resolve,
        reject,
      };
      this.waiting.set(waiting.batch, waiting);
      if (asked.code) this.crew.needs(asked.code);
      void this.send(waiting);
    });
  }

  /** Takes back what is still waited for: of one owner, or all. */
  async withdraw(owner?: symbol): Promise<void> {
    const withdrawn = [...this.waiting.values()].filter(
      (asked) => owner === undefined || asked.owner === owner,
    );
    for (const waiting of withdrawn) {
      // A UserError, after which nobody tries again.
      this.settle(waiting, () => waiting.reject(new UserError('The job was withdrawn: its run has ended.')));
    }
    await this.takeBack(withdrawn);
  }

  /** Takes jobs out of Redis. One that is being lived cannot be taken away: its answer is left aside. */
  private async takeBack(jobs: readonly Waiting[]): Promise<void> {
    const { redis } = this.link;
    if (redis.status !== 'ready') return;
    await Promise.all(
      jobs.flatMap((waiting) => [
        this.queueOf(waiting)
          .remove(jobName(waiting))
          .catch(() => {}),
        redis.del(queueKeys.lives(jobName(waiting))),
      ]),
    );
  }

  /** Takes back everything for a program that ends at once. Whoever waits for answers is told nothing more. */
  async abandon(): Promise<void> {
    this.closed = true;
    clearTimeout(this.beat);
    await this.takeBack([...this.waiting.values()]);
    await this.sayGoodbye();
  }

  private async sayGoodbye(): Promise<void> {
    const { redis } = this.link;
    if (redis.status !== 'ready') return;
    await redis.del(queueKeys.answers(this.id));
    await sayGone(redis, 'coordinator', this.id);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.beat);
    const { redis } = this.link;
    if (redis.status === 'ready') await this.beating;
    await this.withdraw();
    await this.sayGoodbye();
    // The connection is the link's: there is nothing to wait for.
    for (const queue of this.queues.values()) void queue.close().catch(() => {});
    await this.link.close();
  }

  private queueOf({ code }: Pick<Asked, 'code'>): Queue {
    const name = queueName(this.door, code !== undefined);
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new this.engine(name, {
      connection: this.link.redis,
      prefix,
      // What Redis is and does was checked when it was opened.
      skipVersionCheck: true,
      // Nobody reads the engine's events.
      streams: { events: { maxLen: 100 } },
    });
    queue.on('error', () => {});
    this.queues.set(name, queue);
    return queue;
  }

  /** Puts into Redis what all jobs of one habitat need, once. */
  private async store(key: string, bytes: Uint8Array): Promise<void> {
    if (this.stored.has(key)) return;
    this.stored.add(key);
    await this.link.redis.set(key, asBuffer(bytes), 'EX', keptSeconds);
  }

  private async send(waiting: Waiting): Promise<void> {
    const { habitat, code, job, batch, attempt } = waiting;
    const name = jobName(waiting);
    // Not waited for: what is written to one connection arrives in order.
    const stored = [
      this.store(queueKeys.habitat(habitat.hash), habitat.bytes),
      ...(code ? [this.store(queueKeys.code(code.sha256), code.bytes)] : []),
      this.link.redis.set(queueKeys.lives(name), asBuffer(job), 'EX', keptSeconds),
    ];
    const ticket = {
      ...{ batch, attempt, coordinator: this.id, serves: this.options.serves },
      ...{ habitat: habitat.hash, code: code?.sha256 ?? null, lives: waiting.lives },
    };
    // One by one: the first is taken while the others are still being added.
    const added = this.queueOf(waiting).add('lives', ticket, { jobId: name, removeOnComplete: true });
    try {
      await Promise.all([...stored, added]);
    } catch (error) {
      // Not the life's fault, so it is not tried again as if it were.
      const why = new UserError(`Redis at ${this.link.shown} takes no jobs: ${(error as Error).message}`);
      this.settle(waiting, () => waiting.reject(why));
    }
  }

  private askAgain(waiting: Waiting, why: string): void {
    if (waiting.attempt >= mostAttempts) {
      const text = `A job was asked for ${mostAttempts} times at ${this.link.shown}, in vain: ${why}`;
      this.settle(waiting, () => waiting.reject(new UserError(text)));
      return;
    }
    waiting.attempt += 1;
    waiting.absent = false;
    this.counts.askedAgain += 1;
    void this.send(waiting);
  }

  private settle({ batch }: Waiting, how: () => void): void {
    if (!this.waiting.delete(batch)) return;
    how();
  }

  private fail(error: UserError): void {
    for (const waiting of [...this.waiting.values()]) this.settle(waiting, () => waiting.reject(error));
  }

  private async listen(redis: Redis): Promise<void> {
    const key = queueKeys.answers(this.id);
    while (!this.closed) {
      try {
        const found = await redis.blpopBuffer(key, 1);
        if (found) this.hear(found[1]);
      } catch {
        // It connects again by itself, or the link gives up.
        if (!this.closed) await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  private hear(bytes: Buffer): void {
    const answer = decodeAnswer(bytes);
    const waiting = answer && this.waiting.get(answer.batch);
    if (!answer || !waiting) return;
    if (answer.outcome === 'missing') this.hearMissing(waiting, answer);
    else this.settle(waiting, () => this.conclude(waiting, answer));
  }

  private hearMissing(waiting: Waiting, answer: Answer): void {
    // Of an attempt that was given up, it says nothing of the one under way.
    if (answer.attempt !== waiting.attempt) return;
    this.stored.clear();
    this.askAgain(waiting, answer.reason ?? 'its lives were not there');
  }

  private conclude({ resolve, reject }: Waiting, { outcome, reason, results, worker }: Answer): void {
    this.counts.answered += 1;
    if (outcome === 'lived') resolve(results!);
    else if (outcome === 'died') reject(new Error(`${reason}, of ${worker}`));
    else reject(new UserError(`${worker}: ${reason}`));
  }

  private scheduleBeat(): void {
    if (this.closed) return;
    this.beat = setTimeout(() => {
      this.beating = this.look()
        .catch(() => {})
        .then(() => this.scheduleBeat());
    }, beatMs);
  }

  /** Says that it is there, looks who else is, and whether what it asked for still is. */
  private async look(): Promise<void> {
    const { redis } = this.link;
    // Where Redis does not answer, this is caught up with later.
    if (redis.status !== 'ready') return;
    await sayPresent(redis, 'coordinator', {
      ...this.door,
      ...{ id: this.id, host: hostname(), pid: process.pid, since: this.since },
      ...{ serves: this.options.serves, code: this.crew.modules, waiting: this.waiting.size },
      ...this.counts,
    });
    for (const key of [queueKeys.answers(this.id), ...this.stored]) await redis.expire(key, keptSeconds);
    const jobs = { waiting: this.waiting.size, answered: this.counts.answered };
    const noEnd = this.crew.note(await present(redis, 'worker'), jobs);
    if (noEnd) this.fail(noEnd);
    await this.lookForJobs();
  }

  private async lookForJobs(): Promise<void> {
    const asked = [...this.waiting.values()];
    if (asked.length === 0) return;
    const pipeline = this.link.redis.pipeline();
    for (const waiting of asked) {
      const { name } = this.queueOf(waiting);
      pipeline.hmget(queueKeys.job(name, jobName(waiting)), 'timestamp', 'failedReason');
    }
    const found = (await pipeline.exec()) ?? [];
    let lost = 0;
    for (const [i, waiting] of asked.entries()) {
      const [error, fields] = found[i]!;
      if (error || !this.waiting.has(waiting.batch)) continue;
      const [timestamp, failed] = fields as (string | null)[];
      if (failed) {
        await this.queueOf(waiting).remove(jobName(waiting));
        if (!isStalled(failed)) this.askAgain(waiting, failed);
        else
          this.settle(waiting, () =>
            waiting.reject(new Error(`every worker that took it was lost (${failed})`)),
          );
      } else if (timestamp !== null) {
        waiting.absent = false;
      } else if (!waiting.absent) {
        // Its answer may be on the way: a job is gone when that has been sent.
        waiting.absent = true;
      } else {
        if (lost++ === 0) this.stored.clear();
        this.askAgain(waiting, 'it was gone');
      }
    }
    if (lost > 0) {
      this.options.onNotice?.(
        `${lost} job${lost === 1 ? ' is' : 's are'} gone from Redis at ${this.link.shown} and asked for again.`,
      );
    }
  }
}
