import { describe, expect, it } from 'vitest';
import { palette } from '../../src/figure/theme.js';
import type { HistoryPoint } from '../../src/inspect/history.js';
import { fontNotice } from '../../src/picture/canvas.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { changedCellsFigure } from '../../src/report/figures/changed-cells.js';
import { fitnessComparisonFigure, fitnessFigure } from '../../src/report/figures/fitness.js';
import { weightChangeFigure } from '../../src/report/figures/weights.js';
import { isPng, pixels, sizeOf } from './png.js';

const cellChangeChart = async (...input: Parameters<typeof changedCellsFigure>) =>
  renderFigure(changedCellsFigure(...input));
const fitnessChart = async (...input: Parameters<typeof fitnessFigure>) =>
  renderFigure(fitnessFigure(...input));
const fitnessComparisonChart = async (...input: Parameters<typeof fitnessComparisonFigure>) =>
  renderFigure(fitnessComparisonFigure(...input));
const weightChangeChart = async (...input: Parameters<typeof weightChangeFigure>) =>
  renderFigure(weightChangeFigure(...input));

const history = (steps: number, gain: number): HistoryPoint[] =>
  Array.from({ length: steps }, (_, i) => {
    const median = 100 + (gain * i) / steps + 8 * ((i * 7) % 5);
    return { evaluations: 20 * (i + 1), best: median + 60, median, q25: median - 15, q75: median + 15 };
  });

const withoutFonts = (await fontNotice()) !== undefined;

describe('renderFigure', () => {
  it('draws on white, at 2.5 pixels for a unit', async () => {
    const axis = { axis: 'linear', title: '' } as const;
    const chart = { block: 'chart', height: 100, x: axis, y: axis, series: [] } as const;
    const png = await renderFigure({ width: 200, rows: [{ left: 0, blocks: [chart] }] });
    expect(isPng(png)).toBe(true);
    const { width, height, near } = await pixels(png);
    expect([width, height]).toEqual([500, 250]);
    expect(near('#ffffff')).toBeGreaterThan(0.8 * width * height);
  });
});

describe('fitnessChart', () => {
  const title = 'Fitness';
  const scoreLabel = 'score';

  it('is a PNG of 1600 x 1000 that depends on its data and on nothing else', async () => {
    const first = await fitnessChart({ title, scoreLabel, history: history(60, 300) });
    expect(isPng(first)).toBe(true);
    expect(sizeOf(first)).toEqual([1600, 1000]);
    expect(first.equals(await fitnessChart({ title, scoreLabel, history: history(60, 300) }))).toBe(true);
    expect(first.equals(await fitnessChart({ title, scoreLabel, history: history(60, 310) }))).toBe(false);
  });

  it('draws best, median, quartiles and what they are measured against', async () => {
    const input = { title, scoreLabel, history: history(60, 300) };
    const plain = await pixels(await fitnessChart(input));
    const measured = await pixels(
      await fitnessChart({ ...input, untrained: 90, chance: { mean: 20, sd: 15 } }),
    );
    for (const { near } of [plain, measured]) {
      expect(near(palette.blue)).toBeGreaterThan(2000);
      expect(near(palette.vermilion)).toBeGreaterThan(2000);
      // The band's vermilion at a fifth, over white.
      expect(near('#f7dfcc')).toBeGreaterThan(5000);
    }
    expect(measured.near(palette.black)).toBeGreaterThan(plain.near(palette.black) + 2000);
    expect(measured.near('#ededed')).toBeGreaterThan(plain.near('#ededed') + 5000);
  });

  it('draws one step, a constant score and a hundred thousand steps', async () => {
    const constant = history(30, 0).map((point) => ({ ...point, best: 5, median: 5, q25: 5, q75: 5 }));
    const cases = [history(1, 0), constant, history(100_000, 300)];
    for (const each of cases) {
      const { near } = await pixels(await fitnessChart({ title, scoreLabel, history: each }));
      expect(near(palette.blue)).toBeGreaterThan(150);
    }
  });

  it('says by what the best is the best, where that is not its score', () => {
    const labels = (bestBy?: string) =>
      JSON.stringify(fitnessFigure({ title, scoreLabel, history: history(3, 0), bestBy }));
    expect(labels('limits come first')).toContain('"note":"limits come first"');
    expect(labels()).not.toContain('limits');
  });

  it('leaves gaps where a step has no finite score', async () => {
    const whole = history(60, 300);
    const holed = whole.map((point, i) =>
      i > 10 && i < 40
        ? { ...point, best: Number.NaN, median: Number.NEGATIVE_INFINITY, q25: Number.NaN }
        : point,
    );
    const vermilion = async (points: HistoryPoint[]) =>
      (await pixels(await fitnessChart({ title, scoreLabel, history: points }))).near(palette.vermilion);
    expect(await vermilion(holed)).toBeLessThan(0.8 * (await vermilion(whole)));
  });

  it('refuses an empty history', async () => {
    await expect(fitnessChart({ title, scoreLabel, history: [] })).rejects.toThrow(/history is empty/);
  });
});

describe('fitnessComparisonChart', () => {
  it('gives each run a colour, and many runs more height', async () => {
    const runs = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `run ${i + 1}`, history: history(50, 100 + 40 * i) }));
    const { near, height } = await pixels(await fitnessComparisonChart(runs(3)));
    expect(height).toBe(1000);
    for (const colour of [palette.blue, palette.vermilion, palette.green]) {
      expect(near(colour)).toBeGreaterThan(1500);
    }
    expect(sizeOf(await fitnessComparisonChart(runs(30)))[1]).toBeGreaterThan(1300);
    await expect(fitnessComparisonChart([])).rejects.toThrow(/no run to compare/);
  });
});

describe('weightChangeChart', () => {
  const input = { title: 'Weights', unit: 'synapses' };
  const start = Float64Array.from({ length: 400 }, (_, i) => (i % 23) - 6);
  const rightHalf = 1200;

  it('shows few large edits and many tiny ones', async () => {
    const few = start.map((weight, i) => (i % 40 === 0 ? weight + 5 + i / 40 : weight));
    const tiny = start.map((weight, i) => weight + 0.001 * (1 + (i % 9)));
    const pictures = [few, tiny].map((evolved) => weightChangeChart({ ...input, start, evolved }));
    for (const png of await Promise.all(pictures)) {
      expect(sizeOf(png)).toEqual([2400, 1280]);
      expect((await pixels(png)).near(palette.blue, rightHalf)).toBeGreaterThan(800);
    }
  });

  it('has a logarithmic axis for changes of many sizes', async () => {
    const wide = start.map((weight, i) => weight + Number(`1e${-(i % 9)}`));
    const { near } = await pixels(await weightChangeChart({ ...input, start, evolved: wide }));
    expect(near(palette.blue, rightHalf)).toBeGreaterThan(2000);
  });

  it.skipIf(withoutFonts)('says so where no weight changed', async () => {
    const { near } = await pixels(await weightChangeChart({ ...input, start, evolved: start }));
    expect(near(palette.blue)).toBe(0);
    // The words, and nothing else.
    expect(near('#5f5f5f', rightHalf)).toBeGreaterThan(200);
    expect(near('#444444', rightHalf)).toBeLessThan(200);
  });

  it('refuses weights that are not numbers', async () => {
    const evolved = start.map((weight, i) => (i === 3 ? Number.NaN : weight));
    await expect(weightChangeChart({ ...input, start, evolved })).rejects.toThrow(/Weight 3 is not/);
  });
});

describe('cellChangeChart', () => {
  const cells = Array.from({ length: 30 }, (_, i) => ({
    name: `CELL${i}`,
    group: ['sensory', 'inter', 'motor', 'muscle', 'glia'][i % 5]!,
    outgoing: i,
    incoming: i / 2,
  }));
  const input = { title: 'Cells', unit: 'synapses', cells };

  it('stacks the top cells and marks every role', async () => {
    const { near, width } = await pixels(await cellChangeChart(input));
    expect(width).toBe(1600);
    expect(near(palette.blue)).toBeGreaterThan(2 * near(palette.sky) * 0.9);
    for (const colour of [palette.green, palette.purple, palette.vermilion, palette.black]) {
      expect(near(colour)).toBeGreaterThan(1000);
    }
  });

  it('is as high as its bars need', async () => {
    const [ten, twenty] = await Promise.all([10, 20].map((top) => cellChangeChart({ ...input, top })));
    expect(sizeOf(twenty!)[1]! - sizeOf(ten!)[1]!).toBe(Math.round(10 * 23 * 2.5));
  });

  it.skipIf(withoutFonts)('says so where no weight changed, and refuses NaN', async () => {
    const none = cells.map((cell) => ({ ...cell, outgoing: 0, incoming: 0 }));
    const { near } = await pixels(await cellChangeChart({ ...input, cells: none }));
    expect(near(palette.blue)).toBe(0);
    expect(near('#5f5f5f')).toBeGreaterThan(200);
    const broken = [{ ...cells[0]!, incoming: Number.NaN }];
    await expect(cellChangeChart({ ...input, cells: broken })).rejects.toThrow(/Cell "CELL0"/);
  });
});
