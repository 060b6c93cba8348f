import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pair STDP whose depression an astrocyte sets: Ca, a slow integrator of the network's spikes (a modulator that
 * cells release), raises it where the network is more active than its goal and lowers it where less.
 */
export const balancedStdp: PlasticityRule = {
  name: 'balanced-stdp',
  summary: "pair STDP whose depression follows the network's activity, as an astrocyte senses it",
  source: 'Ivanov and Michmizos 2021, NeurIPS, arXiv 2111.01760',
  parameters: {
    aPlus: quantity('weight', 0.005, 0, 1, 'change of a pair, pre before post'),
    aMinus: quantity('weight', 0.005, 0, 1, 'the same for post before pre at the goal, taken off'),
    goal: quantity('1', 1, 1e-3, 1e6, 'level of Ca at which depression is aMinus'),
    slope: quantity('1', 1, 0, 100, 'how much more, for Ca above the goal by itself'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w -= aMinus*max(0, 1 + slope*(m.Ca - goal) / goal)*y'],
  onPost: ['w += aPlus*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
