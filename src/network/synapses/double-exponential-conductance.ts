import { type PortModel, quantity } from '../model/model.js';
import { rising, risingMean } from './double-exponential.js';

/** A conductance that rises and decays exponentially; the weight is its peak. */
export const doubleExponentialConductance: PortModel = {
  name: 'double-exponential-conductance',
  summary: 'a conductance, the difference of two exponentials, whose peak is the weight',
  source: 'Roth and van Rossum 2009, in Computational Modeling Methods for Neuroscientists (MIT Press)',
  parameters: {
    tauRise: quantity('ms', 0.5, 0.05, 100, 'rise'),
    tauDecay: quantity('ms', 5, 0.1, 1000, 'decay'),
    E: quantity('mV', 0, -100, 100, 'reversal potential'),
  },
  state: {
    h: { unit: 'current/mV', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current/mV', start: 0 },
  },
  equations: ['dg/dt = -g / tauDecay'],
  update: rising,
  current: `${risingMean}*(E - v)`,
  receives: 'h',
  weightUnit: 'current/mV',
};
