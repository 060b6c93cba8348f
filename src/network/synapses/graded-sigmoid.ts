import { type PortModel, quantity } from '../model/model.js';

/** A synapse without spikes whose conductance follows the presynaptic potential at once. */
export const gradedSigmoid: PortModel = {
  name: 'graded-sigmoid',
  summary: 'a conductance that is a sigmoid of the presynaptic potential, at every step',
  source: 'Wicks, Roehrig and Rankin 1996, doi:10.1523/JNEUROSCI.16-12-04017.1996, at its steady state',
  parameters: {
    vHalf: quantity('mV', -35, -80, 20, 'presynaptic potential of half the conductance'),
    slope: quantity('mV', 5, 0.1, 50, 'width of the sigmoid'),
    E: quantity('mV', 0, -100, 100, 'reversal potential'),
  },
  state: { g: { unit: 'current/mV', start: 0 } },
  current: 'g*(E - v)',
  receives: 'g',
  sends: 'sigmoid((v - vHalf)/slope)',
  weightUnit: 'current/mV',
};
