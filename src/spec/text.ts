import { isUtf8 } from 'node:buffer';
import { suggest, UsageError } from './errors.js';

/** Encodings that are offered in messages; every label of the WHATWG encoding standard is understood. */
const commonEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252', 'shift_jis', 'gb18030'];

/** How the bytes of a file become text. */
export interface Encoding {
  /** A label that `TextDecoder` takes. */
  label: string;
  /** What told it, where it is neither UTF-8 nor asked for. */
  notice?: string;
}

/** Files that are no text, by their first bytes. */
const notText: [bytes: number[], what: string][] = [
  [[0x50, 0x4b, 3, 4], 'this is a spreadsheet file. Save each sheet as CSV and import that.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'this is a spreadsheet file. Save each sheet as CSV and import that.'],
  [[0xff, 0xfe, 0, 0], 'this is UTF-32 text. Save it with UTF-8 encoding.'],
  [[0, 0, 0xfe, 0xff], 'this is UTF-32 text. Save it with UTF-8 encoding.'],
  [[0x1f, 0x8b], 'this is a compressed file. Unpack it (gunzip) and import what is in it.'],
];

const startsWith = (bytes: Buffer, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** What a byte-order mark says. */
function marked(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** The encoding that an XML declaration names; one that was itself read as single bytes cannot be UTF-16. */
function declared(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 200);
  const label = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/
    .exec(head)?.[1]
    ?.toLowerCase();
  // ASCII is read as UTF-8, which holds it, so that a byte beyond ASCII is not guessed at.
  return label === undefined || /^(us-)?ascii$|^utf-?(8|16)/.test(label) ? undefined : label;
}

/** The standard's own name of an encoding. */
function labelOf(label: string, source: string): string {
  try {
    return new TextDecoder(label, { fatal: true }).encoding;
  } catch {
    throw new UsageError(`${source}: unknown encoding "${label}". ${suggest(label, commonEncodings)}`);
  }
}

/** Where the first character begins that the encoding does not have. */
function faultOffset(bytes: Buffer, label: string): number {
  const sound = (length: number) => {
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [low, high] = [0, bytes.length + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (sound(middle)) low = middle;
    else high = middle;
  }
  if (label !== 'utf-8') return low;
  // The byte at which a character breaks off is up to three after the one that began it.
  let start = low;
  while (!isUtf8(bytes.subarray(0, start))) start--;
  return start;
}

function place(bytes: Buffer, offset: number): string {
  const line = bytes.subarray(0, offset).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
  const byte = bytes[offset];
  const found = byte === undefined ? 'the end' : `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return `byte offset ${offset} (line ${line}), found ${found}`;
}

/** The text of a file that has to be UTF-8. Throws a {@link UsageError} that names the first byte that is not. */
export function utf8Text(bytes: Buffer, source: string): string {
  if (isUtf8(bytes)) return bytes.toString();
  const mark = marked(bytes);
  throw new UsageError(
    mark === undefined || mark === 'utf-8'
      ? `${source}: this is not UTF-8 text: ${place(bytes, faultOffset(bytes, 'utf-8'))}. Save it with UTF-8 encoding.`
      : `${source}: this is UTF-16 text, as its byte-order mark says. Save it with UTF-8 encoding.`,
  );
}

/**
 * How the bytes of a file become text: as asked for, as a byte-order mark or an XML declaration says, or as UTF-8. Throws
 * a {@link UsageError} where the bytes are no text, or hold what the encoding does not have, with its offset: bytes are
 * never replaced, since that would make one name of two.
 */
export function encodingOf(bytes: Buffer, source: string, asked?: string): Encoding {
  const fault = notText.find(([start]) => startsWith(bytes, start));
  if (fault) throw new UsageError(`${source}: ${fault[1]}`);
  const [mark, stated] = [marked(bytes), declared(bytes)];
  const label = labelOf(asked ?? mark ?? stated ?? 'utf-8', source);
  if (mark !== undefined && label !== mark) {
    throw new UsageError(
      `${source}: its byte-order mark says ${mark}, and ${asked} was asked for; leave the encoding out.`,
    );
  }
  const advice =
    'Say with --encoding (latin1, windows-1252, utf-16le, …) how it is encoded, or save it with UTF-8 encoding.';
  if (label === 'utf-8' ? !isUtf8(bytes) : !decodes(bytes, label)) {
    const name = label === 'utf-8' ? 'UTF-8' : label;
    throw new UsageError(
      `${source}: this is not ${name} text: ${place(bytes, faultOffset(bytes, label))}. ${advice}`,
    );
  }
  const zero = label.startsWith('utf-16') ? -1 : bytes.indexOf(0);
  if (zero >= 0) throw new UsageError(`${source}: this is not text: ${place(bytes, zero)}. ${advice}`);
  if (label === 'utf-8') return { label };
  if (asked !== undefined) {
    // Other encodings of single bytes take any text; one that is UTF-8 as well is hardly meant to be one of them.
    const both = !label.startsWith('utf-16') && isUtf8(bytes) && bytes.some((byte) => byte > 0x7f);
    return both
      ? { label, notice: `${source} is UTF-8 text, and was read as ${label} because it was asked for.` }
      : { label };
  }
  const told = mark === undefined ? 'its XML declaration' : 'its byte-order mark';
  return { label, notice: `${source} was read as ${label}, as ${told} says.` };
}

const pieceBytes = 0x10_0000;

/** The text of bytes, piece by piece; a byte-order mark is left out. */
export function* decodedPieces(bytes: Buffer, label: string): Generator<string> {
  const decoder = new TextDecoder(label, { fatal: true });
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield decoder.decode(bytes.subarray(start, start + pieceBytes), { stream: true });
  }
  yield decoder.decode();
}

function decodes(bytes: Buffer, label: string): boolean {
  try {
    for (const _ of decodedPieces(bytes, label));
    return true;
  } catch {
    return false;
  }
}
