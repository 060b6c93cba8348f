import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Six numbers span the rules of pairs: what a spike of either side does alone (alpha, beta), what it does with the
 * other side's trace (kappa, gamma), and the two time constants. The defaults are the inhibitory rule of Vogels et
 * al. at a target of 3 Hz.
 */
export const sixNumberPair: PlasticityRule = {
  name: 'six-number-pair',
  summary: 'every rule of pairs, by six numbers: what spikes do alone and with the other side',
  source:
    'Confavreux, Ramesh, Goncalves, Macke and Vogels 2023, NeurIPS; the form of Confavreux et al. 2020, NeurIPS',
  parameters: {
    eta: quantity('weight', 0.01, -10, 10, 'size of a change'),
    alpha: quantity('1', -0.12, -2, 2, 'presynaptic spike alone'),
    kappa: quantity('1', 1, -2, 2, 'presynaptic spike, times the postsynaptic trace'),
    beta: quantity('1', 0, -2, 2, 'postsynaptic spike alone'),
    gamma: quantity('1', 1, -2, 2, 'postsynaptic spike, times the presynaptic trace'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w += eta*(alpha + kappa*y)'],
  onPost: ['w += eta*(beta + gamma*x)'],
  bounds: { low: 'wMin', high: 'wMax' },
};
