import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Reward-modulated exploration: what a cell does above or below its own average, times presynaptic activity, is
 * eligible; DA carries reward less expected reward, either way. With noise in the cells this follows the gradient of
 * reward (node perturbation).
 */
export const exploratoryHebb: PlasticityRule = {
  name: 'exploratory-hebb',
  summary: 'deviations of a cell from its own average, which reward reinforces: node perturbation',
  source: 'Legenstein, Chase, Schwartz and Maass 2010, doi:10.1523/JNEUROSCI.4284-09.2010',
  parameters: {
    rate: quantity('1/ms', 0.001, 0, 1, 'weight a ms, for an eligibility and a DA of 1'),
    tauPlus: quantity('ms', 20, 1, 1000, 'decay of the presynaptic trace'),
    tauMinus: quantity('ms', 20, 1, 1000, 'decay of the postsynaptic trace'),
    tauMean: quantity('ms', 500, 10, 100_000, 'over which the average of the postsynaptic trace is taken'),
    tauC: quantity('ms', 200, 10, 10_000, 'decay of the eligibility'),
    every: quantity('ms', 5, 0.1, 1000, 'between looks at the deviation'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    x: { of: 'pre', tau: 'tauPlus', each: 'add' },
    y: { of: 'post', tau: 'tauMinus', each: 'add' },
    yMean: { of: 'post', tau: 'tauMean', follows: 'y' },
  },
  synapse: { c: { about: 'eligibility', unit: '1', tau: 'tauC', drive: 'rate*m.DA' } },
  onPre: [],
  onPost: [],
  onUpdate: { every: 'every', statements: ['c += x*(y - yMean)*every / tauC'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
