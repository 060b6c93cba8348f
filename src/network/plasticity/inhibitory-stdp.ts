import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Symmetric plasticity of inhibitory synapses that holds the postsynaptic cell at a target rate: a presynaptic spike
 * alone weakens by alpha = 2 target tau. The rule's w is the magnitude where the projection's sign is -1.
 */
export const inhibitoryStdp: PlasticityRule = {
  name: 'inhibitory-stdp',
  summary: 'inhibitory synapses that strengthen until their cell fires at a target rate',
  source: 'Vogels, Sprekeler, Zenke, Clopath and Gerstner 2011, doi:10.1126/science.1211095',
  parameters: {
    eta: quantity('weight', 0.005, 0, 10, 'change of a pair at the same moment'),
    targetHz: quantity('Hz', 3, 0, 100, 'rate of the postsynaptic cell at which changes cancel'),
    tau: quantity('ms', 20, 1, 1000, 'decay of both traces'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tau', each: 'add' },
    y: { of: 'post', tau: 'tau', each: 'add' },
  },
  onPre: ['w += eta*(y - 2e-3[1/(Hz ms)]*targetHz*tau)'],
  onPost: ['w += eta*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
