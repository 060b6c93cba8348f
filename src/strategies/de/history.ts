import type { RandomStream } from '../../math/random.js';
import { tan } from '../../math/trigonometric.js';
import type { Snapshot } from '../strategy.js';

/** A child, and the factor and crossover rate that made it. */
export interface Trial {
  genome: Float64Array;
  factor: number;
  crossover: number;
}

/** Spread of factors and crossover rates about what succeeded. */
const SPREAD = 0.1;

/**
 * What SHADE learns from successes: factors and crossover rates, and the parents that were replaced (Tanabe and Fukunaga
 * 2013, section III).
 */
export class History {
  private constructor(
    private readonly factors: Float64Array,
    private readonly crossovers: Float64Array,
    private next: number,
    private readonly parents: Float64Array[],
  ) {}

  static begin(memory: number): History {
    const half = () => new Float64Array(memory).fill(0.5);
    return new History(half(), half(), 0, []);
  }

  static restore({ factors, crossovers, next, parents }: Snapshot): History {
    const copy = (array: unknown) => Float64Array.from(array as Float64Array);
    return new History(copy(factors), copy(crossovers), next as number, (parents as unknown[]).map(copy));
  }

  /** How many replaced parents it holds. */
  get size(): number {
    return this.parents.length;
  }

  replaced(index: number): Float64Array {
    return this.parents[index]!;
  }

  /** F, of a Cauchy distribution in (0, 1], and CR, of a normal one in [0, 1], about a success of the memory. */
  drawn(stream: RandomStream): { factor: number; crossover: number } {
    const about = stream.integer(this.factors.length);
    const crossover = Math.min(1, Math.max(0, this.crossovers[about]! + SPREAD * stream.normal()));
    for (;;) {
      const factor = this.factors[about]! + SPREAD * tan(Math.PI * (stream.uniform() - 0.5));
      if (factor > 0) return { factor: Math.min(1, factor), crossover };
    }
  }

  /** Remembers a parent that was replaced, in the place of another once there are as many as genomes. */
  keep(parent: Readonly<Float64Array>, most: number, stream: RandomStream): void {
    const place = this.parents.length < most ? this.parents.length : stream.integer(most);
    this.parents[place] = parent.slice();
  }

  /**
   * Means over the children that succeeded, weighted by what each gained: arithmetic of the crossover rates, and of
   * Lehmer's kind of the factors.
   */
  learn(better: readonly Trial[], gains: readonly number[]): void {
    if (better.length === 0) return;
    const most = Math.max(...gains.filter(Number.isFinite), 0) || 1;
    // A parent that failed has no score: its child gained as much as the best other.
    const weights = gains.map((gain) => (Number.isFinite(gain) ? gain : most));
    let [sum, rate, first, second] = [0, 0, 0, 0];
    better.forEach(({ factor, crossover }, i) => {
      sum += weights[i]!;
      rate += weights[i]! * crossover;
      first += weights[i]! * factor;
      second += weights[i]! * factor * factor;
    });
    this.crossovers[this.next] = rate / sum;
    this.factors[this.next] = second / first;
    this.next = (this.next + 1) % this.factors.length;
  }

  snapshot(): Snapshot {
    return {
      factors: this.factors.slice(),
      crossovers: this.crossovers.slice(),
      next: this.next,
      parents: this.parents.map((parent) => parent.slice()),
    };
  }
}
