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

/** What stands in the header for an array. */
interface ArrayReference {
  $array: KindName;
  /** Bytes from the first array. */
  at: number;
  /** Elements. */
  length: number;
}

/** A place in the frame for an array, and what is written there. */
interface Laid {
  at: number;
  kind: KindName;
  parts: readonly ArrayLike<number>[];
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
 * A value as JSON can have it, with references to its arrays, which `lay` gives a place. This is a walk before
 * `JSON.stringify` rather than a function that is given to it: that costs messages half as much.
 */
function headerOf(
  item: unknown,
  key: string,
  inArray: boolean,
  lay: (array: unknown, kind: KindName) => object,
): unknown {
  if (typeof item === 'string') return item;
  if (typeof item === 'number')
    return hasJson(item) ? item : { $number: Object.is(item, -0) ? '-0' : `${item}` };
  const kind = kindOf(item);
  if (kind) return lay(item, kind);
  refuseUnlessPlain(item, key, inArray);
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return item.map((element, i) => headerOf(element, `${i}`, true, lay));
  const entries = Object.entries(item)
    // As JSON leaves them out.
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, headerOf(value, name, false, lay)] as const);
  return looksMarked(item) ? { $entries: entries } : Object.fromEntries(entries);
}

/**
 * The bytes of a value, in memory of their own. Fields that are undefined are left out.
 * @throws TypeError where the value holds something that is not plain
 */
export function encodeFrame(value: unknown, { sealed }: FrameOptions): Uint8Array<ArrayBuffer> {
  const arrays: Laid[] = [];
  let bytes = 0;
  const header = headerOf(value, '', false, (array, kind) => {
    const parts = array instanceof Rows ? array.rows : [array as ArrayLike<number>];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    arrays.push({ at: bytes, kind, parts });
    const reference = { $array: kind, at: bytes, length };
    bytes += aligned(length * kinds[kind].BYTES_PER_ELEMENT);
    return reference;
  });
  return assembled(Buffer.from(JSON.stringify(header)), arrays, bytes, sealed);
}

function assembled(header: Buffer, arrays: readonly Laid[], bytes: number, sealed: boolean) {
  const start = aligned(prefixBytes + header.length);
  const end = start + bytes;
  // Not filled with zeros, which costs messages as much as what is written: each gap is filled on its own.
  const { buffer } = Buffer.allocUnsafeSlow(end + (sealed ? sealBytes : 0));
  const out = new Uint8Array(buffer);
  const view = Buffer.from(buffer);
  view.write(sealed ? magics.sealed : magics.open, 0, 'latin1');
  view.writeUInt32LE(header.length, 8);
  view.writeUInt32LE(bytes, 12);
  out.set(header, prefixBytes);
  let written = prefixBytes + header.length;
  for (const { at, kind, parts } of arrays) {
    out.fill(0, written, start + at);
    const place = new kinds[kind](buffer, start + at);
    let next = 0;
    for (const part of parts) {
      place.set(part, next);
      next += part.length;
    }
    written = start + at + next * kinds[kind].BYTES_PER_ELEMENT;
  }
  out.fill(0, written, end);
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

/** What a header stands for; `arrayAt` gives the arrays. The header is the caller's own and is changed. */
function restored(item: unknown, arrayAt: (reference: ArrayReference) => TypedArray): unknown {
  if (item === null || typeof item !== 'object') return item;
  if ('$number' in item) return Number(item.$number);
  if ('$array' in item) return arrayAt(item as ArrayReference);
  const content = item as Record<string, unknown>;
  for (const key in content) {
    const part = content[key];
    if (typeof part === 'object') content[key] = restored(part, arrayAt);
  }
  return '$entries' in item ? Object.fromEntries(item.$entries as [string, unknown][]) : item;
}

/**
 * The value of a frame, or undefined where its bytes are damaged, cut short or of another kind. Arrays of a sealed frame
 * are copies. Those of an open one, which is a message to its reader alone, stay in the message where they can.
 */
export function decodeFrame(data: Uint8Array, { sealed }: FrameOptions): unknown {
  const parts = partsOf(data, sealed);
  if (!parts) return undefined;
  return restored(JSON.parse(parts.header), ({ $array, at, length }) => {
    const Kind = kinds[$array];
    const from = parts.start + at;
    const inPlace = !sealed && (data.byteOffset + from) % Kind.BYTES_PER_ELEMENT === 0;
    if (inPlace) return new Kind(data.buffer as ArrayBuffer, data.byteOffset + from, length);
    // A file's buffer need not be aligned, and is not to stay in memory.
    const copy = Uint8Array.from(data.subarray(from, from + length * Kind.BYTES_PER_ELEMENT));
    return new Kind(copy.buffer, 0, length);
  });
}
