import { exp } from '../../math/exponential.js';
import { type CellModel, quantity } from '../model/model.js';

/** The unit of a continuous-time recurrent network. Synapses of the kind `rate` send its s. */
export const rateUnit: CellModel = {
  name: 'rate-unit',
  summary: 'a leaky sum of inputs whose sigmoid is sent: a continuous-time recurrent network’s unit',
  source: 'Beer 1995, doi:10.1177/105971239500300405',
  parameters: {
    tau: quantity('ms', 20, 1, 1000, 'time constant'),
    bias: quantity('1', 0, -20, 20, 'added to the sum before the sigmoid'),
    gain: quantity('1', 1, 0.01, 20, 'steepness of the sigmoid'),
  },
  state: {
    v: { unit: '1', start: 0, about: 'the leaky sum' },
    s: { unit: '1', start: 'sigmoid(gain*bias)', about: 'what is sent' },
  },
  currentUnit: '1',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (-v + I) / tau'],
  update: ['s = sigmoid(gain*(v + bias))'],
  protocols: {
    step: {
      about: 'after one time constant',
      parameters: { bias: -1, gain: 2 },
      current: '3',
      dtMs: 1,
      durationMs: 20,
      expect: {
        source: 'closed form',
        spikes: 0,
        ends: { v: 3 * (1 - 1 / Math.E), s: 1 / (1 + exp(-2 * (3 * (1 - 1 / Math.E) - 1))) },
      },
    },
  },
};
