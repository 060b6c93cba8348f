import { type PortModel, quantity } from '../model/model.js';

/** A current that changes steadily and then stays. */
export const ramp: PortModel = {
  name: 'ramp',
  summary: 'a current that goes from 0 at `start` to `amplitude` at `stop`, and stays',
  source: 'definition',
  parameters: {
    amplitude: quantity('current', 1, -1e6, 1e6, 'the current in the end'),
    start: quantity('ms', 0, 0, 1e9, 'when it begins to change'),
    stop: quantity('ms', 1000, 0, 1e9, 'when it has changed; after the start'),
  },
  state: {},
  // Where both are one, it is a step.
  current: 'amplitude*if(t >= stop, 1, min(max((t - start)/(stop - start), 0), 1))',
};
