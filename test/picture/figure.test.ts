import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ChartBlock } from '../../src/figure/chart.js';
import { type Block, type Figure, rowOf } from '../../src/figure/figure.js';
import { box, diamond, disc, stack, stroke } from '../../src/figure/marks.js';
import { palette } from '../../src/figure/theme.js';
import { drawFigure, drawFigures, pictureFormatOf, renderFigure } from '../../src/picture/draw-figure.js';
import { UsageError } from '../../src/spec/errors.js';
import { isPng, pixels, sizeOf } from '../inspect/png.js';

const folder = mkdtempSync(join(tmpdir(), 'baldwin-figures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linear = { axis: 'linear', title: 'x (mV)', min: 0, max: 4 } as const;
const chart: ChartBlock = {
  block: 'chart',
  height: 200,
  x: linear,
  y: { ...linear, title: 'y (mV)' },
  series: [
    { series: 'line', points: [0, 2, 4].map((x) => ({ x, y: x })), colour: palette.blue, lineWidth: 3 },
    { series: 'dots', points: [{ x: 1, y: 3 }], radius: 9, fill: palette.vermilion },
  ],
};
const categories: ChartBlock = {
  block: 'chart',
  height: 160,
  x: { axis: 'linear', title: 'cells', fromZero: true },
  y: {
    axis: 'categories',
    names: ['one', 'other'],
    marks: [disc(5, palette.green), diamond(6, palette.black)],
  },
  series: [{ series: 'bars', values: [3, null], colour: palette.purple }],
};

/** One of each kind of block. */
const blocks: Record<Block['block'], Block> = {
  legend: {
    block: 'legend',
    entries: [
      { text: 'a name that is long', mark: stack(box(12, 12, palette.black), disc(3, 'white')), widest: 60 },
      { before: 'from', text: 'to', mark: { mark: 'time', width: 60 } },
      { text: 'line', mark: stroke(palette.sky, 20, 2, [4, 2]) },
    ],
  },
  words: { block: 'words', text: 'words', size: 15, colour: palette.black, height: 24, align: 'right' },
  pane: {
    block: 'pane',
    height: 100,
    title: 'level',
    below: 'trial',
    across: { low: 0, high: 3 },
    up: { low: 0, high: 1 },
    ticksUp: 3,
    ticksAcross: 4,
    layers: [
      { layer: 'band', places: [0, 3], low: [0, 0.2], high: [0.4, 0.6], colour: palette.sky },
      {
        layer: 'line',
        places: [0, 1, 2, 3],
        values: [0, 1, Number.NaN, 1],
        colour: palette.blue,
        lineWidth: 2,
      },
      { layer: 'rules', places: [1.5], colour: palette.grey },
      { layer: 'dots', places: [1], values: [0.5], colour: palette.black, size: 4 },
      { layer: 'strokes', places: [2], colour: palette.vermilion },
    ],
  },
  map: {
    block: 'map',
    width: 200,
    height: 100,
    across: { low: 0, high: 20 },
    up: { low: 10, high: 0 },
    caption: { title: 'a place', subtitle: 'seen from above' },
    shapes: [
      { shape: 'rectangle', x: 0, y: 0, width: 20, height: 10, edge: { colour: palette.black, width: 1 } },
      { shape: 'circle', x: 5, y: 5, radius: 2, fill: palette.green },
      { shape: 'path', x: [1, 19], y: [1, 9], colour: palette.grey, lineWidth: 1 },
      { shape: 'timed-path', x: [1, 10, 19], y: [9, 1, 9], lastStep: 2, lineWidth: 2 },
      { shape: 'squares', x: [3, 4], y: [8, 8], size: 4, fill: palette.purple },
      { shape: 'mark', x: 19, y: 9, mark: disc(3, palette.vermilion) },
    ],
  },
  chart,
  bars: {
    block: 'bars',
    title: 'scores',
    nameWidth: 120,
    dots: false,
    bars: [
      { name: 'learned', value: 3, ends: [2, 4], colour: palette.blue },
      { name: 'lost', value: Number.NaN, colour: palette.grey },
    ],
  },
  shares: {
    block: 'shares',
    rows: [
      { name: 'cells', parts: [{ value: 2, colour: palette.green, ink: 'white' }], note: '100 % shared' },
    ],
  },
  cells: {
    block: 'cells',
    title: 'gains',
    nameWidth: 120,
    columns: ['E'],
    rows: [{ name: 'DA', cells: [{ text: '1', fill: palette.sky, ink: palette.black }] }],
  },
  strips: {
    block: 'strips',
    below: 'score',
    nameWidth: 100,
    noteWidth: 80,
    rows: [
      {
        name: 'an-arm-with-a-long-name',
        colour: palette.blue,
        joined: true,
        strips: [
          { values: [1, 2, Number.NaN], middle: 1.5, interval: [1, 2], note: 'n 2' },
          { values: [1, 1, 3], middle: 1, hollow: true, note: 'n 3' },
        ],
      },
    ],
    rules: [{ value: 0, name: 'chance', colour: palette.grey }],
  },
  glimpse: {
    block: 'glimpse',
    width: 200,
    title: 'a cell',
    timesMs: [0, 50, 100],
    values: [-65, -40, -65],
    spikesMs: [50],
    input: [0, 1, 0],
    note: '-65 to -40 mV',
  },
};

const figureOf = (...shown: Block[]): Figure => ({
  title: 'A title',
  subtitle: 'what is seen',
  width: 480,
  rows: shown.map((block) => rowOf(block, 4)),
});

describe('figures', () => {
  it.each(
    Object.entries(blocks),
  )('with %s are drawn as they are and after a passage through JSON', async (_, block) => {
    const figure = figureOf(block);
    const png = await renderFigure(figure);
    expect(isPng(png)).toBe(true);
    const empty = sizeOf(await renderFigure(figureOf()));
    expect(sizeOf(png)[0]).toBe(empty[0]);
    expect(sizeOf(png)[1]).toBeGreaterThan(empty[1]!);
    const copy = JSON.parse(JSON.stringify(figure)) as Figure;
    expect((await renderFigure(copy)).equals(png)).toBe(true);
  });

  it('have their blocks side by side where a row holds several', async () => {
    const map = blocks.map as Extract<Block, { block: 'map' }>;
    const row = { left: 0, gap: 30, blocks: [map, map] };
    const { near } = await pixels(await renderFigure({ width: 480, rows: [row] }));
    // The second begins at 230 units of layout, of 2.5 pixels each.
    expect(near(palette.green, 575)).toBeCloseTo(near(palette.green) / 2, -2);
  });

  it('show lines, dots, bars and marks of charts', async () => {
    const { near } = await pixels(await renderFigure(figureOf(chart, categories)));
    for (const colour of [palette.blue, palette.vermilion, palette.purple, palette.green]) {
      expect(near(colour), colour).toBeGreaterThan(300);
    }
  });
});

describe('SVG', () => {
  it('holds every kind of block as shapes and words, charts included', async () => {
    const svg = (await renderFigure(figureOf(...Object.values(blocks), categories), 'svg')).toString();
    expect(svg).toMatch(/^<\?xml[^>]*><svg [^>]*width="480"/);
    for (const word of ['A title', 'x (mV)', 'learned', 'other', 'seen from above']) {
      expect(svg).toContain(`>${word}</text>`);
    }
    expect(svg).not.toContain('<image');
    // Lists of places end without a comma, and every family has another to fall back on.
    expect(svg).not.toMatch(/, "/);
    expect(svg).not.toMatch(/font-family="(?![^"]*sans-serif")/);
  });

  it('draws what the PNG shows', async () => {
    const figure = figureOf(chart, categories, blocks.map);
    const picture = await pixels(await renderFigure(figure, 'svg'));
    const png = await pixels(await renderFigure(figure, 'png', 1));
    expect([picture.width, picture.height]).toEqual([png.width, png.height]);
    for (const colour of [palette.vermilion, palette.purple, palette.green]) {
      const [drawn, wanted] = [picture.near(colour), png.near(colour)];
      expect(wanted).toBeGreaterThan(50);
      expect(Math.abs(drawn - wanted)).toBeLessThan(0.15 * wanted);
    }
  });

  it('keeps a circle short', async () => {
    const circle = await renderFigure({ width: 100, rows: [rowOf(blocks.map)] }, 'svg');
    expect(circle.length).toBeLessThan(4000);
  });
});

describe('files', () => {
  it('are PNG or SVG by their ending, and others are refused with what is possible', async () => {
    await drawFigure(figureOf(chart), join(folder, 'a.png'));
    await drawFigure(figureOf(chart), join(folder, 'a.SVG'));
    expect(isPng(readFileSync(join(folder, 'a.png')))).toBe(true);
    expect(readFileSync(join(folder, 'a.SVG'), 'utf8')).toContain('<svg');
    await expect(drawFigure(figureOf(chart), 'a.pdf')).rejects.toThrow(UsageError);
    expect(() => pictureFormatOf('a.pdf')).toThrow(
      /"a\.pdf" should end in \.png or \.svg, but ends in "\.pdf"/,
    );
    expect(() => pictureFormatOf('picture')).toThrow(/has no ending/);
  });

  it('of several figures bear their names', async () => {
    const files = await drawFigures({ one: figureOf(chart), other: figureOf() }, folder, 'svg');
    expect(files).toEqual([join(folder, 'one.svg'), join(folder, 'other.svg')]);
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain('<svg');
  });
});
