import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pairs strengthen by how near they are, whichever came first, and spikes of the same step count as one pair at
 * distance 0; every presynaptic spike costs a little, so that what is not correlated weakens.
 */
export const symmetricStdp: PlasticityRule = {
  name: 'symmetric-stdp',
  summary: 'a symmetric window: pairs strengthen by how near they are in time, coincident ones included',
  source: 'Mishra, Kim, Guzman and Jonas 2016, doi:10.1038/ncomms11552',
  parameters: {
    aPlus: quantity('weight', 0.005, -1, 1, 'change of a pair at the same moment'),
    cost: quantity('weight', 0.0005, 0, 1, 'what every presynaptic spike takes off'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add', coincident: true },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w += aPlus*y - cost'],
  onPost: ['w += aPlus*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
