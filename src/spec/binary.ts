/**
 * Plain values with typed arrays in them, as bytes: a frame. It has a JSON header in which each array is a reference,
 * then the arrays as they are (little-endian, each aligned to 8 bytes), then, where the frame is sealed, a SHA-256 of all
 * that. The same value always gives the same bytes.
 */
import { createHash } from 'node:crypto';

const kinds = { f64: Float64Array, i32: Int32Array, u8: Uint8Array, i8: Int8Array } as const;
type KindName = keyof typeof kinds;
type TypedArray = InstanceType<(typeof kinds)[KindName]>;

/** A frame says by its first bytes whether it is sealed. */
const magics = { sealed: 'baldwin1', open: 'baldwin0' } as const;
const prefixBytes = 16;
const sealBytes = 32;

/** Rows of one length, which become one array in a frame without being joined before. */
export class Rows {
  constructor(readonly rows: readonly Readonly<Float64Array>[]) {}
}

export interface FrameOptions {
  /** Whether a digest closes the frame, so that damage shows: for files. Messages do without, which saves milliseconds. */
  sealed: boolean;
}

/** An array as what lies in memory. */
type Bytes = Pick<Uint8Array, 'buffer' | 'byteOffset' | 'byteLength' | 'length'>;

/** A place in the frame for an array, and what is written there. */
interface Laid {
  at: number;
  parts: readonly Bytes[];
}

/** JSON makes null of what is not finite, and 0 of -0. */
const hasJson = (item: number) => Number.isFinite(item) && !Object.is(item, -0);

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** Keys by which the header tells what JSON has no form for. */
const marks = ['$array', '$number', '$entries'] as const;

/** Objects by whose keys the header would be misread; in a frame they are lists of entries. */
const looksMarked = (item: object) => marks.some((mark) => Object.hasOwn(item, mark));

function kindOf(item: unknown): KindName | undefined {
  if (item instanceof Rows || item instanceof Float64Array) return 'f64';
  if (item instanceof Uint8Array) return 'u8';
  if (item instanceof Int32Array) return 'i32';
  return item instanceof Int8Array ? 'i8' : undefined;
}

/** Entries whose value is undefined are left out, as JSON leaves them out of objects. */
const asEntries = (item: object) => ({
  $entries: Object.entries(item).filter(([, value]) => value !== undefined),
});

/** @throws TypeError for what would come back as something else */
function refuseUnlessPlain(item: unknown, key: string, inArray: boolean): void {
  const prototype = typeof item === 'object' && item !== null ? Object.getPrototypeOf(item) : null;
  const plain =
    typeof item === 'object'
      ? prototype === null || prototype === Object.prototype || Array.isArray(item)
      : ['string', 'number', 'boolean'].includes(typeof item) || (item === undefined && !inArray);
  if (plain) return;
  const found = prototype?.constructor?.name ?? typeof item;
  throw new TypeError(
    `"${key}": expected numbers, text, lists, plain objects or typed arrays of the kinds ${Object.keys(kinds).join(', ')}, found ${found}: it cannot be written as bytes`,
  );
}

/**
 * The bytes of a value, in memory of their own. Fields that are undefined are left out.
 * @throws TypeError where the value holds something that is not plain
 */
export function encodeFrame(value: unknown, { sealed }: FrameOptions): Uint8Array<ArrayBuffer> {
  const arrays: Laid[] = [];
  let bytes = 0;
  // A function with a `this`: values that know their own JSON, such as buffers, come to it already changed.
  const text = JSON.stringify(value, function (this: unknown, key: string) {
    const item = (this as Record<string, unknown>)[key];
    if (typeof item === 'number')
      return hasJson(item) ? item : { $number: Object.is(item, -0) ? '-0' : `${item}` };
    const kind = kindOf(item);
    if (kind === undefined) {
      refuseUnlessPlain(item, key, Array.isArray(this));
      return typeof item === 'object' && item !== null && looksMarked(item) ? asEntries(item) : item;
    }
    const parts: readonly Bytes[] = item instanceof Rows ? item.rows : [item as TypedArray];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    arrays.push({ at: bytes, parts });
    const reference = { $array: kind, at: bytes, length };
    bytes += aligned(length * kinds[kind].BYTES_PER_ELEMENT);
    return reference;
  });
  return assembled(Buffer.from(text), arrays, bytes, sealed);
}

function assembled(header: Buffer, arrays: readonly Laid[], bytes: number, sealed: boolean) {
  const start = aligned(prefixBytes + header.length);
  const end = start + bytes;
  const out = new Uint8Array(end + (sealed ? sealBytes : 0));
  const view = Buffer.from(out.buffer);
  view.write(sealed ? magics.sealed : magics.open, 0, 'latin1');
  view.writeUInt32LE(header.length, 8);
  view.writeUInt32LE(bytes, 12);
  out.set(header, prefixBytes);
  for (const { at, parts } of arrays) {
    let next = start + at;
    for (const { buffer, byteOffset, byteLength } of parts) {
      out.set(new Uint8Array(buffer, byteOffset, byteLength), next);
      next += byteLength;
    }
  }
  if (sealed) out.set(digestOf(out.subarray(0, end)), end);
  return out;
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Where a frame's parts are, or undefined where it is damaged, cut short or of another kind. */
function partsOf(data: Uint8Array, sealed: boolean) {
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < prefixBytes) return undefined;
  if (view.toString('latin1', 0, 8) !== (sealed ? magics.sealed : magics.open)) return undefined;
  const headerEnd = prefixBytes + view.readUInt32LE(8);
  const start = aligned(headerEnd);
  const end = start + view.readUInt32LE(12);
  if (data.length !== end + (sealed ? sealBytes : 0)) return undefined;
  if (sealed && !digestOf(data.subarray(0, end)).equals(data.subarray(end))) return undefined;
  return { header: view.toString('utf8', prefixBytes, headerEnd), start };
}

/**
 * The value of a frame, or undefined where its bytes are damaged, cut short or of another kind. Arrays of a sealed frame
 * are copies. Those of an open one, which is a message to its reader alone, stay in the message where they can.
 */
export function decodeFrame(data: Uint8Array, { sealed }: FrameOptions): unknown {
  const parts = partsOf(data, sealed);
  if (!parts) return undefined;
  return JSON.parse(parts.header, (_key, item: unknown) => {
    if (item === null || typeof item !== 'object') return item;
    if ('$number' in item) return Number(item.$number);
    if ('$entries' in item) return Object.fromEntries(item.$entries as [string, unknown][]);
    if (!('$array' in item)) return item;
    const { $array, at, length } = item as { $array: KindName; at: number; length: number };
    const Kind = kinds[$array];
    const from = parts.start + at;
    const inPlace = !sealed && (data.byteOffset + from) % Kind.BYTES_PER_ELEMENT === 0;
    if (inPlace) return new Kind(data.buffer as ArrayBuffer, data.byteOffset + from, length);
    // A file's buffer need not be aligned, and is not to stay in memory.
    const copy = Uint8Array.from(data.subarray(from, from + length * Kind.BYTES_PER_ELEMENT));
    return new Kind(copy.buffer, 0, length);
  });
}
