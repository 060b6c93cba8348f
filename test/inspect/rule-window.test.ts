import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesPage } from '../../scripts/rule-gallery.js';
import { type RuleWindow, windowOf } from '../../src/inspect/rule-window.js';
import { rulesAtWork } from '../../src/inspect/rules-at-work.js';
import type { Network } from '../../src/network/model/network.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { renderFigure } from '../../src/picture/draw-figure.js';
import { ruleWindowFigure } from '../../src/report/figures/rule-window.js';
import { sizeOf } from './png.js';

const at = ({ lagMs, curves }: RuleWindow, lag: number, curve = 0) =>
  curves[curve]!.change[lagMs.indexOf(lag)]!;

describe('the window of a rule', () => {
  it('is the published one of pair STDP, in both orders', () => {
    const window = windowOf(plasticityRules['pair-stdp'], [1])!;
    expect(window.curves.map(({ name }) => name)).toEqual(['']);
    const { aPlus, aMinus, tauPlus, tauMinus } = plasticityRules['pair-stdp'].parameters;
    for (const lag of [0.5, 10, 60]) {
      expect(at(window, lag)).toBeCloseTo(aPlus!.default * Math.exp(-lag / tauPlus!.default), 12);
      expect(at(window, -lag)).toBeCloseTo(-aMinus!.default * Math.exp(-lag / tauMinus!.default), 12);
    }
    expect(at(window, 0)).toBe(0);
  });

  it('is what modulators make of eligibilities within a second', () => {
    const window = windowOf(plasticityRules['pair-stdp-dopamine'], [0, 0.5, 1])!;
    expect(window.modulators).toEqual(['DA']);
    expect(window.curves.map(({ name }) => name)).toEqual(['DA at 0', 'DA at 0.5', 'DA at 1']);
    // aPlus exp(-10/20) rate tauC (1 - exp(-1)) (DA + tonic)
    const expected = (level: number) =>
      0.1 * Math.exp(-0.5) * 0.01 * 1000 * (1 - Math.exp(-1)) * (level + 0.002);
    // The continuous part is stepped: to a step in the decay of the eligibility.
    [0, 0.5, 1].forEach((level, of) => {
      expect(Math.abs(at(window, 10, of) / expected(level) - 1)).toBeLessThan(0.002);
    });
  });

  it('holds several modulators one by one where it is asked to', () => {
    const { bounds, ...rule } = plasticityRules['pair-stdp'];
    const difference = { ...rule, bounds, onPre: [], onPost: ['w += aPlus * x * (m.DA - m.NA)'] };
    expect(windowOf(difference, [0, 1])).toBeUndefined();
    const window = windowOf(difference, [0, 1], true)!;
    expect(window.curves.map(({ name }) => name)).toEqual(['DA at 1, NA at 0', 'NA at 1, DA at 0']);
    expect(at(window, 10, 0)).toBeGreaterThan(0);
    expect(at(window, 10, 1)).toBe(-at(window, 10, 0));
  });

  it('is of the values that the rule has in a network, one for each set of them', () => {
    const rule = plasticityRules['pair-stdp'];
    const projection = (name: string, parameters: Record<string, number | Float64Array>) => ({
      ...({} as Network['projections'][number]),
      name,
      plasticity: { rule, parameters },
    });
    const network = {
      projections: [
        projection('one', {}),
        projection('two', { aPlus: 1 }),
        projection('three', { aPlus: Float64Array.of(0, 2) }),
        projection('four', {}),
      ],
    } as unknown as Network;
    const atWork = rulesAtWork(network, { 'four.aPlus': 1 });
    expect(atWork.map(({ projections, means }) => [projections, means])).toEqual([
      [['one'], []],
      [['two', 'four'], []],
      [['three'], ['aPlus']],
    ]);
    const [ours, two, three] = atWork.map((of) => at(windowOf(of.rule, [1])!, 10));
    expect(two! / ours!).toBeCloseTo(1 / rule.parameters.aPlus!.default, 9);
    expect(three).toBe(two);
  });

  it('ends with the outcome, where the rule waits for one', () => {
    const window = windowOf(plasticityRules['sequential-neuromodulation'], [1])!;
    expect(window.curves.map(({ name }) => name)).toEqual(['ACh at 1, on reward', 'ACh at 1, on failure']);
    expect(at(window, 10, 0)).toBeGreaterThan(0);
    expect(at(window, 10, 1)).toBeLessThan(0);
  });

  it('is there for rules of pairs alone', () => {
    for (const name of [
      ...(['exploratory-hebb', 'rare-correlation-hebb', 'abcd', 'e-prop'] as const),
      ...(['synaptic-scaling', 'path-importance', 'spike-importance'] as const),
    ]) {
      expect(windowOf(plasticityRules[name], [1]), name).toBeUndefined();
    }
  });

  it('is drawn', async () => {
    const window = windowOf(plasticityRules['gated-hebb'], [0, 1])!;
    const png = await renderFigure(ruleWindowFigure('gated-hebb', 'a window', window), 'png', 1);
    expect(sizeOf(png)[0]).toBe(560);
  });
});

describe('docs/rules.md', () => {
  it('is what "npm run gallery" writes', () => {
    const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
    expect(page).toBe(rulesPage());
  }, 60_000);
});
