/**
 * Plain values with typed arrays in them, as bytes: a JSON header in which each array is a reference, then the arrays
 * as they are (little-endian, each aligned to 8 bytes), then a SHA-256 of all that. The same value always gives the
 * same bytes.
 */
import { createHash } from 'node:crypto';
import type { Snapshot } from '../strategies/strategy.js';

const magic = 'baldwin1';
const kinds = { f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const;
type TypedArray = Float64Array | Int32Array | Uint8Array;

const kindOf = (array: TypedArray): keyof typeof kinds =>
  array instanceof Float64Array ? 'f64' : array instanceof Int32Array ? 'i32' : 'u8';

function isTyped(value: unknown): value is TypedArray {
  return value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array;
}

/** JSON makes null of what is not finite, and 0 of -0. */
const hasJson = (item: number) => Number.isFinite(item) && !Object.is(item, -0);

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

export function encodeSnapshot(value: Snapshot): Buffer {
  const arrays: TypedArray[] = [];
  let bytes = 0;
  const header = Buffer.from(
    JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item === 'number' && !hasJson(item))
        return { $number: Object.is(item, -0) ? '-0' : `${item}` };
      if (!isTyped(item)) return item;
      const reference = { $array: kindOf(item), at: bytes, length: item.length };
      arrays.push(item);
      bytes += aligned(item.byteLength);
      return reference;
    }),
  );
  const start = aligned(16 + header.length);
  const out = Buffer.alloc(start + bytes + 32);
  out.write(magic, 0, 'latin1');
  out.writeUInt32LE(header.length, 8);
  out.writeUInt32LE(bytes, 12);
  header.copy(out, 16);
  let at = start;
  for (const array of arrays) {
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(out, at);
    at += aligned(array.byteLength);
  }
  createHash('sha256').update(out.subarray(0, at)).digest().copy(out, at);
  return out;
}

/** The value, or undefined where the bytes are damaged or cut short. */
export function decodeSnapshot(data: Buffer): Snapshot | undefined {
  if (data.length < 48 || data.toString('latin1', 0, 8) !== magic) return undefined;
  const headerLength = data.readUInt32LE(8);
  const start = aligned(16 + headerLength);
  const end = start + data.readUInt32LE(12);
  if (data.length !== end + 32) return undefined;
  const digest = createHash('sha256').update(data.subarray(0, end)).digest();
  if (!digest.equals(data.subarray(end))) return undefined;
  return JSON.parse(data.toString('utf8', 16, 16 + headerLength), (_key, item: unknown) => {
    if (item === null || typeof item !== 'object') return item;
    if ('$number' in item) return Number(item.$number);
    if (!('$array' in item)) return item;
    const { $array, at, length } = item as { $array: keyof typeof kinds; at: number; length: number };
    const Kind = kinds[$array];
    // A copy of its own: the file's buffer need not be aligned, and is not to stay in memory.
    const copy = Uint8Array.from(data.subarray(start + at, start + at + length * Kind.BYTES_PER_ELEMENT));
    return new Kind(copy.buffer, 0, length);
  }) as Snapshot;
}
