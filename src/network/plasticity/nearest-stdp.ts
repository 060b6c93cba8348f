import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pair STDP in which each spike pairs with the nearest earlier one of the other side alone.
 */
export const nearestStdp: PlasticityRule = {
  name: 'nearest-stdp',
  summary: 'pair STDP of nearest neighbours: each spike pairs with the last one of the other side alone',
  source: 'Morrison, Diesmann and Gerstner 2008, doi:10.1007/s00422-008-0233-1',
  parameters: {
    aPlus: quantity('weight', 0.005, 0, 1, 'change of a pair, pre before post'),
    aMinus: quantity('weight', 0.00525, 0, 1, 'the same for post before pre, taken off'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'set' },
    y: { of: 'post', tau: 'tauMinus', each: 'set' },
  },
  onPre: ['w -= aMinus*y'],
  onPost: ['w += aPlus*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
