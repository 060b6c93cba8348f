import type { CellModel } from '../model.js';

/**
 * A cell that does not fire: a passive membrane whose potential opens its outgoing synapses by degrees, with the
 * first-order synaptic activation of Prinz, Bucher and Marder (2004) as c302 uses it for the cells of C. elegans.
 */
export const graded: CellModel = {
  name: 'graded',
  summary: 'a passive membrane without spikes; its synapses open by degrees with its potential',
  source:
    'Prinz, Bucher and Marder 2004, doi:10.1038/nn1352; Gleeson et al. 2018, doi:10.1098/rstb.2017.0379',
  parameters: {
    capacitance: { unit: 'pF', default: 3, low: 0.5, high: 100, about: 'membrane capacitance' },
    gLeak: { unit: 'nS', default: 0.1, low: 0.01, high: 10, about: 'leak conductance' },
    vRest: { unit: 'mV', default: -50, low: -80, high: -30, about: 'resting potential' },
    vHalf: {
      unit: 'mV',
      default: -40,
      low: -70,
      high: 0,
      about: 'potential at which synapses are half open',
    },
    slope: { unit: 'mV', default: 5, low: 0.5, high: 20, about: 'how far from it they open and close' },
    tauS: {
      unit: 'ms',
      default: 40,
      low: 1,
      high: 500,
      about: 'time constant of synaptic activation at rest',
    },
  },
  state: {
    v: { unit: 'mV', start: 'vRest' },
    s: { unit: '1', start: 'sigmoid((vRest - vHalf) / slope)', about: 'synaptic activation, 0 to 1' },
  },
  currentUnit: 'pA',
  integrator: 'exponential-euler',
  equations: [
    'dv/dt = (gLeak*(vRest - v) + I) / capacitance',
    'sInf = sigmoid((v - vHalf) / slope)',
    'ds/dt = (sInf - s) / (tauS*(1 - sInf) + 1[ms])',
  ],
};
