import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pfister and Gerstner's triplet rule of all spikes: a pair counts more where a spike of the same side came shortly
 * before, which makes the rule depend on rates as cortical and hippocampal synapses do. The types are fits to
 * experiments; the time constants of 1 ms of minimal fits belong to amplitudes of 0.
 */
export const tripletStdp: PlasticityRule = {
  name: 'triplet-stdp',
  summary:
    'pairs and triplets of spikes: potentiation grows with rate, as measured in cortex and hippocampus',
  source: 'Pfister and Gerstner 2006, doi:10.1523/JNEUROSCI.1425-06.2006',
  parameters: {
    a2Plus: quantity('weight', 5e-10, 0, 1, 'change of a pair, pre before post'),
    a3Plus: quantity('weight', 6.2e-3, 0, 1, 'what an earlier postsynaptic spike adds to it'),
    a2Minus: quantity('weight', 7e-3, 0, 1, 'change of a pair, post before pre, taken off'),
    a3Minus: quantity('weight', 2.3e-4, 0, 1, 'what an earlier presynaptic spike adds to that'),
    tauPlus: quantity('ms', 16.8, 1, 1000, 'decay of the fast presynaptic trace'),
    tauMinus: quantity('ms', 33.7, 1, 1000, 'decay of the fast postsynaptic trace'),
    tauX: quantity('ms', 101, 1, 10_000, 'decay of the slow presynaptic trace'),
    tauY: quantity('ms', 125, 1, 10_000, 'decay of the slow postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  types: {
    'visual cortex': { about: 'all-to-all, full model', parameters: {} },
    'visual cortex, minimal': {
      about: 'all-to-all, minimal model',
      parameters: { a2Plus: 0, a3Plus: 6.5e-3, a2Minus: 7.1e-3, a3Minus: 0, tauY: 114 },
    },
    hippocampus: {
      about: 'all-to-all, full model',
      parameters: { a2Plus: 6.1e-3, a3Plus: 6.7e-3, a2Minus: 1.6e-3, a3Minus: 1.4e-3, tauX: 946, tauY: 27 },
    },
    'hippocampus, minimal': {
      about: 'all-to-all, minimal model',
      parameters: { a2Plus: 5.3e-3, a3Plus: 8e-3, a2Minus: 3.5e-3, a3Minus: 0, tauY: 40 },
    },
  },
  traces: {
    r1: { of: 'pre', tau: 'tauPlus', each: 'add' },
    r2: { of: 'pre', tau: 'tauX', each: 'add' },
    o1: { of: 'post', tau: 'tauMinus', each: 'add' },
    o2: { of: 'post', tau: 'tauY', each: 'add' },
  },
  onPre: ['w -= o1*(a2Minus + a3Minus*r2)'],
  onPost: ['w += r1*(a2Plus + a3Plus*o2)'],
  bounds: { low: 'wMin', high: 'wMax' },
};
