import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * What fires together wires together: every pair of spikes strengthens, whichever came first. For uncorrelated
 * trains of rates a and b a weight grows by eta (tauPlus + tauMinus) a b a time unit.
 */
export const hebb: PlasticityRule = {
  name: 'hebb',
  summary: 'every pair of spikes strengthens the synapse, whichever came first',
  source:
    'Hebb 1949, The Organization of Behavior; in spikes Gerstner and Kistler 2002, doi:10.1007/s00422-002-0353-y',
  parameters: {
    eta: quantity('weight', 0.005, 0, 1, 'change of a pair at the same moment'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w += eta*y'],
  onPost: ['w += eta*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
