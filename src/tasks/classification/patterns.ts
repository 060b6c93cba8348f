import type { RandomStream } from '../../math/random.js';

/** A pattern: `[bits]`, 1 where the bit is on. */
export type Bits = Uint8Array;

/** Each bit on with probability 1/2. */
export const dense = (random: RandomStream, bits: number): Bits =>
  Uint8Array.from({ length: bits }, () => random.integer(2));

/** The same pattern, each bit flipped with a probability. */
export const flipped = (random: RandomStream, pattern: Bits, probability: number): Bits =>
  pattern.map((bit) => (random.uniform() < probability ? 1 - bit : bit));
