import type { PlasticityRule } from '../../src/network/model/plasticity-rule.js';

const parameter = (value: number, unit = '1') => ({
  unit,
  default: value,
  low: -1e9,
  high: 1e9,
  about: 'test',
});

/** A rule in which everything that rules may do is done. */
export const busyRule: PlasticityRule = {
  name: 'busy',
  summary: 'everything at once',
  source: 'test',
  parameters: {
    aPlus: parameter(0.1),
    share: parameter(0.3),
    tauX: parameter(12, 'ms'),
    tauY: parameter(20, 'ms'),
    tauSlow: parameter(30, 'ms'),
    tauC: parameter(50, 'ms'),
    tauD: parameter(25, 'ms'),
    every: parameter(7, 'ms'),
    goal: parameter(0.4),
    wMin: parameter(0),
    wMax: parameter(4),
  },
  traces: {
    x: { of: 'pre', tau: 'tauX', each: 'add' },
    early: { of: 'pre', tau: 'tauX', each: 'set', coincident: true },
    y: { of: 'post', tau: 'tauY', each: 'y + 0.5*(1 - y) + 0*n' },
    n: { of: 'post', each: 'if(y > 0.3, n + 1, 0)', start: 'goal' },
    slow: { of: 'post', tau: 'tauSlow', follows: 'y^2 + 0.01*m.NA + if(cell.v > -50, 0.1, 0)', start: 0.2 },
  },
  synapse: {
    c: { about: 'eligibility', unit: '1', tau: 'tauC', drive: '0.01[1/ms]*(m.DA - 0.2*m.NA)' },
    d: { about: 'another', unit: '1', tau: 'tauD', drive: 'if(m.NA > 0.2, 0.02[1/ms]*m.NA, 0)' },
    first: { about: 'the weight at the last event', unit: '1', start: 'w' },
    count: { about: 'presynaptic spikes', unit: '1', start: 2 },
  },
  onPre: ['c -= aPlus*share*y', 'w += 0.002*m.DA*slow', 'count += 1'],
  onPost: [
    'c += aPlus*(x - 0.1*early)',
    'd = 0.9*d + 0.05*x*early - 0.01*n',
    'w += 0.001*(post.v + 60)*early',
  ],
  onUpdate: { every: 'every', statements: ['w += 0.02*(goal - incoming.w)', 'c += 0.001*x*slow*share'] },
  onEvent: {
    trial: ['first = w', 'd = 0', 'c *= 0.5'],
    undo: ['w = first + 0.01*count*m.DA + 0.0001*pre.v', 'count = 0'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
