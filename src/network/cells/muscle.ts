import type { CellModel } from '../model.js';

/** A muscle as a low-pass filter of what its motor neurons send. */
export const muscle: CellModel = {
  name: 'muscle',
  summary: 'a low-pass filter of its input, for reading out a body',
  source: 'first-order activation dynamics; Zajac 1989, Critical Reviews in Biomedical Engineering 17',
  parameters: { tau: { unit: 'ms', default: 100, low: 1, high: 2000, about: 'time constant of activation' } },
  state: { m: { unit: '1', start: 0, about: 'activation' } },
  currentUnit: '1',
  integrator: 'exponential-euler',
  equations: ['dm/dt = (I - m) / tau'],
  protocols: {
    step: {
      about: 'rises to its input with its time constant',
      current: '1',
      dtMs: 1,
      durationMs: 500,
    },
  },
};
