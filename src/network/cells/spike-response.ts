import { type CellModel, quantity } from '../model/model.js';

/** The spike-response cell with escape noise: it fires at a rate that grows exponentially with u. */
export const spikeResponse: CellModel = {
  name: 'spike-response',
  summary: 'SRM0: filtered input and an after-potential set the rate at which the cell fires by chance',
  source: 'Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, chapters 6 and 9',
  parameters: {
    tau: quantity('ms', 20, 1, 200, 'membrane time constant'),
    resistance: quantity('MOhm', 100, 1, 1000, 'membrane resistance'),
    chi: quantity('mV', -5, -50, 0, 'what a spike adds to the after-potential'),
    rho0: quantity('1/ms', 0.06, 0, 1, 'rate at the threshold'),
    theta: quantity('mV', 16, 0, 50, 'threshold, above rest'),
    deltaU: quantity('mV', 2, 0.1, 20, 'how softly the rate rises with u'),
  },
  state: {
    u: { unit: 'mV', start: 0, about: 'filtered input, above rest' },
    eta: { unit: 'mV', start: 0, about: 'after-potential' },
  },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['du/dt = (-u + resistance*I) / tau', 'deta/dt = -eta / tau'],
  threshold: 'uniform() < 1 - exp(-dt*rho0*exp((u + eta - theta) / deltaU))',
  reset: ['eta = eta + chi'],
  protocols: {
    filtered: {
      about: 'without firing, the input filtered',
      parameters: { rho0: 0 },
      current: '0.1',
      dtMs: 1,
      durationMs: 20,
      expect: { source: 'closed form', spikes: 0, ends: { u: 10 * (1 - 1 / Math.E), eta: 0 } },
    },
  },
};
