import { beforeAll, describe, expect, it } from 'vitest';
import { loadAssembler } from '../../src/kernel/assemble.js';
import { ruleProblems } from '../../src/network/check/rule.js';
import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';
import { hebb } from '../../src/network/plasticity/hebb.js';
import { engines, none, pairOf } from '../kernel/one-synapse.js';

beforeAll(() => loadAssembler());

const base: PlasticityRule = {
  ...hebb,
  parameters: {
    ...hebb.parameters,
    rate: { unit: 'weight/ms', default: 0.01, low: 0, high: 1, about: '' },
    every: { unit: 'ms', default: 10, low: 1, high: 100, about: '' },
  },
};
const eligibility = { about: '', unit: '1', tau: 'tauPlus', drive: 'rate*m.DA' };

/** Rules of shapes that none of the program's has. */
const unusual: Record<string, Partial<PlasticityRule>> = {
  'a drive of what stays': {
    synapse: { c: { about: '', unit: '1', drive: 'rate*m.DA' } },
    onPost: ['c += x'],
  },
  'a drive beside regular times': {
    synapse: { c: eligibility },
    onPost: ['c += x'],
    onUpdate: { every: 'every', statements: ['w *= 0.99', 'c *= 0.5'] },
  },
  'two drives, one of the weight itself': {
    synapse: { c: eligibility, d: { about: '', unit: '1', tau: 'tauMinus', drive: '-rate*m.NA' } },
    onPost: ['c += x', 'd += w*x / wMax'],
  },
  'a modulator in what a spike adds': {
    traces: { ...base.traces, x: { of: 'pre', tau: 'tauPlus', each: 'x + 1 + m.DA' } },
  },
  'a modulator in what is followed': {
    traces: { ...base.traces, z: { of: 'post', tau: 'tauPlus', follows: 'y*m.DA' } },
    onPost: ['w += eta*x*(1 + z)'],
  },
  'a jump to a bound': { onPre: ['w = if(y > 0.1 and x < 2, wMax, w)'] },
  'a count': {
    traces: { ...base.traces, n: { of: 'pre', each: 'add' } },
    onPost: ['w += eta*x*min(n, 3)'],
  },
  'a slow copy of the weight': {
    synapse: { slow: { about: '', unit: 'weight', start: 'w' } },
    onPre: ['slow = 0.9*slow + 0.1*w', 'w += 0.01*(slow - w)'],
  },
  'a function of the weight': { onPost: ['w += eta*x*exp(-w / wMax)'] },
};

describe.each(Object.entries(unusual))('a rule with %s', (_, change) => {
  const rule = { ...base, ...change };

  it('is sound', () => {
    expect(ruleProblems(rule)).toEqual([]);
  });

  it('runs alike in every engine, and does something', () => {
    const [reference, ...compiled] = engines.map(([, make]) => {
      const simulator = make(pairOf(rule, {}, [20, 60, 80], [30, 55, 90], 0.5));
      simulator.load();
      simulator.run(400, [], none);
      simulator.release('DA', 0.02);
      simulator.run(2000, [], none);
      return simulator.weights()[0]!;
    });
    expect(Math.abs(reference! - 0.5)).toBeGreaterThan(1e-4);
    expect(Math.abs(compiled[0]! - reference!)).toBeLessThan(1e-12);
    expect(Math.abs(compiled[1]! - reference!)).toBeLessThan(1e-5);
  });
});
