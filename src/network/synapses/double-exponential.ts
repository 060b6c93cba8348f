import { type PortModel, quantity } from '../model/model.js';

/**
 * The exact step of a difference of exponentials after its two parts have decayed: what h, which rises by the weight and
 * decays with tauRise, gave g in the step, scaled so that the peak is the weight.
 */
export const rising =
  'g = g + h*(exp(dt/tauRise - dt/tauDecay) - 1)' +
  ' / (exp(-tauRise/(tauDecay - tauRise)*log(tauDecay/tauRise)) - exp(-tauDecay/(tauDecay - tauRise)*log(tauDecay/tauRise)))';

/** A current that rises and decays exponentially; the weight is its peak. */
export const doubleExponential: PortModel = {
  name: 'double-exponential',
  summary: 'a current, the difference of two exponentials, whose peak is the weight',
  source: 'Roth and van Rossum 2009, in Computational Modeling Methods for Neuroscientists (MIT Press)',
  parameters: {
    tauRise: quantity('ms', 0.5, 0.05, 100, 'rise; differs from the decay'),
    tauDecay: quantity('ms', 5, 0.1, 1000, 'decay'),
  },
  state: {
    h: { unit: 'current', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current', start: 0 },
  },
  equations: ['dh/dt = -h / tauRise', 'dg/dt = -g / tauDecay'],
  update: [rising],
  current: 'g',
  receives: 'h',
  weightUnit: 'current',
};
