import { quantity } from '../model/model.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/**
 * Gradient descent on the squared difference of the cell's potential and another (target): the difference times the
 * presynaptic potential (which is the difference of two traces), low-passed.
 */
export const potentialError: PlasticityRule = {
  name: 'potential-error',
  summary:
    'brings the potential to a target: presynaptic potentials times the difference of the two, low-passed',
  source:
    'Urbanczik and Senn 2014, doi:10.1016/j.neuron.2013.11.030; as found by Jordan, Schmidt, Senn and Petrovici 2021, ' +
    'doi:10.7554/eLife.66273, learning from errors',
  parameters: {
    eta: quantity('weight/ms', 0.0017, 0, 10, 'weight a ms from a unit of what is low-passed'),
    psp: quantity('1', 0.01, 0, 1000, 'scale of the presynaptic potential'),
    tauFall: quantity('ms', 10, 1, 1000, 'its fall'),
    tauRise: quantity('ms', 2, 0.1, 1000, 'its rise; shorter than the fall'),
    tauC: quantity('ms', 100, 1, 1e5, 'low-pass'),
    every: quantity('ms', 0.1, 0.01, 100, 'between looks at the difference'),
    wMin: quantity('weight', -100, -1000, 1000, 'lowest weight'),
    wMax: quantity('weight', 100, -1000, 1000, 'highest weight'),
  },
  traces: {
    fall: { of: 'pre', tau: 'tauFall', each: 'add' },
    rise: { of: 'pre', tau: 'tauRise', each: 'add' },
  },
  synapse: { c: { about: 'low-passed product', unit: '1', tau: 'tauC', drive: 'eta' } },
  onPre: [],
  onPost: [],
  onUpdate: {
    every: 'every',
    statements: ['c += every/tauC*(psp*(fall - rise)*(m.target - post.v))'],
  },
  bounds: { low: 'wMin', high: 'wMax' },
};
