import { exp } from '../../math/exponential.js';
import { type CellModel, quantity } from '../model/model.js';

/** A muscle or any other effector that follows what it receives: read out, it is a smoothed signal. */
export const muscle: CellModel = {
  name: 'muscle',
  summary: 'follows its input with a delay: tau dm/dt = -m + I',
  source: 'a low-pass filter of first order',
  parameters: { tau: quantity('ms', 50, 1, 1000, 'how slowly it follows') },
  state: { m: { unit: '1', start: 0, about: 'contraction' } },
  currentUnit: '1',
  integrator: 'exponential-euler',
  equations: ['dm/dt = (-m + I) / tau'],
  protocols: {
    contraction: {
      about: 'a step of input is followed to 1 - exp(-t / tau)',
      current: '2',
      dtMs: 1,
      durationMs: 50,
      expect: { source: 'closed form', spikes: 0, ends: { m: 2 * (1 - 1 / Math.E) } },
    },
    relaxation: {
      about: 'and relaxes when it ends',
      current: 'if(t < 50, 2, 0)',
      dtMs: 1,
      durationMs: 150,
      expect: { source: 'closed form', spikes: 0, ends: { m: 2 * (1 - exp(-1)) * exp(-2) } },
    },
  },
};
