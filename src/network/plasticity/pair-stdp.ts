import type { PlasticityRule } from '../model/plasticity-rule.js';

/** Additive spike-timing-dependent plasticity of all pairs of spikes (Song, Miller and Abbott 2000). */
export const pairStdp: PlasticityRule = {
  name: 'pair-stdp',
  summary: 'every pair of spikes changes the weight at once: up where pre comes first, down where post does',
  source: 'Song, Miller and Abbott 2000, doi:10.1038/78829',
  parameters: {
    aPlus: { unit: 'weight', default: 0.005, low: 0, high: 1, about: 'change of a pair, pre before post' },
    aMinus: {
      unit: 'weight',
      default: 0.00525,
      low: 0,
      high: 1,
      about: 'the same for post before pre, taken off',
    },
    tauPlus: { unit: 'ms', default: 20, low: 5, high: 100, about: 'decay of the presynaptic trace' },
    tauMinus: { unit: 'ms', default: 20, low: 5, high: 100, about: 'decay of the postsynaptic trace' },
    wMin: { unit: 'weight', default: 0, low: -1000, high: 1000, about: 'lowest weight' },
    wMax: { unit: 'weight', default: 1, low: -1000, high: 1000, about: 'highest weight' },
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w -= aMinus*y'],
  onPost: ['w += aPlus*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
