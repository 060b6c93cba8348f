import { beforeAll, describe, expect, it } from 'vitest';
import { fixedPointsOf, withoutFixedPoints } from '../../src/inspect/fixed-points.js';
import { rateSurfaceOf, surfaceAbout } from '../../src/inspect/rate-surface.js';
import { loadAssembler } from '../../src/kernel/assemble.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { rateSurfaceFigure } from '../../src/report/figures/rate-surface.js';
import { geometrySections } from '../../src/report/geometry.js';

beforeAll(loadAssembler);

/** A rule with some of its parameters at other values. */
const having = (rule: PlasticityRule, values: Record<string, number>): PlasticityRule => ({
  ...rule,
  parameters: Object.fromEntries(
    Object.entries(rule.parameters).map(([name, parameter]) => [
      name,
      { ...parameter, default: values[name] ?? parameter.default },
    ]),
  ),
});

const measured = { measuredS: 8, repeats: 8 };
const rates = [0, 10, 20, 30];

describe('the mean change of weights over rates', () => {
  it('is that of BCM, whose threshold is where it was, or slides to where the cell keeps its rate', () => {
    const { bcm } = plasticityRules;
    const fixed = rateSurfaceOf(having(bcm, { tauTheta: 1e6 }), [1], false, rates, measured)!;
    expect(fixed.unsettled).toEqual(['theta']);
    expect(surfaceAbout(fixed)).toMatch(/come to rest within these 20 s: theta\.$/);
    const [{ change, error, thresholds }] = fixed.maps as [(typeof fixed.maps)[0]];
    // eta x (y - theta) at every postsynaptic spike, with traces of 50 ms and theta at 1: 0 at 20 Hz.
    const expected = (pre: number, post: number) => 0.005 * (0.05 * pre) * post * (0.05 * post - 1);
    for (const [i, post] of rates.entries())
      for (const [j, pre] of rates.entries())
        expect(Math.abs(change[i]![j]! - expected(pre, post))).toBeLessThanOrEqual(
          4 * error[i]![j]! + 0.03 * Math.abs(expected(pre, post)),
        );
    expect(thresholds.map(({ preHz, rises }) => [preHz, rises])).toEqual([
      [10, true],
      [20, true],
      [30, true],
    ]);
    for (const { postHz } of thresholds) expect(Math.abs(postHz - 20)).toBeLessThan(2.5);

    // The mean of y^2 is (r tau)^2 + r tau / 2, so that theta is y on average where r tau is 1/2.
    const sliding = rateSurfaceOf(bcm, [1], false, [0, 5, 15, 50], { measuredS: 20, repeats: 10 })!;
    expect(sliding.unsettled).toEqual([]);
    expect(sliding.maps[0]!.thresholds.length).toBeGreaterThan(0);
    for (const { postHz, rises } of sliding.maps[0]!.thresholds) {
      expect(rises).toBe(false);
      expect(postHz > 5 && postHz < 12).toBe(true);
    }
  });

  it('is of each level of the modulators, with outcomes once a second', () => {
    const rule = plasticityRules['three-factor'];
    const surface = rateSurfaceOf(rule, [0, 1], true, [0, 20], measured)!;
    expect(surface.maps.map(({ name }) => name)).toEqual([
      'NA at 1, DA at 0, on outcome',
      'DA at 1, NA at 0, on outcome',
    ]);
    expect(surface.maps[0]!.change).toEqual([
      [0, 0],
      [0, 0],
    ]);
    // An eligibility of r^2 tauPlus tauEligibility, times eta.
    const { change, error } = surface.maps[1]!;
    expect(Math.abs(change[1]![1]! - 0.003 * 20 * 20 * 0.02 * 2)).toBeLessThan(4 * error[1]![1]!);
    const figure = rateSurfaceFigure('rates', surfaceAbout(surface), surface);
    expect(figure.rows.at(-1)!.blocks.map(({ block }) => block)).toEqual(['map', 'map']);
  });

  it('is not of rules that read states of cells', () => {
    expect(rateSurfaceOf(plasticityRules['e-prop'], [1])).toBeUndefined();
    expect(withoutFixedPoints(plasticityRules['e-prop'])).toMatch(/reads states of cells/);
  });
});

describe('fixed points of a weight', () => {
  it('are those of Oja: the presynaptic over the postsynaptic rate, where that is within the bounds', () => {
    const found = fixedPointsOf(plasticityRules.oja, [1], false, [10, 20], measured)!;
    const at = (preHz: number, postHz: number) =>
      found.maps[0]!.at.find((of) => of.preHz === preHz && of.postHz === postHz)!;
    const [point, ...others] = at(10, 20).points;
    expect(others).toEqual([]);
    expect(point!.stable).toBe(true);
    expect(Math.abs(point!.weight - 0.5)).toBeLessThan(4 * point!.error);
    expect(point!.error).toBeLessThan(0.05);
    expect(at(10, 20).driftsTo).toEqual([]);
    expect(at(20, 10)).toMatchObject({ points: [], driftsTo: ['high'] });
  });

  it('are told as unstable where weights part', () => {
    const parting: PlasticityRule = {
      ...plasticityRules['pair-stdp'],
      onPre: ['w += 0.001*(w - 0.3)'],
      onPost: [],
    };
    const [map] = fixedPointsOf(parting, [1], false, [10], measured)!.maps;
    expect(map!.at).toEqual([
      {
        ...{ preHz: 10, postHz: 10, driftsTo: ['low', 'high'] },
        points: [{ weight: expect.closeTo(0.3, 3), error: expect.any(Number), stable: false }],
      },
    ]);
  });

  it('are none of rules that do not read the weight, in words', () => {
    const rule = plasticityRules['pair-stdp'];
    expect(fixedPointsOf(rule, [1])).toBeUndefined();
    const sections = geometrySections({
      ...{ window: null, surface: null, fixedPoints: null },
      withoutFixedPoints: withoutFixedPoints(rule)!,
    });
    expect(sections[1]!.parts).toEqual([
      { part: 'lines', lines: [expect.stringMatching(/^None: .* drifts to its bound/)] },
    ]);
  });
});
