import { type PortModel, quantity } from '../model/model.js';
import { alphaMean } from './alpha.js';

/** A conductance that rises and falls as t exp(-t / tau); the weight is its peak, at t = tau. */
export const alphaConductance: PortModel = {
  name: 'alpha-conductance',
  summary: 'a conductance t/tau exp(1 - t/tau), whose peak is the weight',
  source:
    'Rall 1967, doi:10.1152/jn.1967.30.5.1138; exact step of Rotter and Diesmann 1999, doi:10.1007/s004220050570',
  parameters: {
    tau: quantity('ms', 2, 0.1, 500, 'time of the peak'),
    E: quantity('mV', 0, -100, 100, 'reversal potential'),
  },
  state: {
    h: { unit: 'current/mV', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current/mV', start: 0 },
  },
  equations: ['dh/dt = -h / tau', 'dg/dt = -g / tau'],
  update: ['g = g + exp(1)*dt/tau*h'],
  current: `${alphaMean}*(E - v)`,
  heldFromStart: true,
  receives: 'h',
  weightUnit: 'current/mV',
};
