import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { SentBytes, ThreadJob } from '../../evaluate/worker.js';

/** The next job waits at the thread already, so that no time passes between two. */
const jobsAtOnce = 2;

export interface ThreadsOptions {
  /** Threads at the most. */
  workers: number;
  /** The thread's file, for tests of what happens when threads die. */
  workerFile?: URL | undefined;
}

/** This module runs as TypeScript in development and as JavaScript, beside the built worker, when installed. */
const fromSource = import.meta.url.endsWith('.ts');
const ownWorker = fromSource
  ? new URL('../../evaluate/worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);

interface Thread {
  /** A pool of one: a thread that dies is another when the next job comes. */
  pool: Piscina;
  jobs: number;
}

interface Waiting {
  job: ThreadJob;
  resolve: (bytes: Promise<Uint8Array>) => void;
}

/**
 * Threads that live batches, in the order in which these come. A thread starts when there is a job for it and the others
 * have one each, so that there are never more threads than there was work for at once.
 */
export class Threads {
  private readonly threads: Thread[] = [];
  private readonly waiting: Waiting[] = [];

  constructor(private readonly options: ThreadsOptions) {}

  get workers(): number {
    return this.options.workers;
  }

  /** Threads so far. */
  get started(): number {
    return this.threads.length;
  }

  /**
   * Lives a batch. It rejects where the thread died of this one or of the one before it.
   * @returns results or a refusal, as bytes
   */
  run(habitat: SentBytes, job: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return new Promise((resolve) => {
      this.waiting.push({ job: { habitat, job }, resolve });
      this.dispatch();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ pool }) => pool.destroy()));
  }

  private start(): Thread {
    const file = this.options.workerFile ?? ownWorker;
    const pool = new Piscina({
      filename: fileURLToPath(file),
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: jobsAtOnce,
      ...(file.pathname.endsWith('.ts') ? { execArgv: ['--import', 'tsx'] } : {}),
    });
    const thread = { pool, jobs: 0 };
    this.threads.push(thread);
    return thread;
  }

  /** The thread for the next job; undefined where all have enough. */
  private place(): Thread | undefined {
    const { threads } = this;
    const idle = threads.find(({ jobs }) => jobs === 0);
    if (idle) return idle;
    if (threads.length < this.workers) return this.start();
    const [first, ...others] = threads;
    const least = others.reduce((found, thread) => (thread.jobs < found.jobs ? thread : found), first!);
    return least.jobs < jobsAtOnce ? least : undefined;
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const thread = this.place();
      if (!thread) return;
      const { job, resolve } = this.waiting.shift()!;
      thread.jobs += 1;
      const answer = thread.pool.run(job, { transferList: [job.job.buffer as ArrayBuffer] });
      resolve(
        (answer as Promise<Uint8Array>).finally(() => {
          thread.jobs -= 1;
          this.dispatch();
        }),
      );
    }
  }
}
