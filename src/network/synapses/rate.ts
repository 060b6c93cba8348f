import type { PortModel } from '../model/model.js';

/** The connection of rate units: the weighted sum of what they send. */
export const rate: PortModel = {
  name: 'rate',
  summary: 'the weighted sum of the presynaptic units’ s, at every step',
  source: 'Beer 1995, doi:10.1177/105971239500300405',
  parameters: {},
  state: { x: { unit: 'current', start: 0 } },
  current: 'x',
  receives: 'x',
  sends: 's',
  weightUnit: 'current',
};
