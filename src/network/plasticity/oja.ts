import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Hebb's rule with a decay that keeps the weights of a linear cell at unit length, in spikes: a postsynaptic spike
 * stands for the rate y of dw/dt = eta y (x - y w). A weight settles where x = y w on average.
 */
export const oja: PlasticityRule = {
  name: 'oja',
  summary: 'Hebbian growth with a decay that keeps the weight vector of a cell at unit length',
  source: 'Oja 1982, doi:10.1007/BF00275687',
  parameters: {
    eta: quantity('1', 0.005, 0, 1, 'share of the way at a postsynaptic spike'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: [],
  onPost: ['w += eta*(x - y*w)'],
  bounds: { low: 'wMin', high: 'wMax' },
};
