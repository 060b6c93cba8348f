import { type PortModel, quantity } from '../model/model.js';

/** A current that is on for a while. */
export const step: PortModel = {
  name: 'step',
  summary: 'a current from `start` to `stop`',
  source: 'definition',
  parameters: {
    amplitude: quantity('current', 1, -1e6, 1e6, 'the current'),
    start: quantity('ms', 0, 0, Number.POSITIVE_INFINITY, 'when it begins'),
    stop: quantity('ms', Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 'when it ends'),
  },
  state: {},
  current: 'if(t >= start and t < stop, amplitude, 0)',
};
