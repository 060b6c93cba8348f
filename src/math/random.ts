import seedrandom from 'seedrandom';
import { log } from './logarithm.js';

const TWO_TO_32 = 0x100000000;

/** Everything a stream remembers: alea's carry and its three lags, and the spare normal deviate. Plain JSON. */
export interface RandomState {
  c: number;
  s0: number;
  s1: number;
  s2: number;
  spare: number | null;
}

/**
 * A stream of random numbers that is fixed by its seed, bit for bit, on every machine and engine. Uniform bits come
 * from J. Baagoe's alea generator in the `seedrandom` package, a multiply-with-carry generator with a period near
 * 2^116, whose arithmetic is exact in float64. Each draw below documents what it consumes, because the order of
 * consumption is part of every result.
 */
export class RandomStream {
  readonly #alea: seedrandom.StatefulPRNG<seedrandom.State.Alea>;
  #spare: number | null;

  private constructor(alea: seedrandom.StatefulPRNG<seedrandom.State.Alea>, spare: number | null) {
    this.#alea = alea;
    this.#spare = spare;
  }

  /** The stream of a seed, usually one that `deriveSeed` gave. */
  static from(seed: string): RandomStream {
    return new RandomStream(seedrandom.alea(seed, { state: true }), null);
  }

  /** A stream that goes on exactly where `state()` was taken, spare deviate included. */
  static restore({ spare, ...alea }: RandomState): RandomStream {
    return new RandomStream(seedrandom.alea('', { state: alea }), spare);
  }

  /** A snapshot that `restore` accepts; it survives JSON unchanged. */
  state(): RandomState {
    return { ...this.#alea.state(), spare: this.#spare };
  }

  /** Uniform multiple of 2^-53 in [0, 1). Consumes two outputs of alea, 32 and 21 bits. */
  uniform(): number {
    return this.#alea.double();
  }

  /** Uniform number from `low` up to `high`, in their unit; `high` itself can occur by rounding only. */
  uniformIn(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /**
   * Uniform integer in [0, n), for an integer n from 1 to 2^32, without bias: [0, 2^32) is cut into n equal intervals
   * and outputs beyond the last are rejected. Consumes one output of alea per try, two tries at most on average.
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_TO_32) {
      throw new RangeError(`integer(n) needs an integer n from 1 to 2^32, not ${n}`);
    }
    const width = Math.floor(TWO_TO_32 / n);
    let interval: number;
    do interval = Math.floor((this.#alea() * TWO_TO_32) / width);
    while (interval >= n);
    return interval;
  }

  /**
   * Standard normal deviate by Marsaglia's polar method (Marsaglia & Bray 1964, doi:10.1137/1006063), an exact
   * transform like that of Box & Muller (1958, doi:10.1214/aoms/1177706645) that needs no sine. Deviates come in
   * pairs: the second is kept, as part of the state, and consumes nothing.
   */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    let u: number;
    let v: number;
    let square: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * log(square)) / square);
    this.#spare = v * factor;
    return u * factor;
  }

  /**
   * k distinct integers of [0, n), every ordered choice equally likely: the first k steps of a Fisher-Yates shuffle of
   * 0 .. n-1, of which only the displaced entries are stored. Time and memory are O(k), whatever n is; consumes k
   * calls of `integer`.
   */
  sample(n: number, k: number): number[] {
    if (!Number.isInteger(k) || k < 0 || k > n) throw new RangeError(`cannot sample ${k} of ${n}`);
    const displaced = new Map<number, number>();
    const chosen: number[] = [];
    for (let i = 0; i < k; i++) {
      const j = i + this.integer(n - i);
      chosen.push(displaced.get(j) ?? j);
      displaced.set(j, displaced.get(i) ?? i);
    }
    return chosen;
  }

  /**
   * Shuffles an array or typed array in place, every order equally likely (Fisher-Yates; Durstenfeld 1964,
   * doi:10.1145/364520.364540). Consumes length - 1 calls of `integer`.
   */
  shuffle<T>(items: { readonly length: number; [index: number]: T }): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const moved = items[i]!;
      items[i] = items[j]!;
      items[j] = moved;
    }
  }
}
