import { type CellModel, quantity } from '../model/model.js';

/** The adaptive cell of long short-term memory spiking networks: each spike raises the threshold for a long time. */
export const adaptiveLeakyIntegrateAndFire: CellModel = {
  name: 'adaptive-leaky-integrate-and-fire',
  summary:
    'ALIF: a leaky cell whose threshold rises with each spike and decays slowly: a memory of its firing',
  source: 'Bellec, Salaj, Subramoney, Legenstein and Maass 2018, arXiv 1803.09574',
  parameters: {
    tau: quantity('ms', 20, 1, 200, 'membrane time constant'),
    vThreshold: quantity('1', 1, 0.1, 10, 'threshold after long silence'),
    beta: quantity('1', 1.8, 0, 10, 'how far a unit of adaptation raises the threshold'),
    tauB: quantity('ms', 200, 10, 5000, 'time constant of the adaptation'),
    tRefractory: quantity('ms', 0, 0, 20, 'time after a spike in which v is held'),
  },
  state: {
    v: { unit: '1', start: 0 },
    b: { unit: '1', start: 0, about: 'adaptation: the spikes of late' },
  },
  currentUnit: '1',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (-v + I) / tau', 'db/dt = -b / tauB'],
  threshold: 'v >= vThreshold + beta*b',
  reset: ['v = v - vThreshold', 'b = b + 1'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
  protocols: {
    'without adaptation': {
      about:
        'a leaky cell: 20 ln(4 / 3) = 5.754 ms to the first spike, and with the 5 ms of rest to each other',
      parameters: { beta: 0, tRefractory: 5 },
      current: '4',
      dtMs: 0.01,
      durationMs: 100,
      expect: { source: 'closed form', spikes: 9, timesMs: [5.754, 16.508, 27.262], toleranceMs: 0.03 },
    },
    adapting: {
      about: 'fires fast at first, then slowly',
      current: '4',
      dtMs: 1,
      durationMs: 1000,
      expect: { source: 'closed form of the first interval: 20 ln(4 / 3) = 5.75 ms', timesMs: [6] },
    },
  },
};
