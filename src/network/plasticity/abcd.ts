import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * The Hebbian rule with evolved coefficients: dw = eta (A x y + B x + C y + D) at regular times, x and y the traces
 * of the two sides. Every coefficient may differ from synapse to synapse.
 */
export const abcd: PlasticityRule = {
  name: 'abcd',
  summary: 'dw = eta (A x y + B x + C y + D) at regular times; coefficients for all synapses or one each',
  source: 'Najarro and Risi 2020, arXiv 2007.02686',
  parameters: {
    eta: quantity('weight', 0.01, -10, 10, 'size of a change'),
    A: quantity('1', 1, -10, 10, 'coefficient of the correlation'),
    B: quantity('1', 0, -10, 10, 'coefficient of the presynaptic trace'),
    C: quantity('1', 0, -10, 10, 'coefficient of the postsynaptic trace'),
    D: quantity('1', 0, -10, 10, 'constant'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    every: quantity('ms', 20, 0.1, 10_000, 'between changes'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: [],
  onPost: [],
  onUpdate: { every: 'every', statements: ['w += eta*(A*x*y + B*x + C*y + D)'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
