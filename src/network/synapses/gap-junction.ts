import type { PortModel } from '../model/model.js';

/** An electrical synapse: current flows down the difference of the potentials, w (v_pre - v) summed over the partners. */
export const gapJunction: PortModel = {
  name: 'gap-junction',
  summary: 'current flows from the partner in proportion to the difference of potentials, at every step',
  source: 'Ohm; Lewis and Rinzel 2003, doi:10.1023/A:1023265027714',
  parameters: {},
  state: { partners: { unit: 'current', start: 0, about: 'weighted sum of the partners’ potentials' } },
  current: 'partners - weightSum*v',
  receives: 'partners',
  sends: 'v',
  weightUnit: 'current/mV',
};
