import { createHash } from 'node:crypto';

const STRING_TAG = 0;
const NUMBER_TAG = 1;

/**
 * Seed of the random stream that serves one purpose: 32 hex digits, the first half of the SHA-256 of `parts`.
 *
 * A seed derives from what it is for (run seed, purpose, step, candidate, episode) and never from the order in which
 * work arrives, so that a run gives the same result with any number of workers, and a single episode can be replayed
 * without those before it.
 *
 * The encoding is unambiguous: every part carries its type and its length, so that ['a', 'bc'] differs from
 * ['ab', 'c'] and 1 from '1'. Numbers are hashed by their bits, since ECMAScript leaves the last decimal digit of
 * their text to the engine; -0 counts as 0. Throws a RangeError for a number that is not finite.
 */
export function deriveSeed(...parts: (string | number)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(encode(part));
  return hash.digest('hex').slice(0, 32);
}

function encode(part: string | number): Buffer {
  if (typeof part === 'number') {
    if (!Number.isFinite(part)) throw new RangeError(`a seed cannot derive from ${part}`);
    const bytes = Buffer.alloc(9);
    bytes.writeUInt8(NUMBER_TAG, 0);
    bytes.writeDoubleBE(part + 0, 1);
    return bytes;
  }
  // UTF-16 code units: UTF-8 would turn every unpaired surrogate into the same replacement character.
  const text = Buffer.from(part, 'utf16le');
  const header = Buffer.alloc(5);
  header.writeUInt8(STRING_TAG, 0);
  header.writeUInt32BE(part.length, 1);
  return Buffer.concat([header, text]);
}
