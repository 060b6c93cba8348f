import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pair-based STDP in which the weight itself, as a share of the greatest, is part of both changes. A presynaptic spike
 * raises its weight, unless the cell has just fired: so a cell that falls silent comes back. A postsynaptic spike lowers all
 * weights but the great ones of inputs that fired just before. The weight that is divided by is kept above a millionth.
 */
export const homeostaticStdp: PlasticityRule = {
  name: 'homeostatic-stdp',
  summary:
    'presynaptic spikes raise weights, spikes of the cell lower those that had no part in them: STDP that keeps a cell firing',
  source: 'Jordan, Schmidt, Senn and Petrovici 2021, doi:10.7554/eLife.66273, learning from correlations',
  parameters: {
    lambda: quantity('weight', 0.01, 0, 1, 'size of a change at a postsynaptic spike'),
    alpha: quantity('1', 1, 0, 10, 'size of a change at a presynaptic spike, as a share of that'),
    tauPlus: quantity('ms', 20, 1, 500, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 500, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, 0, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, 0.001, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'set' },
    y: { of: 'post', tau: 'tauMinus', each: 'set' },
  },
  onPre: ['w -= alpha*lambda*(y/max(w/wMax, 1e-6) - w/wMax)'],
  onPost: ['w += lambda*(pow(w/wMax*x, w/wMax) - 1)'],
  bounds: { low: 'wMin', high: 'wMax' },
};
