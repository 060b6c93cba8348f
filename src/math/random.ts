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

/** The arithmetic of alea: multiplier, and 2^-32 as its source writes it. */
const MULTIPLIER = 2091639;
const UNIT = 2.3283064365386963e-10;

/**
 * A stream of random numbers that is fixed by its seed, bit for bit, on every machine and engine. Uniform bits are those
 * of J. Baagoe's alea generator as the `seedrandom` package has it, a multiply-with-carry generator with a period near
 * 2^116, whose arithmetic is exact in float64; the package makes the state of a seed, and the steps are taken here, where
 * many at a time cost two thirds. Each draw below documents what it consumes, because the order of consumption is part of
 * every result.
 */
export class RandomStream {
  #c: number;
  #s0: number;
  #s1: number;
  #s2: number;
  #spare: number | null;

  private constructor({ c, s0, s1, s2, spare }: RandomState) {
    this.#c = c;
    this.#s0 = s0;
    this.#s1 = s1;
    this.#s2 = s2;
    this.#spare = spare;
  }

  /** The stream of a seed, usually one that `deriveSeed` gave. */
  static from(seed: string): RandomStream {
    return new RandomStream({ ...seedrandom.alea(seed, { state: true }).state(), spare: null });
  }

  /** A stream that goes on exactly where `state()` was taken, spare deviate included. */
  static restore(state: RandomState): RandomStream {
    return new RandomStream(state);
  }

  /** A snapshot that `restore` accepts; it survives JSON unchanged. */
  state(): RandomState {
    return { c: this.#c, s0: this.#s0, s1: this.#s1, s2: this.#s2, spare: this.#spare };
  }

  /** One output of alea: a multiple of 2^-32 in [0, 1). */
  #next(): number {
    const t = MULTIPLIER * this.#s0 + this.#c * UNIT;
    this.#c = t | 0;
    this.#s0 = this.#s1;
    this.#s1 = this.#s2;
    this.#s2 = t - this.#c;
    return this.#s2;
  }

  /** Uniform multiple of 2^-53 in [0, 1). Consumes two outputs of alea, 32 and 21 bits. */
  uniform(): number {
    const upper = this.#next();
    return upper + ((this.#next() * 0x200000) | 0) * 1.1102230246251565e-16;
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
    do interval = Math.floor((this.#next() * TWO_TO_32) / width);
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
    const pair = new Float64Array(2);
    this.#polar(pair, 0, 2);
    this.#spare = pair[1]!;
    return pair[0]!;
  }

  /** Fills an array with normal deviates: the same as so many calls of `normal`. */
  normals(into: Float64Array): void {
    if (into.length === 0) return;
    let from = 0;
    if (this.#spare !== null) into[from++] = this.normal();
    const even = into.length - ((into.length - from) & 1);
    this.#polar(into, from, even);
    if (even < into.length) into[even] = this.normal();
  }

  /** Pairs of deviates into [from, to). The state lives in locals meanwhile: most of the time would go to it. */
  #polar(into: Float64Array, from: number, to: number): void {
    const multiplier = MULTIPLIER;
    const unit = UNIT;
    let c = this.#c;
    let s0 = this.#s0;
    let s1 = this.#s1;
    let s2 = this.#s2;
    let t = 0;
    for (let i = from; i < to; i += 2) {
      let u: number;
      let v: number;
      let square: number;
      do {
        t = multiplier * s0 + c * unit;
        c = t | 0;
        s0 = t - c;
        t = multiplier * s1 + c * unit;
        c = t | 0;
        s1 = t - c;
        u = 2 * (s0 + ((s1 * 0x200000) | 0) * 1.1102230246251565e-16) - 1;
        t = multiplier * s2 + c * unit;
        c = t | 0;
        s2 = t - c;
        t = multiplier * s0 + c * unit;
        c = t | 0;
        const lag = t - c;
        v = 2 * (s2 + ((lag * 0x200000) | 0) * 1.1102230246251565e-16) - 1;
        // Four outputs on, the three lags stand one place further round.
        s0 = s1;
        s1 = s2;
        s2 = lag;
        square = u * u + v * v;
      } while (square >= 1 || square === 0);
      const factor = Math.sqrt((-2 * log(square)) / square);
      into[i] = u * factor;
      into[i + 1] = v * factor;
    }
    this.#c = c;
    this.#s0 = s0;
    this.#s1 = s1;
    this.#s2 = s2;
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
