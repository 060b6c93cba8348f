import { describe, expect, it } from 'vitest';
import { loadConnectome } from '../../src/connectome/load.js';
import { palette } from '../../src/figure/theme.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { comparisonFigure } from '../../src/report/figures/connectome-comparison.js';
import { isPng, pixels, sizeOf } from './png.js';

const comparisonChart = async (...input: Parameters<typeof comparisonFigure>) =>
  renderFigure(comparisonFigure(...input));

const [young, adult] = ['c-elegans-witvliet-2021-1', 'c-elegans-witvliet-2021-8'].map(loadConnectome);

describe('comparisonChart', () => {
  it('draws what both have, what one has alone, and shared weights', async () => {
    const png = await comparisonChart(young!, adult!);
    expect(isPng(png)).toBe(true);
    expect(sizeOf(png)[0]).toBe(2400);
    const { near } = await pixels(png);
    for (const colour of [palette.blue, palette.vermilion, palette.grey]) {
      expect(near(colour), colour).toBeGreaterThan(10_000);
    }
    // The purple of the discs at three quarters, over white.
    expect(near('#d99bbd')).toBeGreaterThan(2000);
    expect(png.equals(await comparisonChart(young!, adult!))).toBe(true);
    expect(png.equals(await comparisonChart(adult!, young!))).toBe(false);
  });

  it('has nothing of one colour alone where both are the same', async () => {
    const same = await pixels(await comparisonChart(adult!, adult!));
    const different = await pixels(await comparisonChart(young!, adult!));
    expect(same.near(palette.grey)).toBeGreaterThan(1.5 * different.near(palette.grey));
  });

  it('leaves out shared weights where no cell is in both', async () => {
    const strangers = await comparisonChart(loadConnectome('ciona-larva-2016'), adult!);
    const [, height] = sizeOf(strangers);
    expect(height).toBeLessThan(sizeOf(await comparisonChart(young!, adult!))[1]! - 300 * 2.5);
    expect((await pixels(strangers)).near('#d99bbd')).toBeLessThan(100);
  });
});
