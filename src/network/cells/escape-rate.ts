import { type CellModel, quantity } from '../model/model.js';

/** A cell that is its input and a soft threshold: whether it fires depends on the present alone. */
export const escapeRate: CellModel = {
  name: 'escape-rate',
  summary: 'fires by chance, at a rate that grows exponentially with its input up to a ceiling',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 9.1',
  parameters: {
    rho0: quantity('1/ms', 0.02, 0, 1, 'rate at the threshold'),
    theta: quantity('1', 5, -50, 50, 'threshold'),
    deltaU: quantity('1', 1, 0.01, 100, 'how softly the rate rises with the input'),
    ceiling: quantity('1/ms', 0.3, 0, 1, 'highest rate'),
  },
  state: {
    u: { unit: '1', start: 0, about: 'input of this step' },
    spikes: { unit: '1', start: 0, about: 'spikes since they were last read and emptied' },
  },
  currentUnit: '1',
  update: ['u = I'],
  threshold: 'uniform() < dt*min(ceiling, rho0*exp((u - theta) / deltaU))',
  reset: ['spikes = spikes + 1'],
  protocols: {
    'at the threshold': {
      about: 'of rate 20 Hz, within three standard deviations',
      current: '5',
      dtMs: 1,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 20, rateToleranceHz: 3 },
    },
    'far above it': {
      about: 'at the ceiling, within three standard deviations',
      current: '100',
      dtMs: 1,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 300, rateToleranceHz: 10 },
    },
  },
};
