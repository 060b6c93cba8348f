import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * The actor's and critic's rule of a spiking actor-critic: a postsynaptic spike leaves an eligibility in proportion
 * to the presynaptic potential (the difference of two traces), which the temporal-difference error turns into
 * weight, either way. DA stands for the error, above and below its baseline.
 */
export const tdStdp: PlasticityRule = {
  name: 'td-stdp',
  summary: 'postsynaptic spikes times presynaptic potentials wait for a temporal-difference error',
  source: 'Fremaux, Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024',
  parameters: {
    rate: quantity('1/ms', 0.001, 0, 1, 'weight a ms, for an eligibility and an error of 1'),
    tauFall: quantity('ms', 20, 1, 1000, 'fall of the presynaptic potential'),
    tauRise: quantity('ms', 5, 0.1, 1000, 'its rise; shorter than the fall'),
    tauC: quantity('ms', 500, 10, 10_000, 'decay of the eligibility'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    fall: { of: 'pre', tau: 'tauFall', each: 'add' },
    rise: { of: 'pre', tau: 'tauRise', each: 'add' },
  },
  synapse: { c: { about: 'eligibility', unit: '1', tau: 'tauC', drive: 'rate*m.DA' } },
  onPre: [],
  onPost: ['c += (fall - rise) * tauFall / (tauFall - tauRise)'],
  apart: { tauRise: 'tauFall' },
  bounds: { low: 'wMin', high: 'wMax' },
};
