import { describe, expect, it } from 'vitest';
import { type CurvesData, curvesFigure, runningMean, spreadByTrial } from '../../src/figure/curves.js';
import { faded, palette } from '../../src/figure/theme.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { goNoGoFigure } from '../../src/tasks/go-no-go/figure.js';
import { emptyGoNoGoTrace } from '../../src/tasks/go-no-go/trace.js';
import { isPng, pixels, sizeOf } from './png.js';

const trials = 100;
const level = (value: number) => new Float64Array(trials).fill(value);
const data: CurvesData = {
  title: 'curves',
  names: ['one', 'other'],
  marks: [50],
  panels: [
    {
      title: 'share',
      range: { low: 0, high: 1 },
      height: 120,
      values: [[level(0.4), level(0.6)], [level(0.9)]],
    },
  ],
};

const curvesChart = (of: CurvesData) => renderFigure(curvesFigure(of));

/** A band of a series' colour on white, as it comes out. */
const onWhite = (colour: string, opacity: number) =>
  `#${[1, 3, 5]
    .map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16);
      return Math.round(255 + (part - 255) * opacity)
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;

describe('learning curves', () => {
  it('have the mean and the standard deviation over lives, trial by trial', () => {
    const { mean, low, high } = spreadByTrial([
      [1, 2],
      [3, 2],
      [5, 2],
    ]);
    expect([...mean]).toEqual([3, 2]);
    expect([...low]).toEqual([1, 2]);
    expect([...high]).toEqual([5, 2]);
    expect([...spreadByTrial([[7]]).low]).toEqual([7]);
  });

  it('draw a line for each series, and a band where there are several lives', async () => {
    const drawn = await pixels(await curvesChart(data));
    expect(drawn.near(palette.blue)).toBeGreaterThan(1000);
    expect(drawn.near(palette.vermilion)).toBeGreaterThan(1000);
    expect(faded(palette.blue, 0.18)).toHaveLength(9);
    expect(drawn.near(onWhite(palette.blue, 0.18))).toBeGreaterThan(20_000);
    expect(drawn.near(onWhite(palette.vermilion, 0.18))).toBeLessThan(2000);
  });

  it('grow with their panels, and need a trial', async () => {
    const one = sizeOf(await curvesChart(data));
    const two = sizeOf(await curvesChart({ ...data, panels: [...data.panels, ...data.panels] }));
    expect(two[0]).toBe(one[0]);
    expect(two[1]).toBeGreaterThan(one[1]! + 250);
    expect(() => curvesFigure({ ...data, panels: [] })).toThrow(/"curves": there is no trial/);
  });

  it('smooth by what came before', () => {
    expect([...runningMean([1, 0, 0, 1], 2)]).toEqual([1, 0.5, 0, 0.5]);
  });

  it('are drawn of lives before and after evolution, and of conditions', async () => {
    const trace = {
      ...emptyGoNoGoTrace(),
      cue: [0, 1, 0],
      went: [1, 0, 1],
      right: [1, 1, 0],
      burst: [0, 0, 1],
      shifts: [2],
      dopamine: [1, 1, 0],
      noradrenaline: [0, 0, 1],
      entropy: [0, 0, 0.5],
    };
    const replayed = {
      scenario: 'one shift',
      heldOut: false,
      score: 0.5,
      measures: {},
      behaviour: {},
      trace,
    };
    expect(isPng(await renderFigure(goNoGoFigure.lives([replayed], [replayed])))).toBe(true);
    expect(isPng(await renderFigure(goNoGoFigure.arms('x', [{ name: 'a', traces: [trace, trace] }])))).toBe(
      true,
    );
  });
});
