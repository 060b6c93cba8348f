import { describe, expect, it } from 'vitest';
import { loadConnectome } from '../../src/connectome/load.js';
import { palette } from '../../src/figure/theme.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { connectomeFigure } from '../../src/report/figures/connectome.js';
import { isPng, pixels, sizeOf } from './png.js';

const connectomeChart = async (...input: Parameters<typeof connectomeFigure>) =>
  renderFigure(connectomeFigure(...input));

describe('connectomeChart', () => {
  it('draws every group of cells, both signs and the body', async () => {
    const worm = loadConnectome('c-elegans-cook-2019');
    const png = await connectomeChart(worm);
    expect(isPng(png)).toBe(true);
    expect(sizeOf(png)[0]).toBe(2400);
    const { near } = await pixels(png);
    for (const colour of [
      palette.green,
      palette.purple,
      palette.vermilion,
      palette.black,
      palette.sky,
      palette.blue,
    ]) {
      expect(near(colour), colour).toBeGreaterThan(2000);
    }
    const flat = { ...worm, cells: { ...worm.cells } };
    delete flat.cells.positionsUm;
    const without = await connectomeChart(flat);
    expect(sizeOf(without)[1]).toBe(sizeOf(png)[1]! - 270 * 2.5);
  });

  it.each([
    'c-elegans-openworm',
    'ciona-larva-2016',
    'drosophila-mushroom-body-2017-right',
  ])('%s is drawn with what is known of it', async (name) => {
    const png = await connectomeChart(loadConnectome(name));
    expect(isPng(png)).toBe(true);
    expect((await pixels(png)).near(palette.grey)).toBeGreaterThan(500);
  });
});
