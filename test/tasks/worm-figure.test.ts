import { describe, expect, it } from 'vitest';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { foraging } from '../../src/tasks/foraging/task.js';
import { eatenAt } from '../../src/tasks/worm/eaten.js';
import { type PathPanel, pathFigure } from '../../src/tasks/worm/path-figure.js';
import { emptyWormTrace, type WormTrace } from '../../src/tasks/worm/trace.js';
import { isPng, pixels, sizeOf } from '../inspect/png.js';

const pathChart = (of: Parameters<typeof pathFigure>[0]) => renderFigure(pathFigure(of));

/** A path straight through `x` and `y`, over the given food. */
function traceOf(x: number[], y: number[], food: [number, number][]): WormTrace {
  return {
    ...emptyWormTrace(),
    x,
    y,
    food: { x: food.map(([at]) => at), y: food.map(([, at]) => at) },
  };
}

const panel = (trace: WormTrace): PathPanel => ({ title: 'After', subtitle: 'score 60', trace });
const row = Array.from({ length: 12 }, (_, i): [number, number] => [400 + 70 * i, 600]);
const along = Array.from({ length: 101 }, (_, i) => 350 + 10 * i);

describe('eatenAt', () => {
  it('is the first step that ends nearer than 20 units, the start left out', () => {
    const food: [number, number][] = [
      [100, 100],
      [130, 100],
      [150, 120],
      [300, 100],
    ];
    expect([...eatenAt(traceOf([100, 130, 150, 131], [100, 100, 100, 100], food))]).toEqual([
      Number.NaN,
      1,
      Number.NaN,
      Number.NaN,
    ]);
    expect(eatenAt(traceOf([0, 150], [0, 100.001], [[150, 120]]))[0]).toBe(1);
  });

  it('agrees with the task, step by step', () => {
    const task = foraging.prepare(foraging.options.parse({ patterns: ['random'], steps: 2_000 }));
    const trace = emptyWormTrace();
    const { measures } = task.live(task.scenarios[0]!, 'a seed', foraging.randomPolicy(), trace);
    const steps = [...eatenAt(trace)].filter((step) => step > 0);
    expect(steps).toHaveLength(measures.foodEaten!);
    trace.eaten.forEach((items, i) => {
      expect(steps.filter((step) => step === i + 1)).toHaveLength(items);
    });
  });
});

describe('pathChart', () => {
  it('fills what was eaten and leaves the rest open', async () => {
    const past = along.map(() => 300);
    const through = along.map(() => 600);
    const eatenColour = '#df8640';
    const draw = async (y: number[]) =>
      (await pixels(await pathChart({ panels: [panel(traceOf(along, y, row))], columns: 1 }))).near(
        eatenColour,
      );
    const legendOnly = await draw(past);
    expect(await draw(through)).toBeGreaterThan(legendOnly + 12 * 200);
  });

  it('gives every arena the same scale and the figure a row for each row of panels', async () => {
    const panels = Array.from({ length: 4 }, () => panel(traceOf(along, along, row)));
    const one = await pathChart({ panels: panels.slice(0, 2), columns: 2 });
    const two = await pathChart({ panels, columns: 2 });
    expect(isPng(one)).toBe(true);
    expect(sizeOf(one)[0]).toBe(sizeOf(two)[0]);
    expect(sizeOf(two)[1]! - sizeOf(one)[1]!).toBeGreaterThan(750);
    const margin = async (png: Buffer) => (await pixels(png)).near('#f1f1f1');
    expect((await margin(two)) / (await margin(one))).toBeCloseTo(2, 1);
  });

  it('draws a worm that never moved, and needs no more columns than panels', async () => {
    const still = panel(traceOf([800], [600], []));
    expect(isPng(await pathChart({ panels: [still], columns: 3 }))).toBe(true);
  });

  it('refuses what cannot be drawn', () => {
    const draw = (trace: WormTrace) => () => pathFigure({ panels: [panel(trace)], columns: 1 });
    expect(() => pathFigure({ panels: [], columns: 2 })).toThrow(/at least one panel/);
    expect(draw(emptyWormTrace())).toThrow(/"After": a path needs/);
    expect(draw(traceOf([800, Number.NaN], [600, 600], row))).toThrow(/x\[1\] is NaN/);
    expect(draw(traceOf([800], [600], [[Number.NaN, 1]]))).toThrow(/food\.x\[0\] is NaN/);
  });
});
