import { type CellModel, quantity } from '../model/model.js';

/** The leaky cell with a current that each spike raises and that opposes the input: spike-frequency adaptation. */
export const integrateAndFireWithAdaptation: CellModel = {
  name: 'integrate-and-fire-with-adaptation',
  summary: 'a leaky cell that slows down: each spike raises a current against the input, which decays',
  source:
    'Treves 1993, Network 4, 259; Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, section 6.1',
  parameters: {
    tau: quantity('ms', 10, 1, 100, 'membrane time constant'),
    resistance: quantity('MOhm', 100, 1, 1000, 'membrane resistance'),
    vRest: quantity('mV', -70, -90, -40, 'resting potential'),
    vThreshold: quantity('mV', -55, -70, -30, 'potential at which the cell fires'),
    vReset: quantity('mV', -70, -90, -40, 'potential after a spike'),
    tauW: quantity('ms', 100, 10, 2000, 'decay of the adaptation current'),
    b: quantity('nA', 0.02, 0, 1, 'what a spike adds to the adaptation current'),
  },
  state: {
    v: { unit: 'mV', start: 'vRest' },
    w: { unit: 'nA', start: 0, about: 'adaptation current' },
  },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (vRest - v + resistance*(I - w)) / tau', 'dw/dt = -w / tauW'],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset', 'w = w + b'],
  protocols: {
    adapting: {
      about: 'the first interval is that of the leaky cell: 10 ln(30 / 15) = 6.93 ms',
      current: '0.3',
      dtMs: 0.01,
      durationMs: 500,
      expect: { source: 'closed form', timesMs: [6.94] },
    },
  },
};
