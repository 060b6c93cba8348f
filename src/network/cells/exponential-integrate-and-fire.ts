import { type CellModel, quantity } from '../model/model.js';

/** The leaky cell with an exponential upstroke, fitted to a cell with sodium channels. */
export const exponentialIntegrateAndFire: CellModel = {
  name: 'exponential-integrate-and-fire',
  summary: 'EIF: a leaky cell whose spikes start as those of sodium channels do',
  source: 'Fourcaud-Trocmé, Hansel, van Vreeswijk and Brunel 2003, doi:10.1523/JNEUROSCI.23-37-11628.2003',
  parameters: {
    tau: quantity('ms', 10, 1, 100, 'membrane time constant'),
    resistance: quantity('MOhm', 100, 1, 1000, 'membrane resistance'),
    EL: quantity('mV', -65, -90, -40, 'resting potential'),
    VT: quantity('mV', -59.9, -70, -30, 'threshold'),
    slope: quantity('mV', 3.48, 0.1, 10, 'sharpness of the upstroke'),
    vPeak: quantity('mV', -30, -45, 50, 'v at which a spike ends'),
    vReset: quantity('mV', -68, -90, -40, 'v after a spike'),
    tRefractory: quantity('ms', 1.7, 0, 20, 'time after a spike in which v is held'),
  },
  state: { v: { unit: 'mV', start: 'vReset' } },
  currentUnit: 'nA',
  integrator: 'rk4',
  equations: ['dv/dt = (EL - v + slope*exp((v - VT) / slope) + resistance*I) / tau'],
  threshold: 'v >= vPeak',
  reset: ['v = vReset'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
  protocols: {
    silent: {
      about: 'below VT - EL - slope = 1.62 mV of input there is a rest',
      start: { v: -65 },
      current: '0.016',
      dtMs: 0.1,
      durationMs: 1000,
      expect: { source: 'closed form', spikes: 0 },
    },
    firing: {
      about: 'regular firing from the reset on',
      current: '0.05',
      dtMs: 0.02,
      durationMs: 500,
      expect: { source: 'the integral of 1 / v’', spikes: 15, timesMs: [30.429], toleranceMs: 0.04 },
    },
  },
};
