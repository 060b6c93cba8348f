import { type PortModel, quantity } from '../model/model.js';

/** The mean of g over the coming step, so that the charge is right however long the step is. */
export const alphaMean = '(g*exprel(-dt/tau) + exp(1)*h*(exprel(-dt/tau) - exp(-dt/tau)))';

/** A current that rises and falls as t exp(-t / tau); the weight is its peak, at t = tau. */
export const alpha: PortModel = {
  name: 'alpha',
  summary: 'a current t/tau exp(1 - t/tau), whose peak is the weight',
  source:
    'Rall 1967, doi:10.1152/jn.1967.30.5.1138; exact step of Rotter and Diesmann 1999, doi:10.1007/s004220050570',
  parameters: {
    tau: quantity('ms', 2, 0.1, 500, 'time of the peak'),
  },
  state: {
    h: { unit: 'current', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current', start: 0 },
  },
  equations: ['dh/dt = -h / tau', 'dg/dt = -g / tau'],
  update: ['g = g + exp(1)*dt/tau*h'],
  current: alphaMean,
  heldFromStart: true,
  receives: 'h',
  weightUnit: 'current',
};
