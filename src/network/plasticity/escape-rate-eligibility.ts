import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * The policy gradient of a cell that fires by chance: a spike makes the synapse eligible by its postsynaptic potential
 * (the difference of two traces), and the rate at which the cell was expected to fire takes as much off on average. An
 * outcome turns the eligibility into weight by its reward (R). The rule has a rate of its own, which may rise less steeply
 * than the cell's: where firing is nearly certain or nearly impossible, chance teaches nothing.
 */
export const escapeRateEligibility: PlasticityRule = {
  name: 'escape-rate-eligibility',
  summary:
    'spikes beyond what was expected make synapses eligible; errors alone turn that into weight at an outcome',
  source:
    'Jordan, Schmidt, Senn and Petrovici 2021, doi:10.7554/eLife.66273, learning from reward; after Williams 1992, ' +
    'doi:10.1007/BF00992696',
  parameters: {
    eta: quantity('weight', 0.15, 0, 100, 'weight from a unit of eligibility by a unit of reward'),
    psp: quantity('mV', 10, 0, 1000, 'scale of the postsynaptic potential through a weight of 1'),
    tauFall: quantity('ms', 10, 1, 1000, 'its fall'),
    tauRise: quantity('ms', 2, 0.1, 1000, 'its rise; shorter than the fall'),
    rho: quantity('1/ms', 0.01, 0, 1, 'rate that is expected at the threshold'),
    vThreshold: quantity('mV', -55, -100, 100, "threshold of the postsynaptic cells' v"),
    deltaE: quantity('mV', 5, 0.01, 100, 'how softly the expected rate rises with the potential'),
    tauExpected: quantity(
      'ms',
      0.001,
      1e-4,
      100,
      'how soon the expected rate follows; far below a step: at once',
    ),
    tauE: quantity('ms', 500, 10, 1e5, 'decay of the eligibility'),
    every: quantity('ms', 1, 0.01, 100, 'between times at which what was expected is taken off'),
    wMin: quantity('weight', -100, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 100, -1000, 1000, 'highest weight'),
  },
  traces: {
    fall: { of: 'pre', tau: 'tauFall', each: 'add' },
    rise: { of: 'pre', tau: 'tauRise', each: 'add' },
    expected: {
      of: 'post',
      unit: '1/ms',
      tau: 'tauExpected',
      follows: 'rho*exp((cell.v - vThreshold) / deltaE)',
    },
  },
  synapse: { E: { about: 'eligibility', unit: '1', tau: 'tauE' } },
  onPre: [],
  onPost: ['E += psp*(fall - rise) / deltaE'],
  onUpdate: { every: 'every', statements: ['E -= every*expected*psp*(fall - rise) / deltaE'] },
  onEvent: { outcome: ['w += eta*(m.R - 1)*E'], trialStart: ['E = 0'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
