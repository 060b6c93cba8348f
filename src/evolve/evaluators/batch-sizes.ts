/**
 * A batch is at most this share of what is left for each worker. So the first batches of a step are large, and the last
 * are small: messages are few, and none waits long for the slowest.
 */
const largestShare = 1 / 2;

/** Lives in a batch while nothing is known of their cost: where they are long, their progress is to be seen. */
const firstLives = 4;

export interface BatchLimits {
  /** A batch lasts about this long at the least, so that messages cost little beside it. */
  shortestMs: number;
  /** A batch lasts at most about this long, which is long beside the cost of a message. */
  longestMs: number;
}

/** How many lives go into a batch, by the measured cost of a life. It moves work between workers and changes no result. */
export class BatchSizes {
  /** Running mean of the milliseconds that one life costs. */
  private msPerLife: number | undefined;

  constructor(
    private readonly limits: BatchLimits,
    private readonly workers: () => number,
  ) {}

  /** Lives in the next batch of a step of which so many are left. */
  next(left: number): number {
    const { msPerLife } = this;
    const share = Math.ceil((left / this.workers()) * largestShare);
    if (msPerLife === undefined) return Math.min(share, firstLives);
    const lasting = (ms: number) => Math.max(1, Math.round(ms / msPerLife));
    return Math.min(Math.max(share, lasting(this.limits.shortestMs)), lasting(this.limits.longestMs));
  }

  learn(lives: number, ms: number): void {
    const cost = ms / lives;
    this.msPerLife = this.msPerLife === undefined ? cost : 0.8 * this.msPerLife + 0.2 * cost;
  }
}
