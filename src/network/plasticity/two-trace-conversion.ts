import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Pairs leave two eligibilities, one for potentiation and one for depression, that two modulators convert: NA (beta2
 * receptors) the first, 5-HT (5-HT2C receptors) the second.
 */
export const twoTraceConversion: PlasticityRule = {
  name: 'two-trace-conversion',
  summary: 'separate eligibilities for potentiation and depression, converted by NA and by 5-HT',
  source: 'He et al. 2015, doi:10.1016/j.neuron.2015.09.037',
  parameters: {
    aPlus: quantity('1', 0.1, 0, 10, 'eligibility for potentiation of a pair, pre before post'),
    aMinus: quantity('1', 0.1, 0, 10, 'eligibility for depression of a pair, post before pre'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    tauLtp: quantity('ms', 5000, 10, 100_000, 'decay of the eligibility for potentiation'),
    tauLtd: quantity('ms', 5000, 10, 100_000, 'decay of the eligibility for depression'),
    rateLtp: quantity('1/ms', 0.001, 0, 1, 'weight a ms, for an eligibility and an NA of 1'),
    rateLtd: quantity('1/ms', 0.001, 0, 1, 'weight a ms taken off, for an eligibility and a 5-HT of 1'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
  },
  synapse: {
    ltp: { about: 'eligibility for potentiation', unit: '1', tau: 'tauLtp', drive: 'rateLtp*m.NA' },
    ltd: { about: 'eligibility for depression', unit: '1', tau: 'tauLtd', drive: '-rateLtd*m.5HT' },
  },
  onPre: ['ltd += aMinus*y'],
  onPost: ['ltp += aPlus*x'],
  bounds: { low: 'wMin', high: 'wMax' },
};
