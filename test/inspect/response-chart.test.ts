import { describe, expect, it } from 'vitest';
import { extent, roomy } from '../../src/figure/range.js';
import { palette } from '../../src/figure/theme.js';
import type { ResponseData } from '../../src/inspect/response.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { ticksOf } from '../../src/picture/pane.js';
import { responseFigure, responseGallery } from '../../src/report/figures/response.js';
import { isPng, pixels, sizeOf } from './png.js';

const responseChart = async (...input: Parameters<typeof responseFigure>) =>
  renderFigure(responseFigure(...input));
const drawnResponseGallery = async (input: Parameters<typeof responseGallery>[0], ratio?: number) =>
  renderFigure(responseGallery(input), 'png', ratio);

const steps = 500;
const timesMs = Float64Array.from({ length: steps }, (_, i) => i + 1);
const flat = new Float64Array(steps);
const wave = timesMs.map((time) => Math.sin(time / 20));
const data: ResponseData = {
  title: 'a cell',
  timesMs,
  states: [{ name: 'v', unit: 'mV', values: wave }],
  spikesMs: [],
};

describe('ticksOf', () => {
  it('gives round values within the range, no more than asked for', () => {
    expect(ticksOf({ low: 0, high: 300 }, 6)).toEqual([0, 100, 200, 300]);
    expect(ticksOf({ low: -0.05, high: 0.45 }, 3)).toEqual([0, 0.2, 0.4]);
    expect(ticksOf({ low: -71, high: 31 }, 6)).toEqual([-60, -40, -20, 0, 20]);
    expect(ticksOf({ low: 1e-7, high: 9e-7 }, 4)).toEqual([2e-7, 4e-7, 6e-7, 8e-7]);
    for (let most = 1; most < 9; most++) {
      for (const high of [0.3, 1, 7, 19, 250, 9999]) {
        const ticks = ticksOf({ low: -high / 3, high }, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        expect(ticks).toContain(0);
      }
    }
  });
});

describe('extent', () => {
  it('leaves out what is not finite', () => {
    expect(
      extent([
        [1, Number.NaN, 5],
        [-Infinity, 3],
      ]),
    ).toEqual({ low: 1, high: 5 });
    expect(extent([[Number.NaN], []])).toBeUndefined();
  });

  it('is opened where it has no width', () => {
    expect(roomy({ low: 0, high: 10 }, 0.1)).toEqual({ low: -1, high: 11 });
    expect(roomy({ low: -70, high: -70 })).toEqual({ low: -112, high: -28 });
    expect(roomy({ low: 0, high: 0 })).toEqual({ low: -0.6, high: 0.6 });
  });
});

describe('responseChart', () => {
  it('marks every spike above the trace', async () => {
    const near = async (spikesMs: number[]) =>
      (await pixels(await responseChart({ ...data, spikesMs }))).near(palette.vermilion);
    expect(await near([])).toBe(0);
    const one = await near([100]);
    expect(one).toBeGreaterThan(20);
    expect((await near([100, 200, 300])) / one).toBeCloseTo(3, 0);
    expect(await near([100, 900])).toBe(one);
  });

  it('keeps a peak of a single step among many', async () => {
    const many = 200_000;
    const draw = async (peak: number) => {
      const values = new Float64Array(many);
      values[many / 2] = peak;
      const long = { ...data, timesMs: Float64Array.from({ length: many }, (_, i) => i / 100) };
      const states = [
        { name: 'v', unit: 'mV', values },
        { name: 'w', unit: '1', values: new Float64Array(many) },
      ];
      return (await pixels(await responseChart({ ...long, states }))).near(palette.blue);
    };
    expect(await draw(1)).toBeGreaterThan((await draw(0)) + 300);
  });

  it('draws further states by their unit, then the input, then the rates', async () => {
    const height = async (more: Partial<Parameters<typeof responseChart>[0]>) =>
      sizeOf(await responseChart({ ...data, ...more }))[1]!;
    const [v] = data.states;
    const m = { name: 'm', unit: '1', values: flat };
    const alone = await height({});
    const gated = await height({ states: [v!, m] });
    expect(gated).toBeGreaterThan(alone);
    expect(await height({ states: [v!, m, { ...m, name: 'h' }] })).toBe(gated);
    expect(await height({ states: [v!, m, { ...m, name: 'ca', unit: 'uM' }] })).toBeGreaterThan(gated);
    expect(await height({ input: { name: 'I', unit: 'nA', values: flat } })).toBeGreaterThan(alone);
    const frequencies = { unit: 'nA', currents: [0, 1, 2], ratesHz: [0, 0, 10] };
    expect(await height({ frequencies })).toBeGreaterThan(alone + 300);
  });

  it('draws what is not finite as a gap', async () => {
    const values = wave.map((value, i) => (i > 250 ? Number.NaN : value));
    const lost = await pixels(await responseChart({ ...data, states: [{ name: 'v', unit: 'mV', values }] }));
    const whole = await pixels(await responseChart(data));
    expect(lost.near(palette.blue)).toBeLessThan(0.7 * whole.near(palette.blue));
    const nothing = { name: 'v', unit: 'mV', values: wave.map(() => Number.NaN) };
    expect(isPng(await responseChart({ ...data, states: [nothing] }))).toBe(true);
  });

  it('refuses what cannot be drawn', async () => {
    await expect(responseChart({ ...data, timesMs: [] })).rejects.toThrow(/"a cell": .*at least one step/);
    await expect(responseChart({ ...data, states: [] })).rejects.toThrow(/at least one step and one state/);
    await expect(responseChart({ ...data, timesMs: [1, 2] })).rejects.toThrow(/v has 500 values for 2 times/);
  });
});

describe('responseGallery', () => {
  it('stands in rows of as many columns', async () => {
    const panels = Array.from({ length: 6 }, () => ({
      ...data,
      spikesMs: [100],
      input: { name: 'I', unit: 'nA', values: flat },
    }));
    const three = await drawnResponseGallery({ title: 'all', panels, columns: 3 });
    const two = await drawnResponseGallery({ title: 'all', panels, columns: 2 });
    expect(sizeOf(three)[0]!).toBeGreaterThan(sizeOf(two)[0]!);
    expect(sizeOf(three)[1]!).toBeLessThan(sizeOf(two)[1]!);
    expect((await pixels(three)).near(palette.vermilion)).toBe((await pixels(two)).near(palette.vermilion));
    const small = await drawnResponseGallery({ title: 'all', panels, columns: 3 }, 1.25);
    expect(sizeOf(small)[0]! / sizeOf(three)[0]!).toBeCloseTo(0.5, 2);
    await expect(drawnResponseGallery({ panels: [], columns: 2 })).rejects.toThrow(/at least one panel/);
  });
});
