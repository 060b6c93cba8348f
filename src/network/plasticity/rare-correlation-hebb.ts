import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Only correlations that are rare leave an eligibility: the product of the two sides' activity above a high mark
 * raises it, below a low mark lowers it; a modulator with its baseline taken off turns it into weight.
 */
export const rareCorrelationHebb: PlasticityRule = {
  name: 'rare-correlation-hebb',
  summary: 'only rare, strong correlations become eligible, so that a late reward finds few candidates',
  source: 'Soltoggio and Steil 2013, doi:10.1162/NECO_a_00419',
  parameters: {
    gain: quantity('1', 1, 0, 100, 'what a correlation above the high mark adds'),
    loss: quantity('1', 0.01, 0, 100, 'what one below the low mark takes off'),
    high: quantity('1', 1, 0, 1000, 'mark above which a product of traces is a rare correlation'),
    low: quantity('1', 0.001, 0, 1000, 'mark below which it is a rare absence'),
    rate: quantity('1/ms', 0.001, 0, 1, 'weight a ms, for an eligibility and a DA of 1'),
    tonic: quantity(
      '1',
      0.0001,
      0,
      1,
      'DA that is missing when none is released: without reward weights fall',
    ),
    tauPlus: quantity('ms', 50, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 50, 1, 1000, 'decay of the postsynaptic trace'),
    tauC: quantity('ms', 4000, 10, 100_000, 'decay of the eligibility'),
    every: quantity('ms', 100, 1, 1000, 'between looks at the correlation'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  synapse: { c: { about: 'eligibility', unit: '1', tau: 'tauC', drive: 'rate*(m.DA - tonic)' } },
  onPre: [],
  onPost: [],
  onUpdate: { every: 'every', statements: ['c += if(x*y > high, gain, if(x*y < low, -loss, 0))'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
