import type { PortModel } from '../model/model.js';

/** A current of one step: the weights of what arrived in the step before. */
export const pulse: PortModel = {
  name: 'pulse',
  summary: 'a current that lasts one step, as in the network script of Izhikevich (2003)',
  source: 'Izhikevich 2003, doi:10.1109/TNN.2003.820440',
  parameters: {},
  state: { i: { unit: 'current', start: 0 } },
  update: ['i = 0'],
  current: 'i',
  receives: 'i',
  weightUnit: 'current',
};
