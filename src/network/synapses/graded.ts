import { type PortModel, quantity } from '../model/model.js';

/** A synapse without spikes whose conductance is the presynaptic cell's activation s. */
export const gradedSynapse: PortModel = {
  name: 'graded',
  summary: 'a conductance in proportion to the presynaptic activation s, at every step',
  source: 'Kunert, Shlizerman and Kutz 2014, doi:10.1103/PhysRevE.89.052805',
  parameters: { E: quantity('mV', 0, -100, 100, 'reversal potential') },
  state: { g: { unit: 'current/mV', start: 0 } },
  current: 'g*(E - v)',
  receives: 'g',
  sends: 's',
  weightUnit: 'current/mV',
};
