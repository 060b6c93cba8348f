import { type PortModel, quantity } from '../model/model.js';

/** A current that never changes. */
export const constant: PortModel = {
  name: 'constant',
  summary: 'a constant current',
  source: 'definition',
  parameters: {
    amplitude: quantity('current', 1, -1e6, 1e6, 'the current'),
  },
  state: {},
  current: 'amplitude',
};
