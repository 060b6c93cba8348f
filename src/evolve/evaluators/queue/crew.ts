import { UserError } from '../../../spec/errors.js';
import { type Door, whyUnfit } from './door.js';
import { type WorkerRecord, workerTitle } from './members.js';

/** How long a run waits for a fitting worker where there are others alone. */
const defaultUnfitMs = 5000;

export interface CrewOptions {
  /** The Redis, for people to read. */
  at: string;
  onNotice?: ((message: string) => void) | undefined;
  /** How long a run whose jobs nobody may take waits before it says so and ends. */
  unfitMs?: number | undefined;
}

/** Who is there to live a coordinator's jobs, and what is said of those who may not. */
export class Crew {
  private workers: WorkerRecord[] = [];
  /** Modules of the user's own that jobs need: names by their SHA-256. */
  private readonly code = new Map<string, string>();
  private unfitSince: number | undefined;
  private readonly said = new Set<string>();

  constructor(
    private readonly door: Door,
    private readonly options: CrewOptions,
  ) {}

  /** Threads of the workers that may take all jobs, as last seen. */
  get threads(): number {
    const fitting = this.workers.filter((worker) => this.whyUnfit(worker) === undefined);
    return fitting.reduce((sum, { threads }) => sum + threads, 0);
  }

  /** Names of the modules that jobs need. */
  get modules(): string[] {
    return [...this.code.values()];
  }

  /** Jobs from here on need a module. */
  needs({ sha256, name }: { sha256: string; name: string }): void {
    this.code.set(sha256, name);
  }

  private whyUnfit(worker: WorkerRecord): string | undefined {
    return whyUnfit(this.door, this.modules, worker);
  }

  private sayOnce(key: string, text: string): void {
    if (this.said.has(key)) return;
    this.said.add(key);
    this.options.onNotice?.(text);
  }

  /**
   * Takes note of who is there, and says what people must know.
   * @param jobs how many wait, and whether any was answered before
   * @returns why the jobs have no end, where nobody who is there may take them
   */
  note(workers: WorkerRecord[], jobs: { waiting: number; answered: number }): UserError | undefined {
    const { at, unfitMs = defaultUnfitMs } = this.options;
    this.workers = workers;
    const unfit = workers.flatMap((worker) => {
      const why = this.whyUnfit(worker);
      return why === undefined ? [] : [{ worker, why }];
    });
    for (const { worker, why } of unfit) {
      this.sayOnce(
        `unfit ${worker.id} ${this.code.size}`,
        `The ${workerTitle(worker)} takes no jobs of this run: ${why}.`,
      );
    }
    if (this.threads > 0) {
      this.unfitSince = undefined;
      return undefined;
    }
    if (jobs.waiting === 0) return undefined;
    if (workers.length === 0) {
      this.unfitSince = undefined;
      this.sayOnce(
        'none',
        `No worker is at ${at} ${jobs.answered > 0 ? 'any more' : 'yet'}. Start some, on any machine: baldwin worker --redis ${at}`,
      );
      return undefined;
    }
    if (jobs.answered > 0) {
      this.sayOnce('left', 'No worker that may take jobs of this run is left. The run waits for one.');
      return undefined;
    }
    this.unfitSince ??= performance.now();
    if (performance.now() - this.unfitSince < unfitMs) return undefined;
    const reasons = unfit.map(({ worker, why }) => `${workerTitle(worker)}: ${why}`);
    return new UserError(`No worker at ${at} may take the jobs of this run:\n  ${reasons.join('\n  ')}`);
  }
}
