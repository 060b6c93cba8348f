/** Of a run's time, the most that goes into storing the state of its strategy. */
const share = 1 / 20;

/**
 * When a run stores the state of its strategy. A snapshot changes no result: it spares steps that are told again where a run
 * goes on. Where steps are so short that snapshots would take more than a share of the run's time, some are left out.
 */
export class SnapshotPace {
  private wait = 0;
  private last: number;

  /** @param now milliseconds of a clock that runs evenly */
  constructor(
    private readonly every: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = now();
  }

  /** Whether one is due after so many steps. */
  isDue(steps: number): boolean {
    return steps % this.every === 0 && this.now() - this.last >= this.wait;
  }

  /** Does a part of the work, which counts as time that snapshots take. */
  during<Result>(work: () => Result): Result {
    const begun = this.now();
    const result = work();
    this.last = this.now();
    this.wait += (this.last - begun) / share;
    return result;
  }

  /** Forgets what earlier snapshots took: one is begun. */
  begin(): void {
    this.wait = 0;
  }
}
