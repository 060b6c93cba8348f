import { UsageError } from '../spec/errors.js';
import type { Candidate, Snapshot, Strategy, StrategyModule } from './strategy.js';
import { strategies } from './table.js';

/** A search under way, which also takes genomes from outside. */
export interface StartedStrategy extends Strategy {
  /**
   * Lets the next step live this genome, `[genes]`, in place of one of its candidates, and the strategy learns from it as
   * from its own. The first candidate stays, and so does half of a step: what finds no place waits for the step after.
   * @throws UsageError where the strategy learns from its own draws alone, or the genome does not fit
   */
  inject(genome: ArrayLike<number>): void;
  /** Genomes from outside that still wait for a step. */
  readonly injectedLeft: number;
}

/** Where a snapshot holds the genomes that wait, beside the strategy's own fields. */
const key = '__injected';

/** Names of the strategies that take genomes from outside. */
const able = (): string[] =>
  Object.entries(strategies as unknown as Record<string, StrategyModule>)
    .filter(([, { takes }]) => takes.injected)
    .map(([name]) => name);

/** @throws UsageError naming the strategy, and those that take genomes from outside */
export function checkInjected(name: string, { takes }: Pick<StrategyModule, 'takes'>): void {
  if (takes.injected) return;
  const others = able();
  throw new UsageError(
    `strategy: the strategy "${name}" takes no genomes from outside: it learns from its own draws alone. ` +
      `Use ${others.slice(0, -1).join(', ')} or ${others.at(-1)}, or start the run from the genome.`,
  );
}

/** Genomes from outside that wait for a step, the first given first. */
export class Injected {
  private waiting: Float64Array[];

  constructor(waiting: readonly Float64Array[] = []) {
    this.waiting = waiting.map((genome) => Float64Array.from(genome));
  }

  /** A snapshot taken apart: what waits, and the strategy's own. */
  static apart({ [key]: waiting, ...own }: Snapshot): [Injected, Snapshot] {
    return [new Injected((waiting ?? []) as unknown as readonly Float64Array[]), own];
  }

  get left(): number {
    return this.waiting.length;
  }

  add(genome: Float64Array): void {
    this.waiting.push(genome);
  }

  /** Writes what waits into the candidates of a step. They are the strategy's own memory, which it reads when told. */
  place(candidates: readonly Candidate[]): void {
    const first = candidates.length > 1 ? 1 : 0;
    const room = Math.min(this.waiting.length, Math.max(1, candidates.length >> 1));
    this.waiting.splice(0, room).forEach((genome, i) => {
      (candidates[first + i]!.genome as Float64Array).set(genome);
    });
  }

  snapshot(own: Snapshot): Snapshot {
    if (this.waiting.length === 0) return own;
    return { ...own, [key]: this.waiting.map((genome) => genome.slice()) };
  }
}
