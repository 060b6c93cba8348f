import { type PortModel, quantity } from '../model/model.js';

/** A current that jumps by the weight and decays. Weights carry the unit of the cell's current. */
export const exponential: PortModel = {
  name: 'exponential',
  summary: 'a current that jumps by the weight and decays exponentially',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 1.3',
  parameters: { tau: quantity('ms', 5, 0.1, 500, 'decay of the current') },
  state: { g: { unit: 'current', start: 0 } },
  equations: ['dg/dt = -g / tau'],
  current: 'g',
  receives: 'g',
  weightUnit: 'current',
};
