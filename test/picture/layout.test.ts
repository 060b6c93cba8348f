import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figures, timeColour } from '../../src/figure/theme.js';
import { fontNotice, loadDrawing, textWidth } from '../../src/picture/canvas.js';
import { spread } from '../../src/picture/edge-labels.js';
import { fitName, fitText, wrapText } from '../../src/picture/text.js';
import { UserError } from '../../src/spec/errors.js';

const notice = await fontNotice();

describe('loadDrawing', () => {
  it('says what is missing where the canvas cannot be loaded', async () => {
    const absent = () => Promise.reject(new Error('no binary for this machine'));
    await expect(loadDrawing(absent)).rejects.toThrow(UserError);
    await expect(loadDrawing(absent)).rejects.toThrow(/no binary for this machine\).*@napi-rs\/canvas/);
  });
});

describe('text', () => {
  const withoutFonts = notice !== undefined;
  const long = 'a rather long sentence about the weights of a worm';

  it.skipIf(withoutFonts)('is wrapped within the width, with every word kept', () => {
    const lines = wrapText(long, 120, 15);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(textWidth(line, 15)).toBeLessThanOrEqual(120);
    expect(lines.join(' ')).toBe(long);
    expect(wrapText('', 120, 15)).toEqual([]);
  });

  it.skipIf(withoutFonts)('is cut at the end, names in the middle', () => {
    expect(fitText('short', 300, 15)).toBe('short');
    expect(fitText(long, 120, 15)).toMatch(/^a rather.*…$/);
    expect(fitName('enomad-ea-seed-17', 90, 15)).toMatch(/^en.*….*17$/);
    expect(textWidth(fitName(long, 120, 15), 15)).toBeLessThanOrEqual(120);
  });

  it('gives figures that matter', () => {
    const cases: [number, string][] = [
      [0, '0'],
      [1023.4, '1,023'],
      [152.34, '152.3'],
      [8.084, '8.08'],
      [-0.01352, '−0.0135'],
      [1.23e-6, '1.2e−6'],
      [12_345_678, '1.2e7'],
    ];
    for (const [value, text] of cases) expect(figures(value)).toBe(text);
  });

  it('colours time from violet to green', () => {
    expect(timeColour(0)).toBe('rgb(68, 1, 84)');
    expect(timeColour(1)).toBe('rgb(155, 217, 60)');
    expect(timeColour(7)).toBe(timeColour(1));
  });
});

describe('spread', () => {
  it('leaves alone what does not overlap and parts the rest about their centre', () => {
    expect(spread([10, 50, 90], [18, 18, 18], 0, 100)).toEqual([10, 50, 90]);
    expect(spread([50, 50], [18, 18], 0, 100)).toEqual([41, 59]);
    expect(spread([2, 98], [18, 18], 0, 100)).toEqual([9, 91]);
  });

  it('never lets labels overlap or leave the room, if they fit', () => {
    const wanted = fc.array(fc.double({ min: -20, max: 420, noNaN: true }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(wanted, fc.infiniteStream(fc.constantFrom(18, 36)), (values, sizes) => {
        const sorted = [...values].sort((a, b) => a - b);
        const heights = sorted.map(() => sizes.next().value as number);
        const centres = spread(sorted, heights, 0, 400);
        let edge = -1e-6;
        centres.forEach((centre, i) => {
          expect(centre - heights[i]! / 2).toBeGreaterThanOrEqual(edge);
          edge = centre + heights[i]! / 2 - 1e-6;
        });
        expect(edge).toBeLessThanOrEqual(400);
      }),
    );
  });
});
