import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Weights that learn when an outcome comes. Spikes leave an eligibility at the synapse; `outcome` turns it into weight by
 * the dopamine of that moment; `settle` clears it, brings the weights onto each cell back to their mean, and relaxes them
 * to it by noradrenaline.
 */
export const threeFactor: PlasticityRule = {
  name: 'three-factor',
  summary:
    'eligibility by spike pairs, turned into weight by dopamine at an outcome; weights kept at a mean, and relaxed to it ' +
    'by noradrenaline',
  source:
    'Fremaux and Gerstner 2016, doi:10.3389/fncir.2015.00085, section 3; with noradrenaline as in Mei et al. 2025, ' +
    'arXiv 2501.06762',
  parameters: {
    eta: quantity('1', 0.003, 0, 1, 'weight from a unit of eligibility by a unit of dopamine'),
    aPlus: quantity('1', 1, 0, 10, 'eligibility from a presynaptic spike just before a postsynaptic one'),
    aMinus: quantity('1', 0, 0, 10, 'eligibility lost by a presynaptic spike just after a postsynaptic one'),
    tauPlus: quantity('ms', 20, 1, 500, 'window of presynaptic before postsynaptic spikes'),
    tauMinus: quantity('ms', 20, 1, 500, 'window of postsynaptic before presynaptic spikes'),
    tauEligibility: quantity('ms', 2000, 10, 1e5, 'decay of the eligibility'),
    gate: quantity('1', 0, -10, 10, 'how much a unit of noradrenaline adds to eta, as a share of it'),
    relax: quantity(
      '1',
      0.3,
      0,
      1,
      'share of the way to the mean that a unit of noradrenaline takes weights',
    ),
    goal: quantity('1', 0.5, 0.01, 10, 'mean weight onto a cell'),
    wMin: quantity('1', 0, 0, 10, 'least weight'),
    wMax: quantity('1', 1, 0, 100, 'greatest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  synapse: { c: { about: 'eligibility', unit: '1', tau: 'tauEligibility' } },
  onPre: ['c -= aMinus*y'],
  onPost: ['c += aPlus*x'],
  onEvent: {
    outcome: ['w += eta*(1 + gate*m.NA)*m.DA*c'],
    // A cell that lost all of its weights is not divided by nothing.
    settle: ['w *= goal / max(incoming.w, 1e-3)', 'w += min(relax*m.NA, 1)*(goal - w)', 'c = 0'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
