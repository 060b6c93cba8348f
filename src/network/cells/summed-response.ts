import { exp } from '../../math/exponential.js';
import { type CellModel, quantity } from '../model/model.js';

/**
 * The spike response cell without a membrane of its own: its potential is the sum of the postsynaptic potentials that it
 * receives and of what its last spike left.
 */
export const summedResponse: CellModel = {
  name: 'summed-response',
  summary:
    'the sum of postsynaptic potentials sets the chance to fire in a step; only the last spike holds it back',
  source:
    'Frémaux, Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024; Brzosko et al. 2017, doi:10.7554/eLife.27756',
  parameters: {
    rho0: quantity('1/ms', 0.06, 0, 1, 'rate at the threshold'),
    theta: quantity('mV', 16, -100, 100, 'threshold, above rest'),
    deltaU: quantity('mV', 2, 0.01, 50, 'how softly the rate rises with u'),
    chi: quantity('mV', -5, -100, 0, 'the after-potential of a spike'),
    tau: quantity('ms', 20, 0.1, 1000, 'decay of the after-potential'),
    most: quantity('1', 1, 0, 1, 'highest chance to fire in a step'),
  },
  state: {
    u: { unit: 'mV', start: 0, about: 'potential, above rest' },
    eta: { unit: 'mV', start: 0, about: 'after-potential of the last spike' },
  },
  currentUnit: 'mV',
  integrator: 'exponential-euler',
  equations: ['deta/dt = -eta / tau'],
  update: ['u = I + eta'],
  threshold: 'uniform() < min(dt*rho0*exp((u - theta) / deltaU), most)',
  reset: ['eta = chi'],
  protocols: {
    quiet: {
      about: 'u is what it receives',
      parameters: { rho0: 0 },
      current: '3 + t/100[ms/mV]',
      dtMs: 1,
      durationMs: 50,
      expect: { source: 'definition', spikes: 0, ends: { u: 3.49, eta: 0 } },
    },
    certain: {
      about: 'a chance of 1 fires in each step, and only the last spike’s after-potential counts',
      current: '40',
      dtMs: 1,
      durationMs: 20,
      expect: {
        source: 'definition',
        spikes: 20,
        timesMs: [1, 2, 3],
        ends: { eta: -5, u: 40 - 5 * exp(-1 / 20) },
      },
    },
    'at the threshold': {
      about: 'at u = theta, without an after-potential, 60 Hz: within three standard deviations',
      parameters: { chi: 0 },
      current: '16',
      dtMs: 1,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 60, rateToleranceHz: 5.1 },
    },
  },
};
