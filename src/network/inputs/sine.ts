import { type PortModel, quantity } from '../model/model.js';

/** A current that oscillates. */
export const sine: PortModel = {
  name: 'sine',
  summary: 'a sine',
  source: 'definition',
  parameters: {
    amplitude: quantity('current', 1, -1e6, 1e6, 'from the middle to the top'),
    frequency: quantity('Hz', 10, 0, 1000, 'oscillations a second'),
    phase: quantity('1', 0, -10, 10, 'at t = 0, rad'),
    offset: quantity('current', 0, -1e6, 1e6, 'the middle'),
  },
  state: {},
  current: 'offset + amplitude*sin(2e-3[1/(Hz ms)]*3.141592653589793*frequency*t + phase)',
};
