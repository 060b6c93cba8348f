import { crc32, deflateSync, inflateSync } from 'node:zlib';

const head = 8;

function chunksOf(png: Buffer): { kind: string; data: Buffer }[] {
  const chunks: { kind: string; data: Buffer }[] = [];
  for (let at = head; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    chunks.push({ kind: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** What each filter of the PNG specification adds to a byte, from those to the left, above, and above left. */
const predictors: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
    return a <= b && a <= c ? left : b <= c ? up : corner;
  },
];

/** `[height, 4 width]` the pixels of 8-bit RGBA scanlines, each behind the number of its filter. */
function unfiltered(lines: Buffer, width: number, height: number): Buffer {
  const row = 4 * width;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const from = y * (row + 1);
    const predict = predictors[lines[from]!]!;
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x >= 4 ? pixels[at - 4]! : 0;
      const up = y > 0 ? pixels[at - row]! : 0;
      const corner = x >= 4 && y > 0 ? pixels[at - row - 4]! : 0;
      pixels[at] = (lines[from + 1 + x]! + predict(left, up, corner)) & 255;
    }
  }
  return pixels;
}

/**
 * The same opaque picture in about three quarters of the bytes: the canvas packs fast rather than small. Plain areas
 * and letters are packed best without filters.
 */
export function repacked(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks[0]!.data);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.toString('hex', 8) !== '0806000000')
    throw new Error('expected a PNG of 8-bit RGBA, not interlaced');
  const packed = chunks.filter(({ kind }) => kind === 'IDAT').map(({ data }) => data);
  const pixels = unfiltered(inflateSync(Buffer.concat(packed)), width, height);
  const lines = Buffer.alloc((3 * width + 1) * height);
  for (let y = 0, to = 0; y < height; y++) {
    to += 1;
    for (let x = 0; x < width; x++, to += 3)
      pixels.copy(lines, to, 4 * (y * width + x), 4 * (y * width + x) + 3);
  }
  header[9] = 2;
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([png.subarray(0, head), ...parts]);
}
