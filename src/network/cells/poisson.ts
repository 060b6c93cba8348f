import { type CellModel, quantity } from '../model/model.js';

/** A source of random spikes; a step has one at most, so rates are far below one a step. */
export const poisson: CellModel = {
  name: 'poisson',
  summary: 'fires at random, at a rate of its own and what it receives beside',
  source: 'definition: a step holds a spike with probability 1 - exp(-rate dt)',
  parameters: { rate: quantity('Hz', 10, 0, 1000, 'mean spikes a second') },
  state: {},
  currentUnit: 'Hz',
  update: ['rateNow = rate + I'],
  threshold: 'uniform() < 1 - exp(-1e-3[1/(Hz ms)]*rateNow*dt)',
  protocols: {
    silent: {
      about: 'a rate of 0',
      parameters: { rate: 0 },
      current: '0',
      dtMs: 1,
      durationMs: 1000,
      expect: { source: 'definition', spikes: 0 },
    },
    driven: {
      about: 'of rate 10 Hz and an input of 30 Hz, within three standard deviations',
      current: '30',
      dtMs: 1,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 39.2, rateToleranceHz: 4.2 },
    },
    'ten a second': {
      about: 'of rate 10 Hz, within three standard deviations',
      current: '0',
      dtMs: 1,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 9.95, rateToleranceHz: 2.1 },
    },
  },
};
