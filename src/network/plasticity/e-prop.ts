import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Eligibility propagation with a broadcast learning signal (DA): the pseudo-derivative of the spike, psi = gamma
 * max(0, 1 - |v - vTh| / (vTh - vRest)) / (vTh - vRest), times the presynaptic potential, less what the threshold's
 * adaptation (beta; 0 for cells without) remembers of it, low-passed.
 */
export const eProp: PlasticityRule = {
  name: 'e-prop',
  summary:
    'the eligibility of gradient descent in spiking networks, turned into weight by a broadcast signal',
  source: 'Bellec et al. 2020, doi:10.1038/s41467-020-17236-y',
  parameters: {
    rate: quantity('1/ms', 0.001, 0, 10, 'weight a ms, for an eligibility and a DA of 1'),
    vTh: quantity('mV', -50, -100, 100, "threshold of the postsynaptic cells' v"),
    vRest: quantity('mV', -65, -200, 100, 'their rest; below the threshold'),
    gamma: quantity('1', 0.3, 0, 10, 'size of the pseudo-derivative'),
    beta: quantity('1', 0, 0, 10, 'how far a spike raises the threshold, in units of its distance from rest'),
    tauM: quantity('ms', 20, 1, 1000, 'membrane time constant: decay of the presynaptic potential'),
    tauA: quantity('ms', 200, 1, 100_000, 'decay of the adaptation'),
    tauC: quantity('ms', 20, 1, 10_000, 'low-pass of the eligibility'),
    every: quantity('ms', 1, 0.01, 100, 'between updates; a step of the network'),
    wMin: quantity('1', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    potential: { of: 'pre', unit: 'mV', tau: 'tauM', each: 'add' },
  },
  synapse: {
    c: { about: 'low-passed eligibility', unit: '1', tau: 'tauC', drive: 'rate*m.DA' },
    adapted: { about: 'what the adaptation remembers of the potential', unit: 'mV' },
  },
  onPre: [],
  onPost: [],
  onUpdate: {
    every: 'every',
    statements: [
      'c += gamma*max(0, 1 - abs(post.v - vTh) / max(vTh - vRest, 0.001[mV]))*(potential - beta*adapted) / max(vTh - vRest, 0.001[mV])',
      'adapted = gamma*max(0, 1 - abs(post.v - vTh) / max(vTh - vRest, 0.001[mV]))*(potential - beta*adapted) + exp(-every / tauA)*adapted',
    ],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
