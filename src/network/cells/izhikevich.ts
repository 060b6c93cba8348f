import type { CellModel } from '../model.js';

/** The two-variable spiking cell of Izhikevich (2003), stepped as the author's network script does. */
export const izhikevich: CellModel = {
  name: 'izhikevich',
  summary: 'two variables, twenty firing patterns: v with a quadratic spike, u that recovers',
  source: 'Izhikevich 2003, doi:10.1109/TNN.2003.820440; Izhikevich 2004, doi:10.1109/TNN.2004.832719',
  parameters: {
    a: { unit: '1/ms', default: 0.02, low: 0.005, high: 0.2, about: 'rate of recovery' },
    b: { unit: '1/ms', default: 0.2, low: 0.1, high: 0.3, about: 'coupling of recovery to v' },
    c: { unit: 'mV', default: -65, low: -70, high: -45, about: 'v after a spike' },
    d: { unit: 'mV/ms', default: 8, low: 0, high: 10, about: 'what a spike adds to u' },
    vPeak: { unit: 'mV', default: 30, low: 20, high: 40, about: 'v at which a spike ends' },
  },
  state: {
    v: { unit: 'mV', start: -65 },
    u: { unit: 'mV/ms', start: 'b * -65[mV]' },
  },
  currentUnit: 'mV/ms',
  integrator: 'izhikevich-half-steps',
  equations: ['dv/dt = 0.04[1/(mV ms)]*v^2 + 5[1/ms]*v + 140[mV/ms] - u + I', 'du/dt = a*(b*v - u)'],
  threshold: 'v >= vPeak',
  reset: ['v = c', 'u = u + d'],
};
