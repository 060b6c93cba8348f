import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Weights that learn from the reward of a move. A postsynaptic spike soon after a presynaptic one tags the synapse, once
 * however many follow; `outcome` turns tags into weight by the dopamine of that moment, and `settle` brings the weights onto
 * each cell back to their mean.
 */
export const stdpRl: PlasticityRule = {
  name: 'stdp-rl',
  summary:
    'pairs of spikes tag the synapse, which dopamine turns into weight at an outcome; weights kept at a mean',
  source: 'Hasegan et al. 2022, doi:10.3389/fncom.2022.1017284',
  parameters: {
    eta: quantity('1', 0.02, 0, 1, 'weight from a whole tag by a unit of dopamine'),
    tauPlus: quantity('ms', 10, 1, 500, 'window of presynaptic before postsynaptic spikes'),
    tauTag: quantity('ms', 250, 5, 1e5, 'decay of the tag'),
    goal: quantity('1', 1, 1e-4, 100, 'mean weight onto a cell'),
    wMin: quantity('1', 0, -100, 100, 'least weight'),
    wMax: quantity('1', 5, -100, 1000, 'greatest weight'),
  },
  traces: { x: { of: 'pre', tau: 'tauPlus', each: 'set' } },
  synapse: { tag: { about: 'how fresh the last pair is', unit: '1', tau: 'tauTag' } },
  onPre: [],
  onPost: ['tag = max(tag, x)'],
  onEvent: {
    outcome: ['w += eta*m.DA*tag'],
    // A cell that lost all of its weights is not divided by nothing.
    settle: ['w *= goal / max(incoming.w, 1e-3*goal)'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
