import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * All synapses onto a cell are scaled together until its activity is at a goal, with an integral part against a
 * lasting error: dw/dt = beta w (goal - a) + gamma w S, dS/dt = goal - a. Slow; to be combined with a rule that
 * learns.
 */
export const synapticScaling: PlasticityRule = {
  name: 'synaptic-scaling',
  summary: 'all synapses onto a cell grow or shrink by a common factor until the cell is at its goal rate',
  source: 'van Rossum, Bi and Turrigiano 2000, doi:10.1523/JNEUROSCI.20-23-08812.2000',
  parameters: {
    goalHz: quantity('Hz', 5, 0, 200, 'rate of the postsynaptic cell that scaling leads to'),
    beta: quantity('1/(Hz s)', 4e-3, 0, 10, 'share of the weight a second, for a cell 1 Hz from its goal'),
    gamma: quantity('1/(Hz s^2)', 0, 0, 10, 'the same for an error of 1 Hz that has lasted for a second'),
    tauA: quantity('ms', 10_000, 10, 1e7, "over which the cell's rate is taken"),
    every: quantity('ms', 100, 1, 10_000, 'between changes'),
    wMin: quantity('weight', 0, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 1, -1000, 1000, 'highest weight'),
  },
  traces: {
    a: { of: 'post', tau: 'tauA', each: 'add' },
  },
  synapse: { lasting: { about: 'the error summed over time', unit: 'Hz s' } },
  onPre: [],
  onPost: [],
  onUpdate: {
    every: 'every',
    statements: [
      'lasting += (goalHz - 1000[ms/s]*a / tauA)*every / 1000[ms/s]',
      'w += w*(beta*(goalHz - 1000[ms/s]*a / tauA) + gamma*lasting)*every / 1000[ms/s]',
    ],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
