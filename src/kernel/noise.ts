import { log } from '../math/logarithm.js';
import { cos } from '../math/trigonometric.js';

/**
 * Counter-based random numbers: each is a function of (key, step, site, cell) alone, so no order of evaluation, number
 * of lanes or other cell changes it. A word is a Weyl sequence over the cells from a start that is hashed from the
 * rest, finished by a mixer of two multiplications (C. Wellons, "Prospecting for hash functions", 2018).
 */
export type Draw = 'uniform' | 'triangular' | 'gaussian';

/** Two 32-bit words that fix all noise of a lifetime. */
export type NoiseKey = readonly [number, number];

/** The Weyl step from one cell to the next: 2^32 over the golden ratio, odd. */
export const WEYL = 0x9e3779b9 | 0;
/** What a second word of the same cell is mixed with. */
export const SECOND = 0x6c8e9cf5;

/** Standard deviation of the sum of two 16-bit halves. */
const HALVES = Math.sqrt(0xffffffff / 6);
export const UNIT = 1 / 0x1000000;
export const PER_HALVES = 1 / HALVES;
export const TAU = 2 * Math.PI;

export function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b | 0);
  return h ^ (h >>> 16);
}

/** Where the Weyl sequence over the cells starts at a step, for one place in the equations that draws. */
export function weylStart([low, high]: NoiseKey, step: number, site: number): number {
  return mix((mix((mix(low ^ step) + high) | 0) + Math.imul(site, WEYL)) | 0);
}

/** The number that a cell draws, of mean 0 and standard deviation 1, or in [0, 1) where it is `uniform`. */
export function drawAt(kind: Draw, start: number, cell: number): number {
  const word = mix((start + Math.imul(cell, WEYL)) | 0);
  if (kind === 'uniform') return (word >>> 8) * UNIT;
  if (kind === 'triangular') return ((word & 0xffff) + (word >>> 16) - 65535) * PER_HALVES;
  const radius = Math.sqrt(-2 * log(((word >>> 8) + 1) * UNIT));
  return radius * cos((mix((word + SECOND) | 0) >>> 8) * UNIT * TAU);
}

/** The key of a seed made by `deriveSeed`, or of any text that begins with 16 hexadecimal digits. */
export function noiseKey(seed: string): NoiseKey {
  return [Number.parseInt(seed.slice(0, 8), 16) | 0, Number.parseInt(seed.slice(8, 16), 16) | 0];
}

/** The random numbers of a lifetime by its seed: of a place in the equations, a step and a cell of the network. */
export function drawsOf(seed: string): (kind: Draw, site: number, step: number, cell: number) => number {
  const key = noiseKey(seed);
  return (kind, site, step, cell) => drawAt(kind, weylStart(key, step, site), cell);
}
