import { exp } from '../../math/exponential.js';
import { type CellModel, quantity } from '../model/model.js';

/** The leaky integrate-and-fire cell whose threshold is soft: it fires by chance, at a rate that grows with its potential. */
export const integrateAndFireWithEscapeNoise: CellModel = {
  name: 'integrate-and-fire-with-escape-noise',
  summary: 'one leaky membrane that fires by chance, at a rate that grows exponentially with its potential',
  source:
    'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 9.1; parameters of Jordan et al. 2021, ' +
    'doi:10.7554/eLife.66273, learning from reward',
  parameters: {
    tau: quantity('ms', 10, 1, 100, 'membrane time constant'),
    resistance: quantity('MOhm', 40, 1, 1000, 'membrane resistance; 10 ms over 250 pF'),
    vRest: quantity('mV', -70, -90, -40, 'resting potential'),
    vThreshold: quantity('mV', -55, -70, -30, 'potential at which the rate is rho0'),
    vReset: quantity('mV', -70, -90, -40, 'potential after a spike'),
    rho0: quantity('1/ms', 1e-5, 0, 1, 'rate at the threshold'),
    deltaU: quantity('mV', 0.2, 0.01, 50, 'how softly the rate rises with the potential'),
    tRefractory: quantity('ms', 2, 0, 20, 'time after a spike in which v is held'),
  },
  state: { v: { unit: 'mV', start: 'vRest' } },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (vRest - v + resistance*I) / tau'],
  threshold: 'uniform() < dt*rho0*exp((v - vThreshold) / deltaU)',
  reset: ['v = vReset'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
  protocols: {
    'below it': {
      about: 'far below the threshold, the input filtered',
      current: '0.1',
      dtMs: 0.5,
      durationMs: 20,
      expect: { source: 'closed form', spikes: 0, ends: { v: -70 + 4 * (1 - exp(-2)) } },
    },
    'at the threshold': {
      about: 'held there by a reset to it, at a rate of 20 Hz, within three standard deviations',
      parameters: { rho0: 0.02, vRest: -55, vReset: -55, tRefractory: 0 },
      start: { v: -55 },
      current: '0',
      dtMs: 0.5,
      durationMs: 20_000,
      expect: { source: 'definition', rateHz: 20, rateToleranceHz: 3 },
    },
  },
};
