import { describe, expect, it } from 'vitest';
import { indexedPng } from '../../scripts/indexed-png.js';
import { palette } from '../../src/figure/theme.js';
import { renderCanvas } from '../../src/picture/canvas.js';
import { isPng, pixels, sizeOf } from '../inspect/png.js';

describe('indexedPng', () => {
  it('is the same picture in fewer bytes', async () => {
    const png = await renderCanvas({ width: 300, height: 200 }, async (pen) => {
      [palette.blue, palette.vermilion, palette.black].forEach((colour, i) => {
        pen.strokeStyle = colour;
        pen.beginPath();
        for (let x = 0; x < 300; x++) pen.lineTo(x, 100 + 30 * i + 30 * Math.sin(x / (5 + i)));
        pen.stroke();
      });
    });
    const small = await indexedPng(png);
    expect(isPng(small)).toBe(true);
    expect(sizeOf(small)).toEqual(sizeOf(png));
    expect(small.length).toBeLessThan(0.6 * png.length);
    const [before, after] = [await pixels(png), await pixels(small)];
    expect(after.near('#ffffff')).toBeGreaterThan(0.97 * before.near('#ffffff'));
    for (const colour of [palette.blue, palette.vermilion]) {
      expect(after.near(colour) / before.near(colour)).toBeGreaterThan(0.7);
    }
  });
});
