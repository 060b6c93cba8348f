import type { RandomStream } from '../../math/random.js';

/** A pattern: `[bits]`, 1 where the bit is on. */
export type Bits = Uint8Array;

/** Each bit on with probability 1/2. */
export const dense = (random: RandomStream, bits: number): Bits =>
  Uint8Array.from({ length: bits }, () => random.integer(2));

/** So many bits on. */
export function sparse(random: RandomStream, bits: number, on: number): Bits {
  const pattern = new Uint8Array(bits);
  for (const bit of random.sample(bits, on)) pattern[bit] = 1;
  return pattern;
}

/** The same pattern, each bit flipped with a probability. */
export const flipped = (random: RandomStream, pattern: Bits, probability: number): Bits =>
  pattern.map((bit) => (random.uniform() < probability ? 1 - bit : bit));

/** Bits in which two patterns differ. */
export const distance = (a: Bits, b: Bits): number =>
  a.reduce((sum, bit, i) => sum + (bit === b[i] ? 0 : 1), 0);

/** The same number of bits on, each of which has moved to another place with a probability. */
export function moved(random: RandomStream, pattern: Bits, probability: number): Bits {
  const after = pattern.slice();
  pattern.forEach((bit, place) => {
    if (bit === 0 || random.uniform() >= probability) return;
    const free = Array.from(after.keys()).filter((other) => after[other] === 0 && pattern[other] === 0);
    if (free.length === 0) return;
    after[place] = 0;
    after[free[random.integer(free.length)]!] = 1;
  });
  return after;
}
