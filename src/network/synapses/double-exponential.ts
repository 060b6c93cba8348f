import { type PortModel, quantity } from '../model/model.js';

const ratio = 'log(tauDecay/tauRise)';

/**
 * After a spike of weight 1, h is e^(-s/tauRise) and g is the difference of exponentials, whose peak is 1. In s ms, h adds
 * to g what it was before times gain s e^(-s/tauDecay) exprel(s/tauDecay - s/tauRise). All is written by exprel, so that equal time constants
 * have their limit, an alpha function.
 */
const gain = `exp(1/exprel(-${ratio}))*exprel(-${ratio})/(tauRise*exprel(${ratio}))`;

/**
 * The exact step of g, which has decayed, and of h, which has not: what h gives to it in the step. Written so that no
 * factor grows where the rise is much shorter than the step.
 */
export const rising = [
  `g = g + h*${gain}*dt*exp(-dt/tauDecay)*exprel(dt/tauDecay - dt/tauRise)`,
  'h = if(abs(h) < 1e-20, 0, h*exp(-dt/tauRise))',
];

/** The mean of g over the coming step, so that the charge is right however long the step is. */
export const risingMean =
  `(g*exprel(-dt/tauDecay) + h*${gain}*tauDecay` +
  '*(exprel(-dt/tauRise) - exp(-dt/tauDecay)*exprel(dt/tauDecay - dt/tauRise)))';

/** A current that rises and decays exponentially; the weight is its peak. */
export const doubleExponential: PortModel = {
  name: 'double-exponential',
  summary: 'a current, the difference of two exponentials, whose peak is the weight',
  source: 'Roth and van Rossum 2009, in Computational Modeling Methods for Neuroscientists (MIT Press)',
  parameters: {
    tauRise: quantity('ms', 0.5, 0.05, 100, 'rise'),
    tauDecay: quantity('ms', 5, 0.1, 1000, 'decay'),
  },
  state: {
    h: { unit: 'current', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'current', start: 0 },
  },
  equations: ['dg/dt = -g / tauDecay'],
  update: rising,
  current: risingMean,
  receives: 'h',
  weightUnit: 'current',
};
