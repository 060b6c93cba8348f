import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Hebb's rule under a gate: ACh sets how much a pair counts at the moment of the pair, and below a mark it weakens
 * instead.
 */
export const gatedHebb: PlasticityRule = {
  name: 'gated-hebb',
  summary: 'pairs strengthen as far as ACh is present, and weaken where it is below a mark',
  source: 'Gerstner, Lehmann, Liakoni, Corneil and Brea 2018, doi:10.3389/fncir.2018.00053',
  parameters: {
    eta: quantity(
      'weight',
      0.005,
      0,
      1,
      'change of a pair at the same moment, for an ACh of 1 above the mark',
    ),
    mark: quantity('1', 0, 0, 10, 'ACh below which pairs weaken'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  onPre: ['w += eta*(m.ACh - mark)*y'],
  onPost: ['w += eta*(m.ACh - mark)*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
