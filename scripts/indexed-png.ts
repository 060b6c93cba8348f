import { deflateSync } from 'node:zlib';
import { openDrawing } from '../src/picture/canvas.js';

interface Reader {
  drawImage(image: unknown, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, check]);
}

/**
 * The picture with at most 256 colours, a few times smaller: for drawings of lines on white. Colours are rounded, as
 * coarsely as it takes.
 */
export async function indexedPng(png: Buffer): Promise<Buffer> {
  const { loadImage, createCanvas } = await openDrawing();
  const image = (await loadImage(png)) as { width: number; height: number };
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d') as unknown as Reader;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  for (const levels of [16, 13, 11, 9, 7, 6]) {
    // White stays white.
    const step = 255 / (levels - 1);
    const round = (value: number) => Math.round(Math.round(value / step) * step);
    const index = new Map<number, number>();
    const rows = Buffer.alloc(height * (width + 1));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        const colour = (round(data[at]!) << 16) | (round(data[at + 1]!) << 8) | round(data[at + 2]!);
        if (!index.has(colour)) index.set(colour, index.size);
        rows[y * (width + 1) + 1 + x] = index.get(colour)!;
      }
    }
    if (index.size > 256) continue;
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 3, 0, 0, 0], 8);
    const palette = Buffer.from([...index.keys()].flatMap((c) => [c >> 16, (c >> 8) & 0xff, c & 0xff]));
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('PLTE', palette),
      chunk('IDAT', deflateSync(rows, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
  return png;
}
