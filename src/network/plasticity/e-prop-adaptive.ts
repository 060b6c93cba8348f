import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/** The pseudo-derivative: how near the cell is to its threshold as it is now, which its spikes have raised. */
const nearness =
  'gamma*max(0, 1 - abs(post.v - vTh - beta*post.b) / max(vTh - vRest, 1e-3)) / max(vTh - vRest, 1e-3)';

/**
 * The rule e-prop for adaptive leaky cells, whose potentials are plain numbers: the pseudo-derivative counts
 * from the threshold as their spikes have raised it. The broadcast signal (DA) reaches each synapse by a feedback weight: of
 * one size it is a broadcast, of random ones random feedback, and of the weights by which the cell drives an output the
 * gradient.
 */
export const ePropAdaptive: PlasticityRule = {
  name: 'e-prop-adaptive',
  summary:
    'e-prop for adaptive leaky cells: eligibilities that remember as long as thresholds do, and a signal that reaches each ' +
    'synapse by a feedback weight',
  source: 'Bellec et al. 2020, doi:10.1038/s41467-020-17236-y',
  parameters: {
    rate: quantity('1/ms', 0.001, 0, 10, 'weight a ms, for an eligibility, a feedback and a DA of 1'),
    feedback: quantity('1', 1, -1000, 1000, 'what the signal is multiplied by on its way to the synapse'),
    vTh: quantity('1', -50, -1000, 1000, "threshold of the postsynaptic cells' v after long silence"),
    vRest: quantity('1', -65, -1000, 1000, 'their rest; below the threshold'),
    gamma: quantity('1', 0.3, 0, 1000, 'size of the pseudo-derivative'),
    beta: quantity('1', 0, 0, 10, 'how far a unit of adaptation raises the threshold; 0 for cells without'),
    tauM: quantity('ms', 20, 1, 1000, 'membrane time constant: decay of the presynaptic potential'),
    tauA: quantity('ms', 200, 1, 100_000, 'decay of the adaptation'),
    tauC: quantity('ms', 20, 1, 10_000, 'low-pass of the eligibility'),
    every: quantity('ms', 1, 0.01, 100, 'between updates; a step of the network'),
    wMin: quantity('1', -10, -1000, 1000, 'lowest weight'),
    wMax: quantity('1', 10, -1000, 1000, 'highest weight'),
  },
  traces: {
    potential: { of: 'pre', tau: 'tauM', each: 'add' },
  },
  synapse: {
    c: { about: 'low-passed eligibility times the feedback', unit: '1', tau: 'tauC', drive: 'rate*m.DA' },
    adapted: { about: 'what the adaptation remembers of the potential', unit: '1' },
  },
  onPre: [],
  onPost: [],
  onUpdate: {
    every: 'every',
    statements: [
      `c += feedback*${nearness}*(potential - beta*adapted)`,
      `adapted = ${nearness}*(potential - beta*adapted) + exp(-every / tauA)*adapted`,
    ],
  },
  onEvent: { trialStart: ['c = 0', 'adapted = 0'] },
  bounds: { low: 'wMin', high: 'wMax' },
};
