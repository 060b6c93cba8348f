import type { CellModel } from '../model.js';

/** The leaky integrate-and-fire cell; between spikes it is stepped exactly for the current of the step. */
export const leakyIntegrateAndFire: CellModel = {
  name: 'leaky-integrate-and-fire',
  summary: 'one leaky membrane, a fixed threshold, a refractory period',
  source: 'Lapicque 1907; Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics, chapter 1',
  parameters: {
    tau: { unit: 'ms', default: 10, low: 1, high: 100, about: 'membrane time constant' },
    resistance: { unit: 'MOhm', default: 100, low: 1, high: 1000, about: 'membrane resistance' },
    vRest: { unit: 'mV', default: -70, low: -90, high: -40, about: 'resting potential' },
    vThreshold: { unit: 'mV', default: -55, low: -70, high: -30, about: 'potential at which the cell fires' },
    vReset: { unit: 'mV', default: -70, low: -90, high: -40, about: 'potential after a spike' },
    tRefractory: { unit: 'ms', default: 2, low: 0, high: 20, about: 'time after a spike in which v is held' },
  },
  state: { v: { unit: 'mV', start: 'vRest' } },
  currentUnit: 'nA',
  integrator: 'exponential-euler',
  equations: ['dv/dt = (vRest - v + resistance*I) / tau'],
  threshold: 'v >= vThreshold',
  reset: ['v = vReset'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
};
