import { createRequire } from 'node:module';

interface Pixels {
  width: number;
  height: number;
  /** How many pixels from column `from` on are near the colour `#rrggbb`. */
  near: (colour: string, from?: number) => number;
}

interface Decoder {
  loadImage(png: Buffer): Promise<{ width: number; height: number }>;
  createCanvas(
    width: number,
    height: number,
  ): {
    getContext(kind: '2d'): {
      drawImage(image: unknown, x: number, y: number): void;
      getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
    };
  };
}

const here = createRequire(import.meta.url);
const decoder = createRequire(here.resolve('chartjs-node-canvas'))('canvas') as Decoder;

export async function pixels(png: Buffer): Promise<Pixels> {
  const image = await decoder.loadImage(png);
  const { width, height } = image;
  const context = decoder.createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const near = (colour: string, from = 0) => {
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    let found = 0;
    for (let y = 0; y < height; y++) {
      for (let x = from; x < width; x++) {
        const at = 4 * (y * width + x);
        if (wanted.every((part, i) => Math.abs(data[at + i]! - part) < 12)) found += 1;
      }
    }
    return found;
  };
  return { width, height, near };
}

export const isPng = (bytes: Buffer): boolean =>
  bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));

/** Width and height as the file's header has them. */
export const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
