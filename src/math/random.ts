import seedrandom from 'seedrandom';
import { exp } from './exponential.js';
import { log } from './logarithm.js';

const TWO_TO_32 = 0x100000000;

/** Everything a stream remembers: alea's carry and its three lags. Plain JSON. */
export interface RandomState {
  c: number;
  s0: number;
  s1: number;
  s2: number;
}

/** The arithmetic of alea: multiplier, and 2^-32 as its source writes it. */
const MULTIPLIER = 2091639;
const UNIT = 2.3283064365386963e-10;

/** From this probability on, a logarithm for each chosen costs more than a draw for each of all. */
const LEAST_UNLEAPT = 0.2;

/** Where the tail begins, and the area of each of the 128 layers, the lowest with the tail (Marsaglia & Tsang, Table 1). */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

/**
 * The layers of the ziggurat under exp(-x^2 / 2), from the lowest and widest to the top: what one place of the 2^24 is
 * worth, how many places lie wholly under the curve, and the height at which the layer begins.
 */
export const layers = (() => {
  const places = 0x1000000;
  const width = new Float64Array(128);
  const inside = new Float64Array(128);
  const height = new Float64Array(129);
  let right = TAIL;
  width[0] = AREA / exp(-0.5 * TAIL * TAIL) / places;
  inside[0] = TAIL / width[0]!;
  for (let layer = 1; layer < 128; layer++) {
    height[layer] = exp(-0.5 * right * right);
    const above = height[layer]! + AREA / right;
    const next = layer === 127 ? 0 : Math.sqrt(-2 * log(above));
    width[layer] = right / places;
    inside[layer] = next / width[layer]!;
    right = next;
  }
  height[128] = 1;
  return { width, inside, height };
})();

/**
 * A stream of random numbers that is fixed by its seed, bit for bit, on every machine and engine. Uniform bits are those
 * of J. Baagoe's alea generator as the `seedrandom` package has it, a multiply-with-carry generator with a period near
 * 2^116, whose arithmetic is exact in float64; the package makes the state of a seed, and the steps are taken here, where
 * many at a time cost two thirds. Each draw below documents what it consumes, because the order of consumption is part of
 * every result.
 */
export class RandomStream {
  /** Carry and lags. Fields of their own would be numbers on the heap, made anew at every draw: it takes three times as long. */
  readonly #state: Float64Array;

  private constructor({ c, s0, s1, s2 }: RandomState) {
    this.#state = Float64Array.of(c, s0, s1, s2);
  }

  /** The stream of a seed, usually one that `deriveSeed` gave. */
  static from(seed: string): RandomStream {
    return new RandomStream(seedrandom.alea(seed, { state: true }).state());
  }

  /** A stream that goes on exactly where `state()` was taken. */
  static restore(state: RandomState): RandomStream {
    return new RandomStream(state);
  }

  /** A snapshot that `restore` accepts; it survives JSON unchanged. */
  state(): RandomState {
    const [c, s0, s1, s2] = this.#state as unknown as [number, number, number, number];
    return { c, s0, s1, s2 };
  }

  /** One output of alea: a multiple of 2^-32 in [0, 1). */
  #next(): number {
    const state = this.#state;
    const t = MULTIPLIER * state[1]! + state[0]! * UNIT;
    const carry = t | 0;
    state[0] = carry;
    state[1] = state[2]!;
    state[2] = state[3]!;
    state[3] = t - carry;
    return t - carry;
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

  /** Fills an array with uniform numbers: the same as so many calls of `uniform`. */
  uniforms(into: Float64Array): void {
    const multiplier = MULTIPLIER;
    const unit = UNIT;
    // The state lives in locals meanwhile, as in `normals`.
    const state = this.#state;
    let c = state[0]!;
    let s0 = state[1]!;
    let s1 = state[2]!;
    let s2 = state[3]!;
    for (let i = 0; i < into.length; i++) {
      const t = multiplier * s0 + c * unit;
      c = Math.floor(t);
      const upper = t - c;
      const u = multiplier * s1 + c * unit;
      c = Math.floor(u);
      s0 = s2;
      s1 = upper;
      s2 = u - c;
      into[i] = upper + Math.floor(s2 * 0x200000) * 1.1102230246251565e-16;
    }
    state.set([c, s0, s1, s2]);
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
   * Standard normal deviate by the ziggurat method (Marsaglia & Tsang 2000, doi:10.18637/jss.v005.i08): exact in
   * distribution, its rare wedges and tail included, up to a grid of 2^-24 of a layer's width. Layer, sign and place
   * come from bits apart (Doornik 2005 shows what happens otherwise). Consumes one output of alea in 98.8 % of cases.
   */
  normal(): number {
    return this.normalOf((this.#next() * TWO_TO_32) | 0);
  }

  /** The normal deviate that 32 bits, as a signed integer, are the place of; where they do not decide, drawn on from here. */
  normalOf(bits: number): number {
    const { width, inside } = layers;
    const layer = bits & 127;
    const place = (bits >> 7) + 0.5;
    const x = place * width[layer]!;
    if (Math.abs(place) < inside[layer]!) return x;
    return (layer === 0 ? this.#tail(x < 0 ? -1 : 1) : this.#wedge(layer, x)) ?? this.normal();
  }

  /** Fills an array with normal deviates: the same as so many calls of `normal`. */
  normals(into: Float64Array): void {
    const { width, inside } = layers;
    const multiplier = MULTIPLIER;
    const unit = UNIT;
    // The state lives in locals meanwhile: most of the time would go to it.
    const state = this.#state;
    let c = state[0]!;
    let s0 = state[1]!;
    let s1 = state[2]!;
    let s2 = state[3]!;
    for (let i = 0; i < into.length; i++) {
      const t = multiplier * s0 + c * unit;
      c = Math.floor(t);
      s0 = s1;
      s1 = s2;
      s2 = t - c;
      const bits = (s2 * 0x100000000) | 0;
      const layer = bits & 127;
      const place = (bits >> 7) + 0.5;
      const x = place * width[layer]!;
      if (Math.abs(place) < inside[layer]!) {
        into[i] = x;
        continue;
      }
      state.set([c, s0, s1, s2]);
      into[i] = (layer === 0 ? this.#tail(x < 0 ? -1 : 1) : this.#wedge(layer, x)) ?? this.normal();
      [c, s0, s1, s2] = state as unknown as [number, number, number, number];
    }
    state.set([c, s0, s1, s2]);
  }

  /** A place beyond the rectangle that lies wholly under the curve: kept where it is under the curve itself. */
  #wedge(layer: number, x: number): number | undefined {
    const { height } = layers;
    const y = height[layer]! + this.uniform() * (height[layer + 1]! - height[layer]!);
    return y < exp(-0.5 * x * x) ? x : undefined;
  }

  /** A deviate beyond the lowest layer, by Marsaglia (1964, Technometrics 6(1):101-102). */
  #tail(sign: number): number {
    for (;;) {
      const x = -log(1 - this.uniform()) / TAIL;
      const y = -log(1 - this.uniform());
      if (y + y > x * x) return sign * (TAIL + x);
    }
  }

  /**
   * Each integer of [0, n) with the same probability, ascending. Where few are chosen, by geometric leaps from one to the
   * next, which consume one call of `uniform` each, and one more; else n calls.
   */
  subset(n: number, probability: number): number[] {
    if (probability < LEAST_UNLEAPT) return this.leaps(n, probability);
    const chosen: number[] = [];
    for (let i = 0; i < n; i++) if (this.uniform() < probability) chosen.push(i);
    return chosen;
  }

  /** The same by geometric leaps, whatever the probability, which must be below 1. */
  leaps(n: number, probability: number): number[] {
    const chosen: number[] = [];
    if (!(probability > 0)) return chosen;
    // P(leap > k) = (1 - p)^k. Of a small probability 1 - p keeps few digits or none.
    const perLeap = 1 / (probability < 1e-8 ? -probability : log(1 - probability));
    for (let i = -1; ; ) {
      i += 1 + Math.floor(log(1 - this.uniform()) * perLeap);
      if (!(i < n)) return chosen;
      chosen.push(i);
    }
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
