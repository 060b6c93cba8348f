import { type PortModel, quantity } from '../model/model.js';

/** A train of rectangular pulses. */
export const pulses: PortModel = {
  name: 'pulses',
  summary: 'pulses of `width` every `period`, from `start` on',
  source: 'definition',
  parameters: {
    amplitude: quantity('current', 1, -1e6, 1e6, 'the current during a pulse'),
    start: quantity('ms', 0, 0, 1e9, 'when the first begins'),
    period: quantity('ms', 100, 0.1, 1e6, 'from one to the next'),
    width: quantity('ms', 10, 0.1, 1e6, 'how long each lasts'),
  },
  state: {},
  // By the middle of the step, which rounding does not move over the edge of a pulse that begins with it.
  current:
    'if(t + dt/2 >= start and t + dt/2 - start - period*floor((t + dt/2 - start)/period) < width, amplitude, 0)',
};
